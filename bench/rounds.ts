import type { Usage } from './processes';

/** One side of a comparison: what it does, and the medians of what that took. */
export class Contestant {
  readonly #usages: Usage[] = [];

  constructor(readonly run: () => Promise<Usage>) {}

  get seconds(): number {
    return median(this.#usages.map(({ seconds }) => seconds));
  }

  get peakMebibytes(): number {
    return median(this.#usages.map(({ peakMebibytes }) => peakMebibytes));
  }

  async measure(): Promise<void> {
    this.#usages.push(await this.run());
  }
}

/** Measures all in turn, round after round, so that whatever else the machine does meets each of them. */
export async function alternate(rounds: number, contestants: readonly Contestant[]): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    for (const contestant of contestants) await contestant.measure();
  }
}

/** The mean of the two in the middle where their number is even. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}
