import type { Figure } from './figure';
import { idleFigure } from './idle-figure';
import { issueFigure } from './issue-figure';
import { reviewFigure } from './review-figure';
import { synthFigure } from './synth-figure';

/** All that is measured, by the name that `--only` takes. */
export const figures: Readonly<Record<string, Figure>> = {
  issue: issueFigure,
  synth: synthFigure,
  idle: idleFigure,
  review: reviewFigure,
};
