import type { Command } from 'commander';
import type { StackPrivilege } from '../../lib/lifecycle/stack-privileges';
import { configOption, configurationFile, type ConfigOption, jsonOption } from '../shell/command-options';
import type { Runner } from '../shell/runner';
import { type ExitCode, printJson, printLine, printNote, tableStyleOf, type Terminal } from '../shell/terminal';

interface PermissionsCommandOptions extends ConfigOption {
  readonly json?: boolean;
}

export function addPermissionsCommand(program: Command, runner: Runner): void {
  program
    .command('permissions')
    .description('Print what plan, deploy and consent of the stacks need in Microsoft Entra.')
    .argument('[stack...]', 'names of stacks (default: all)')
    .addOption(configOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
For each thing that Terraform does: the least application permissions of Microsoft Graph for an identity of a pipeline, and the directory role that is enough for a person instead. The last lines say what each identity needs for all the stacks together.
Nothing is asked of Entra: it is what these stacks need, not what somebody has.

  plan     refreshes and plans
  deploy   applies the stack of an owner
  consent  applies a stack <owner>-consent (consent: separate-stack)

Example:
  $ vb365 permissions contoso contoso-consent`,
    )
    .action(runner(permissions));
}

async function permissions(
  terminal: Terminal,
  names: readonly string[],
  options: PermissionsCommandOptions,
): Promise<ExitCode> {
  const { readConfiguration } = await import('../../lib/config/read-configuration.js');
  const { stackPrivileges } = await import('../../lib/lifecycle/stack-privileges.js');
  const privileges = stackPrivileges(readConfiguration(configurationFile(options, terminal)), names);
  if (options.json === true) printJson(terminal, privileges);
  else if (privileges.length === 0) printNote(terminal, 'These stacks have no application, and need nothing in Entra.');
  else await printTable(terminal, privileges);
  return 0;
}

async function printTable(terminal: Terminal, privileges: readonly StackPrivilege[]): Promise<void> {
  const { privilegeSources, privilegeSummary, privilegeTable } = await import('../tables/privilege-table.js');
  printLine(terminal, privilegeTable(privileges, tableStyleOf(terminal)));
  for (const line of [...privilegeSummary(privileges), ...privilegeSources(privileges)]) printNote(terminal, line);
}
