import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { planOverride } from '../../lib/engine/plan-override';
import { findCdktfCli } from '../../lib/engine/terminal-module';
import { isThere } from '../../lib/system/look';
import {
  atOption,
  type AtOption,
  configOption,
  configurationFile,
  type ConfigOption,
  now,
} from '../shell/command-options';
import { addOverride, warnAboutCdktfCli } from '../steps/cdktf-cli';
import { textOfPackage } from '../shell/package-file';
import { pathFrom } from '../../lib/words/printable';
import type { Runner } from '../shell/runner';
import {
  completed,
  type GitFile,
  gitAttributes,
  gitIgnore,
  lackingAttributes,
  lackingIgnores,
  textOf,
} from '../steps/git-files';
import { appLine, cdktfJson, runsVb365 } from '../steps/starter-files';
import { type ExitCode, printResult, type Terminal } from '../shell/terminal';
import { readPublicFile, writePublicFile } from '../shell/write-file';

export function addInitCommand(program: Command, runner: Runner): void {
  program
    .command('init')
    .description(
      'Make what is not there yet: identity, recipients, a sample configuration, .gitignore, .gitattributes, cdktf.json, and what cdktf-cli needs in package.json.',
    )
    .addOption(configOption())
    .addOption(atOption())
    .addHelpText(
      'after',
      `
The identity opens the private keys. It is made outside the repository, readable by you alone: at $VB365_IDENTITY, or in the folder where programs keep your settings.

The override in package.json lets cdktf-cli start under Node 24 and later. Install cdktf-cli after it.

Example:
  $ vb365 init`,
    )
    .action(runner(init));
}

async function init(terminal: Terminal, options: ConfigOption & AtOption): Promise<ExitCode> {
  const { readConfiguration } = await import('../../lib/config/read-configuration.js');
  const { Keystore } = await import('../../lib/keystore/keystore.js');
  const { prepareRecipients } = await import('../steps/prepare-sealer.js');

  const configurationPath = configurationFile(options, terminal);
  const folder = dirname(configurationPath);
  const override = planOverride(folder);
  const made: string[] = [];
  /** Makes the file where there is none, and looks at the one that is there. */
  const make = (file: string, content: () => string, advise?: (text: string) => string | undefined): void => {
    const shown = pathFrom(terminal.cwd(), file);
    if (isThere(file)) {
      const advice = advise?.(readPublicFile(file));
      if (advice !== undefined) printResult(terminal, `${shown} is there already: ${advice}`);
      return;
    }
    writePublicFile(file, content());
    made.push(shown);
    printResult(terminal, `made ${shown}`);
  };
  // The first line of the sample names the schema, by which editors complete and check it.
  if (!isThere(configurationPath)) make(join(folder, 'vb365.schema.json'), () => textOfPackage('vb365.schema.json'));
  make(configurationPath, () => textOfPackage('vb365.yaml'));
  const keystore = new Keystore(readConfiguration(configurationPath).keystore);
  /** Makes the file, or adds what it lacks to the one that is there. */
  const makeGitFile = (target: GitFile, lackingOf: (target: GitFile, existing: string) => string[]): void => {
    const { file } = target;
    if (!isThere(file)) {
      make(file, () => textOf(target));
      return;
    }
    const existing = readPublicFile(file);
    const lacking = lackingOf(target, existing);
    if (lacking.length === 0) return;
    writePublicFile(file, completed(target, existing, lacking), true);
    const shown = pathFrom(terminal.cwd(), file);
    made.push(shown);
    printResult(terminal, `added to ${shown}: ${lacking.join(', ')}`);
  };
  makeGitFile(gitIgnore(folder, keystore.folder), lackingIgnores);
  makeGitFile(gitAttributes(folder, keystore.folder), lackingAttributes);
  make(
    join(folder, 'cdktf.json'),
    () => cdktfJson(configurationPath),
    (text) => adviseOnCdktfJson(text, configurationPath),
  );
  if (override === undefined) warnAboutCdktfCli(terminal, configurationPath);
  else addOverride(terminal, override);

  const hasPrepared = await prepareRecipients(terminal, keystore, now(options));
  const shown = pathFrom(terminal.cwd(), configurationPath);
  const install = findCdktfCli(folder) === undefined ? '"npm install --save-dev cdktf-cli" and ' : '';
  if (made.length === 0 && override === undefined && !hasPrepared)
    printResult(terminal, 'Nothing to make: everything is there.');
  else printResult(terminal, `Next: put your own names into ${shown}, then run ${install}"npx cdktf synth".`);
  return 0;
}

function adviseOnCdktfJson(text: string, configuration: string): string | undefined {
  return runsVb365(text) ? undefined : `set its "app" to ${JSON.stringify(appLine(configuration))}`;
}
