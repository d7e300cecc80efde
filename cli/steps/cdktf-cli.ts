import { dirname } from 'node:path';
import type { PlannedOverride } from '../../lib/engine/plan-override';
import { judgeCdktfCli, TAKE_ANEW } from '../../lib/engine/terminal-module';
import { pathFrom } from '../../lib/words/printable';
import { printFindings, printResult, type Terminal } from '../shell/terminal';
import { writePublicFile } from '../shell/write-file';

/** Says why `npx cdktf` will die, where it would: it dies before it runs anything that could tell. */
export function warnAboutCdktfCli(terminal: Terminal, configuration: string): void {
  // Set by cdktf-cli, which has started then.
  if (terminal.env.CDKTF_OUTDIR === undefined) printFindings(terminal, judgeCdktfCli(dirname(configuration)));
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
