import type { Command } from 'commander';
import { configOption, configurationFile, type ConfigOption } from '../shell/command-options';
import type { Runner } from '../shell/runner';
import { warnAboutCdktfCli } from '../steps/cdktf-cli';
import { type ExitCode, printResult, type Terminal } from '../shell/terminal';

export function addSynthCommand(program: Command, runner: Runner): void {
  program
    .command('synth')
    .description('Write the Terraform of every stack to cdktf.out; what cdktf.json runs.')
    .addOption(configOption())
    .addHelpText('after', '\nExample:\n  $ vb365 issue && vb365 synth')
    .action(runner(synth));
}

async function synth(terminal: Terminal, options: ConfigOption): Promise<ExitCode> {
  const { synthesize } = await import('../../stacks/synthesize.js');
  const configuration = configurationFile(options, terminal);
  synthesize(configuration);
  // Where CDKTF puts it: cdktf-cli says so by this variable.
  printResult(terminal, `Wrote the Terraform of every stack to ${terminal.env.CDKTF_OUTDIR ?? 'cdktf.out'}.`);
  warnAboutCdktfCli(terminal, configuration);
  return 0;
}
