import type { Workspace } from './workspace';

/** What is promised of a ratio. */
export type Bound = { readonly atMost: number } | { readonly atLeast: number };

/** One line of the report: two measured values of the same unit, and what is promised of their ratio. */
export interface Row {
  readonly figure: string;
  /** Seconds or MiB; shown as information, never judged: they say more about the machine than about us. */
  readonly ours: number;
  readonly theirs: number;
  readonly unit: 's' | 'ms' | 'MiB';
  readonly ratio: number;
  readonly bound: Bound;
}

export interface FigureOptions {
  readonly workspace: Workspace;
  /** Fewer rounds: to see whether the bench works, not whether a bound is held. */
  readonly quick: boolean;
}

/** Measures both sides in one run on one machine. */
export type Figure = (options: FigureOptions) => Promise<readonly Row[]>;

export function isHeld({ bound, ratio }: Row): boolean {
  return 'atMost' in bound ? ratio <= bound.atMost : ratio >= bound.atLeast;
}
