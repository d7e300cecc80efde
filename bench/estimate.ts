/** What is known of a ratio after some rounds. */
export interface Estimate {
  /** Of the rounds' own ratios. */
  readonly median: number;
  /** The true median lies from here … */
  readonly low: number;
  /** … to here, with a confidence of 95 %; in fewer than six rounds these are the lowest and the highest, and it is less. */
  readonly high: number;
  readonly rounds: number;
}

/** How sure the two ends are together, at least. */
const CONFIDENCE = 0.95;

/**
 * The median, and the interval about it that order statistics give: whatever the distribution is, each value is as likely
 * above the true median as below it, so that the number of those below is binomial.
 */
export function estimate(values: readonly number[]): Estimate {
  const sorted = values.toSorted((one, other) => one - other);
  const skipped = outside(sorted.length);
  return {
    median: median(sorted),
    low: sorted[skipped] ?? NaN,
    high: sorted[sorted.length - 1 - skipped] ?? NaN,
    rounds: sorted.length,
  };
}

/** The mean of the two in the middle where their number is even; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

/** How many values at each end are more than the interval needs. */
function outside(count: number): number {
  let probability = 0.5 ** count;
  let tail = probability;
  let skipped = 0;
  while (tail <= (1 - CONFIDENCE) / 2) {
    skipped += 1;
    probability *= (count - skipped + 1) / skipped;
    tail += probability;
  }
  return Math.max(0, skipped - 1);
}
