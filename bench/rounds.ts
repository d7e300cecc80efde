import { type Estimate, estimate, median } from './estimate';
import type { Bound, Row } from './figure';
import type { Usage } from './processes';

/** How many rounds there shall be: `most`, or fewer where the bounds are clear before. */
export interface Rounds {
  readonly least: number;
  readonly most: number;
}

/** One side of a comparison: what it does, and what that took in each round. */
export class Contestant {
  readonly #usages: Usage[] = [];

  constructor(readonly run: () => Promise<Usage>) {}

  get rounds(): number {
    return this.#usages.length;
  }

  /** @throws Error where there was no such round */
  in(round: number): Usage {
    const usage = this.#usages[round];
    if (usage === undefined) throw new Error(`there was no round ${round}`);
    return usage;
  }

  async measure(): Promise<void> {
    this.#usages.push(await this.run());
  }
}

/** What is asked of the rounds: two values of each, and what is promised of their ratio. */
export interface Comparison extends Pick<Row, 'figure' | 'unit'> {
  readonly ours: (round: number) => number;
  readonly theirs: (round: number) => number;
  /** Of theirs to ours, where more is better. @default of ours to theirs */
  readonly inverse?: boolean;
  readonly bound: Bound;
}

/**
 * Measures all in turn, round after round, so that whatever else the machine does meets each of them. Every other round goes
 * the other way round: what gets slower or faster all the time favours none.
 *
 * A ratio is taken within a round. Rounds go on while a bound lies within what the ratios leave open.
 */
export async function measure(
  contestants: readonly Contestant[],
  { least, most }: Rounds,
  comparisons: readonly Comparison[],
): Promise<readonly Row[]> {
  const reversed = contestants.toReversed();
  const rounds = (): number => Math.min(...contestants.map((contestant) => contestant.rounds));
  for (let round = rounds(); round < most; round = rounds()) {
    if (round >= least && comparisons.every((comparison) => isClear(comparison, round))) break;
    for (const contestant of round % 2 === 0 ? contestants : reversed) await contestant.measure();
  }
  return comparisons.map((comparison) => rowOf(comparison, rounds()));
}

function rowOf(comparison: Comparison, rounds: number): Row {
  const { bound, figure, ours, theirs, unit } = comparison;
  const all = Array.from({ length: rounds }, (_, round) => round);
  const ratio = ratioOf(comparison, rounds);
  return { figure, ours: median(all.map(ours)), theirs: median(all.map(theirs)), unit, ratio, bound };
}

function isClear(comparison: Comparison, rounds: number): boolean {
  const { high, low } = ratioOf(comparison, rounds);
  const { bound } = comparison;
  const promised = 'atMost' in bound ? bound.atMost : bound.atLeast;
  return promised < low || high < promised;
}

function ratioOf({ inverse = false, ours, theirs }: Comparison, rounds: number): Estimate {
  const ratios = Array.from({ length: rounds }, (_, round) => ours(round) / theirs(round));
  return estimate(inverse ? ratios.map((ratio) => 1 / ratio) : ratios);
}
