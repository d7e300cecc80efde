import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { atOption, type AtOption, configOption, configurationFile, type ConfigOption, now } from './command-options';
import { packageFile } from './package-file';
import { pathFrom } from './printable';
import type { Runner } from './program';
import { type ExitCode, printLine, type Terminal } from './terminal';
import { writePublicFile } from './write-file';

export function addInitCommand(program: Command, runner: Runner): void {
  program
    .command('init')
    .description('Make what is not there yet: identity, recipients, a sample configuration, .gitignore and cdktf.json.')
    .addOption(configOption())
    .addOption(atOption())
    .addHelpText(
      'after',
      `
The identity opens the private keys. It is made outside the repository, readable by you alone:
at $VB365_IDENTITY, or in the folder where programs keep your settings.

Example:
  $ vb365 init`,
    )
    .action(runner(init));
}

async function init(terminal: Terminal, options: ConfigOption & AtOption): Promise<ExitCode> {
  const { readConfiguration } = await import('../lib/config/read-configuration.js');
  const { Keystore } = await import('../lib/keystore/keystore.js');
  const { prepareRecipients } = await import('./prepare-sealer.js');

  const configurationPath = configurationFile(options, terminal);
  const folder = dirname(configurationPath);
  const make = (file: string, content: () => string): void => {
    if (existsSync(file)) return;
    writePublicFile(file, content());
    printLine(terminal, `made ${pathFrom(terminal.cwd(), file)}`);
  };
  // The first line of the sample names the schema, by which editors complete and check it.
  if (!existsSync(configurationPath)) make(join(folder, 'vb365.schema.json'), () => ofPackage('vb365.schema.json'));
  make(configurationPath, () => ofPackage('vb365.yaml'));
  make(join(folder, '.gitignore'), () => GIT_IGNORE);
  make(join(folder, 'cdktf.json'), () => CDKTF_JSON);

  const keystore = new Keystore(readConfiguration(configurationPath).keystore);
  await prepareRecipients(terminal, keystore, now(options));
  printLine(terminal, `Next: fill in ${pathFrom(terminal.cwd(), configurationPath)}, then run "cdktf deploy '*'".`);
  return 0;
}

function ofPackage(name: string): string {
  return readFileSync(packageFile(name), 'utf8');
}

/** The keystore belongs in Git: its private keys are sealed. */
const GIT_IGNORE = `# The keystore stays in Git: private keys in it are sealed.
node_modules/
cdktf.out/
.terraform/
*.tfstate
*.tfstate.*

# Never: private keys outside of the keystore, and their passwords.
*.pfx
*.p12
*.pem
*.key
*.password

# What a command is in the middle of writing.
keystore/.lock/
keystore/.staging-*/
keystore/**/.retired-*/
.vb365-*
`;

const CDKTF_JSON = `${JSON.stringify(
  {
    language: 'typescript',
    app: 'npx vb365 issue && npx vb365 synth',
    sendCrashReports: 'false',
    terraformProviders: [],
    terraformModules: [],
    context: {},
  },
  undefined,
  2,
)}
`;
