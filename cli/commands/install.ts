import type { Command } from 'commander';
import { Option } from 'commander';
import { isUuid } from '../../lib/addresses/uuid';
import type { Configuration } from '../../lib/config/configuration';
import type { LineageDeclaration } from '../../lib/config/lineages';
import { Vb365Error } from '../../lib/errors';
import type { Finding } from '../../lib/findings';
import type { InstallationPlan, Way } from '../../lib/install/installation-plan';
import { configOption, configurationFile, type ConfigOption, fileOption, jsonOption } from '../shell/command-options';
import type { BundleOptions } from '../steps/install-bundle';
import type { InstallOneOptions } from '../../lib/install/install-one';
import type { RestAccountOptions } from '../steps/rest-account';
import { passwordVariableOption } from '../shell/password';
import type { Runner } from '../shell/runner';
import { type ExitCode, printFindings, printJson, printResult, type Terminal } from '../shell/terminal';

export interface InstallCommandOptions extends ConfigOption, BundleOptions, RestAccountOptions, InstallOneOptions {
  readonly all?: boolean;
  readonly via?: Way;
  readonly clientId?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function addInstallCommand(program: Command, runner: Runner): void {
  program
    .command('install')
    .description('Bring certificates to the product that shall use them, and read back what it uses.')
    .argument('[lineages...]', 'lineages to install, such as primary/rest-api')
    .option('--all', 'install every lineage for which the configuration, or --via, says how')
    .addOption(
      new Option(
        '--via <way>',
        'PowerShell on this machine, over SSH, the REST API, or a bundle to carry over',
      ).choices(['local', 'ssh', 'rest', 'bundle']),
    )
    .option('--generation <number>', 'an older generation of the one lineage (default: the current one)')
    .option('--client-id <id>', 'application that the certificate of the one lineage belongs to')
    .addOption(fileOption('--out <file>', 'bundle: folder or .zip to write (default: vb365-bundle.zip)'))
    .addOption(fileOption('--passwords <file>', 'bundle: where the password of its PFX files is written'))
    .option(
      '--force',
      'bundle: write over files that are there, and remove the keys of an earlier bundle in the folder',
    )
    .option('--server <url>', 'REST API: its address (default: restApi of the installation)')
    .option('--rest-username <name>', 'REST API: account (default: $VB365_REST_USERNAME)')
    .addOption(
      passwordVariableOption(
        '--rest-password-env <name>',
        'REST API: variable that holds the password (default: VB365_REST_PASSWORD)',
      ),
    )
    .addOption(fileOption('--rest-password-file <file>', 'REST API: file whose first line is the password'))
    .addOption(fileOption('--ca-file <file>', 'REST API: certificates of authorities to trust too (PEM)'))
    .option('--dry-run', 'say what would be done; connect to nothing, open no key')
    .option('--what-if', 'ask the server what would change, by PowerShell -WhatIf; send no key')
    .addOption(configOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
What is in use already is left as it is; a role that is installed is switched on. Install what is in Entra only: deploy a new key credential first.
With several lineages, one that fails does not keep the others from being installed.
Exit code 1 when --all leaves something to a person, 2 when something could not be installed.

Example:
  $ vb365 install primary/rest-api --via ssh
  $ vb365 install --all --via bundle --out primary.zip --passwords primary.password`,
    )
    .action(runner(install));
}

async function install(
  terminal: Terminal,
  names: readonly string[],
  options: InstallCommandOptions,
): Promise<ExitCode> {
  const { readConfiguration } = await import('../../lib/config/read-configuration.js');
  const { findLineages } = await import('../steps/find-lineage.js');
  const { lineagesOf } = await import('../../lib/config/lineages.js');
  const { inOrder } = await import('../../lib/install/installation-plan.js');

  refuseContradictions(names, options);
  const configuration = readConfiguration(configurationFile(options, terminal));
  const declared = options.all === true ? lineagesOf(configuration) : findLineages(configuration, names);
  refuseForSeveral(declared, options);
  const { plans, left } = await planAll(configuration, declared, options);
  try {
    if (plans.length > 0) await carryOut(terminal, configuration, inOrder(plans), options);
    else if (options.json === true) printJson(terminal, []);
    else printResult(terminal, left.length === 0 ? 'Nothing to install.' : nothingInstalled(left.length));
  } finally {
    printFindings(terminal, left);
  }
  return left.length > 0 ? 1 : 0;
}

function nothingInstalled(left: number): string {
  return `Nothing is installed here: ${left === 1 ? 'the certificate is' : `all ${left} certificates are`} left to a person.`;
}

async function carryOut(
  terminal: Terminal,
  configuration: Configuration,
  plans: readonly InstallationPlan[],
  options: InstallCommandOptions,
): Promise<void> {
  if (options.dryRun === true) {
    const { rehearseInstallation } = await import('../steps/rehearse-installation.js');
    await rehearseInstallation(terminal, configuration, plans, options);
  } else if (options.via === 'bundle') {
    const { writeBundle } = await import('../steps/install-bundle.js');
    await writeBundle(terminal, configuration, plans, options);
  } else {
    const { installEach } = await import('../steps/install-each.js');
    await installEach(terminal, configuration, plans, options);
  }
}

/** With `--all`, what has no way or an unfit one is left to a person; a lineage that is named must have one. */
async function planAll(
  configuration: Configuration,
  declared: readonly LineageDeclaration[],
  { all, via, clientId }: InstallCommandOptions,
): Promise<{ readonly plans: InstallationPlan[]; readonly left: Finding[] }> {
  const { planInstallation } = await import('../../lib/install/installation-plan.js');
  const plans: InstallationPlan[] = [];
  const left: Finding[] = [];
  for (const declaration of declared) {
    try {
      plans.push(planInstallation(configuration, declaration, { ...(via && { via }), ...(clientId && { clientId }) }));
    } catch (error) {
      if (all !== true || !(error instanceof Vb365Error)) throw error;
      const { message, cure } = error;
      left.push({ id: 'left-to-a-person', severity: 'advice', subject: declaration.name, message, cure });
    }
  }
  return { plans, left };
}

function refuseContradictions(names: readonly string[], options: InstallCommandOptions): void {
  const { all = false, via, dryRun, whatIf, passwords, out } = options;
  if (all === names.length > 0) {
    throw new Vb365Error('usage', {
      message: all ? '--all and lineages are given together' : 'neither lineages nor --all are given',
      cure: 'name lineages such as primary/rest-api, or give --all',
    });
  }
  if (via === 'bundle' && whatIf === true) {
    throw new Vb365Error('usage', {
      message: '--what-if asks a server, which --via bundle does not connect to',
      cure: 'give --dry-run, or another way',
    });
  }
  if (via === 'bundle' && passwords === undefined && dryRun !== true) {
    throw new Vb365Error('usage', {
      message: '--via bundle needs --passwords <file>, where the password of its PFX files is written',
      cure: 'name a file outside the bundle, and carry it by another way',
    });
  }
  if (via !== 'bundle' && (passwords ?? out) !== undefined) {
    throw new Vb365Error('usage', {
      message: '--out and --passwords are for --via bundle only',
      cure: 'give --via bundle, or leave them away',
    });
  }
}

/** A number and a client id belong to one lineage. */
function refuseForSeveral(declared: readonly LineageDeclaration[], options: InstallCommandOptions): void {
  const { generation, clientId, all } = options;
  const [only] = declared;
  if (all === true || only === undefined || declared.length > 1) {
    if ((generation ?? clientId) === undefined) return;
    throw new Vb365Error('usage', {
      message: '--generation and --client-id are for one lineage, and several are given',
      cure: 'name one lineage',
    });
  }
  const takesClientId = ['entra-application', 'restore-portal'].includes(only.role) && only.clientId === undefined;
  if (clientId === undefined || (takesClientId && isUuid(clientId))) return;
  throw new Vb365Error('usage', {
    message: takesClientId ? '--client-id is not a UUID' : `${only.name} has no application to be named by --client-id`,
    cure: 'give the client id that Entra shows for the application, or leave --client-id away',
  });
}
