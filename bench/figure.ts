import type { Estimate } from './estimate';
import type { Rounds } from './rounds';
import type { Workspace } from './workspace';

/** What is promised of a ratio. */
export type Bound = { readonly atMost: number } | { readonly atLeast: number };

/** One line of the report: two measured values of the same unit, and what is promised of their ratio. */
export interface Row {
  readonly figure: string;
  /** Medians, shown as information and never judged: they say more about the machine than about us. */
  readonly ours: number;
  readonly theirs: number;
  readonly unit: 's' | 'ms' | 'MiB';
  readonly ratio: Estimate;
  readonly bound: Bound;
}

/** How thoroughly it is measured. */
export interface Effort {
  /** Part of the full size of every sample, up to 1. */
  readonly scale: number;
  /** @default as many as the figure needs */
  readonly rounds?: Rounds;
}

export interface FigureOptions {
  readonly workspace: Workspace;
  readonly effort: Effort;
}

/** Measures both sides in one run on one machine. */
export type Figure = (options: FigureOptions) => Promise<readonly Row[]>;

/** Size of a sample; never less than two, so that it is more than one. */
export function scaled({ scale }: Effort, full: number): number {
  return Math.max(2, Math.round(full * scale));
}

/** Whether there is a ratio at all. */
export function isMeasured({ ratio }: Row): boolean {
  return Number.isFinite(ratio.median);
}

export function isHeld({ bound, ratio }: Row): boolean {
  return 'atMost' in bound ? ratio.median <= bound.atMost : ratio.median >= bound.atLeast;
}
