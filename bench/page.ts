import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';
import type { Row } from './figure';
import { markdownTable } from './table';

const PAGE = join(__dirname, '../docs/benchmark.md');

/** What stands between the two marks is written by `--write`, and the rest by people. */
const MEASURED = /(?<=<!-- measured -->)[\s\S]*(?=<!-- \/measured -->)/;

/** Puts the figures into the documentation, with the day and the platform. */
export async function writePage(rows: readonly Row[]): Promise<void> {
  const page = readFileSync(PAGE, 'utf8');
  if (!MEASURED.test(page)) throw new Error(`${PAGE} does not say where the figures go`);
  const day = new Date().toISOString().slice(0, 10);
  const platform = `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} cores`;
  const measured = `\n\nMeasured on ${day}: ${platform}.\n\n${markdownTable(rows)}\n\n`;
  const text = page.replace(MEASURED, () => measured);
  writeFileSync(PAGE, await format(text, { parser: 'markdown', printWidth: 120 }));
}
