import { parseArgs } from 'node:util';
import { type Effort, type Figure, isHeld, isMeasured, type Row } from './figure';
import { figures } from './figures';
import { writePage } from './page';
import { formatRow, formatTitles } from './table';
import { Workspace } from './workspace';

/*
 * Measures what users run, the compiled code in dist/, beside what they would do without it, and fails where a promised
 * ratio is missed. It takes twenty minutes or more on two cores; the machine should do nothing else meanwhile.
 * It needs a POSIX shell and openssl. Exit codes: 0 all held, 1 a bound is missed, 2 it could not be measured.
 *
 * With --quick every figure has to come out, and no bound to be held: one round of a quarter of everything.
 *
 * Usage: npm run bench -- [--only issue|synth|idle|review] [--quick] | --write
 */
const FULL: Effort = { scale: 1 };
const QUICK: Effort = { scale: 0.25, rounds: { least: 1, most: 1 } };

async function main(): Promise<void> {
  const { only, quick, write } = parseArgs({
    options: { only: { type: 'string' }, quick: { type: 'boolean' }, write: { type: 'boolean' } },
  }).values;
  const chosen = Object.entries(figures).flatMap(([name, figure]) =>
    only === undefined || name === only ? [figure] : [],
  );
  if (chosen.length === 0) throw new Error(`--only takes one of ${Object.keys(figures).join(', ')}`);
  if (write && (quick || only !== undefined)) throw new Error('--write writes all that is measured in full');

  const rows: Row[] = [];
  console.log(formatTitles());
  for await (const row of measured(chosen, quick ? QUICK : FULL)) {
    rows.push(row);
    console.log(formatRow(row));
  }
  const missing = rows.filter((row) => !isMeasured(row));
  if (missing.length > 0) throw new Error(`not measured: ${missing.map(({ figure }) => figure).join(', ')}`);
  if (write) await writePage(rows);
  if (!quick && !rows.every(isHeld)) process.exitCode = 1;
}

async function* measured(chosen: readonly Figure[], effort: Effort): AsyncGenerator<Row> {
  const workspace = new Workspace();
  process.once('SIGINT', () => {
    workspace.remove();
    process.exit(2);
  });
  try {
    for (const figure of chosen) yield* await figure({ workspace, effort });
  } finally {
    workspace.remove();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
