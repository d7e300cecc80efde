import { existsSync, readFileSync } from 'node:fs';
import { withFileErrors } from '../system/durable-files';
import { asksForCdktfCli, NEW_PACKAGE_JSON, packageJsonOf, withTerminalOverride } from './package-override';
import { findCdktfCli } from './terminal-module';

/** What `package.json` of a project will be. */
export interface PlannedOverride {
  readonly file: string;
  readonly text: string;
  readonly isNew: boolean;
  /** Whether npm has taken cdktf-cli without the override, and keeps it so. */
  readonly isLate: boolean;
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
