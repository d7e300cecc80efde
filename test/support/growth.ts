const TIMES = 8;
/** Between 8, as of work that grows with its input, and 64, as of work that grows with its square. */
const MOST = 24;
const ROUNDS = 3;
/** Microseconds. What takes less is measured too roughly to compare anything with. */
const LEAST = 10_000;

/**
 * Fails where work grows faster than its input, by comparing an input with one that is eight times as long: in time of the
 * processor, of which other programs take nothing, and by the quickest of three rounds, in which neither a compiler nor a
 * collector of garbage counts.
 *
 * @param size of the long input
 * @param prepare makes an input of a size, which does not count
 */
export function expectGrowthWithInput<T>(size: number, prepare: (size: number) => T, work: (input: T) => void): void {
  const inputs = [prepare(size / TIMES), prepare(size)];
  const rounds = Array.from({ length: ROUNDS }, () => inputs.map((input) => processorTime(work, input)));
  const [short = NaN, long = NaN] = inputs.map((_, index) => Math.min(...rounds.map((times) => times[index] ?? NaN)));
  expect(long / Math.max(short, LEAST)).toBeLessThan(MOST);
}

/** Microseconds. */
function processorTime<T>(work: (input: T) => void, input: T): number {
  const before = process.cpuUsage();
  work(input);
  const { system, user } = process.cpuUsage(before);
  return system + user;
}
