import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  asksForCdktfCli,
  NEW_PACKAGE_JSON,
  packageJsonOf,
  withTerminalOverride,
} from '../../lib/engine/package-override';
import { findCdktfCli, judgeCdktfCli, TAKE_ANEW } from '../../lib/engine/terminal-module';
import { withFileErrors } from '../../lib/system/durable-files';
import { pathFrom } from '../../lib/words/printable';
import { printFindings, printResult, type Terminal } from '../shell/terminal';
import { writePublicFile } from '../shell/write-file';

export interface PlannedOverride {
  readonly file: string;
  readonly text: string;
  readonly isNew: boolean;
  /** Whether npm has taken cdktf-cli without the override, and keeps it so. */
  readonly isLate: boolean;
}

/** Says why `npx cdktf` will die, where it would: it dies before it runs anything that could tell. */
export function warnAboutCdktfCli(terminal: Terminal, configuration: string): void {
  // Set by cdktf-cli, which has started then.
  if (terminal.env.CDKTF_OUTDIR === undefined) printFindings(terminal, judgeCdktfCli(dirname(configuration)));
}

/**
 * What `package.json` of the project has to say, so that npm takes a cdktf-cli that starts.
 *
 * @param folder absolute path of the configuration's folder
 * @returns undefined where it has a word on that already
 * @throws Vb365Error `package-json-unreadable`, `output-unwritable`
 */
export function planOverride(folder: string): PlannedOverride | undefined {
  const file = packageJsonOf(folder);
  const isNew = !existsSync(file);
  const before = isNew
    ? NEW_PACKAGE_JSON
    : withFileErrors('output-unwritable', file, 'look at', () => readFileSync(file, 'utf8'));
  const text = withTerminalOverride(before, file);
  const isLate = findCdktfCli(folder) !== undefined || asksForCdktfCli(before);
  return text === undefined ? undefined : { file, text, isNew, isLate };
}

/** @throws Vb365Error `output-unwritable` */
export function addOverride(terminal: Terminal, { file, text, isNew, isLate }: PlannedOverride): void {
  writePublicFile(file, text, !isNew);
  const shown = pathFrom(terminal.cwd(), file);
  printResult(terminal, `${isNew ? 'made' : 'changed'} ${shown}: by its override, cdktf-cli starts under every Node`);
  if (!isLate) return;
  printResult(
    terminal,
    `cdktf-cli is there already, without the override: run ${TAKE_ANEW} before you install anything else.`,
  );
}
