import { parseArgs } from 'node:util';
import { type Figure, isHeld, type Row } from './figure';
import { idleFigure } from './idle-figure';
import { issueFigure } from './issue-figure';
import { reviewFigure } from './review-figure';
import { synthFigure } from './synth-figure';
import { formatRow, formatTitles } from './table';
import { Workspace } from './workspace';

/*
 * Measures what users run, the compiled code in dist/, beside what they would do without it, and fails where a promised
 * ratio is missed. It takes about six minutes on two cores; the machine should do nothing else meanwhile.
 * It needs a POSIX shell and openssl. Exit codes: 0 all held, 1 a bound is missed, 2 it could not be measured.
 *
 * Usage: npm run bench -- [--only issue|synth|idle|review] [--quick]
 */
const FIGURES: Readonly<Record<string, Figure>> = {
  issue: issueFigure,
  synth: synthFigure,
  idle: idleFigure,
  review: reviewFigure,
};

async function main(): Promise<void> {
  const { only, quick } = parseArgs({
    options: { only: { type: 'string' }, quick: { type: 'boolean', default: false } },
  }).values;
  const chosen = Object.entries(FIGURES).filter(([name]) => only === undefined || name === only);
  if (chosen.length === 0) throw new Error(`--only takes one of ${Object.keys(FIGURES).join(', ')}`);

  const workspace = new Workspace();
  process.once('SIGINT', () => {
    workspace.remove();
    process.exit(2);
  });
  const rows: Row[] = [];
  try {
    console.log(formatTitles());
    for (const [, figure] of chosen) {
      for (const row of await figure({ workspace, quick })) {
        rows.push(row);
        console.log(formatRow(row));
      }
    }
  } finally {
    workspace.remove();
  }
  if (!rows.every(isHeld)) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
