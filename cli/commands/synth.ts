import type { Command } from 'commander';
import { configOption, configurationFile, type ConfigOption } from '../shell/command-options';
import type { Runner } from '../shell/runner';
import { warnAboutCdktfCli } from '../steps/cdktf-cli';
import { noteSample } from '../steps/note-sample';
import { type ExitCode, printFindings, printResult, type Terminal } from '../shell/terminal';

interface SynthCommandOptions extends ConfigOption {
  readonly whole?: boolean;
}

export function addSynthCommand(program: Command, runner: Runner): void {
  program
    .command('synth')
    .description('Write the Terraform of every stack to cdktf.out; what cdktf.json runs.')
    .addOption(configOption())
    .option('--whole', 'where lineages of the keystore are damaged, write the stacks of all other owners')
    .addHelpText(
      'after',
      `
A damaged lineage stops it: Terraform would take away what the keystore no longer shows.

Example:
  $ vb365 issue && vb365 synth
  $ npx cdktf deploy contoso --app "npx vb365 synth --whole"`,
    )
    .action(runner(synth));
}

async function synth(terminal: Terminal, options: SynthCommandOptions): Promise<ExitCode> {
  const { synthesize } = await import('../../stacks/synthesize.js');
  const { readConfiguration } = await import('../../lib/config/read-configuration.js');
  const configuration = configurationFile(options, terminal);
  const damage = synthesize(configuration, { onlyWhole: options.whole === true });
  // Where CDKTF puts it: cdktf-cli says so by this variable.
  printResult(
    terminal,
    `Wrote the Terraform of every ${damage.length > 0 ? 'whole ' : ''}stack to ${terminal.env.CDKTF_OUTDIR ?? 'cdktf.out'}.`,
  );
  warnAboutCdktfCli(terminal, configuration);
  printFindings(terminal, damage);
  noteSample(terminal, readConfiguration(configuration));
  return 0;
}
