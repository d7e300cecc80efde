import type { Command } from 'commander';
import type { Runner } from '../shell/runner';
import { type ExitCode, printJson, type Terminal } from '../shell/terminal';

export function addSchemaCommand(program: Command, runner: Runner): void {
  program
    .command('schema')
    .description('Print the JSON Schema of vb365.yaml, for editors.')
    .addHelpText('after', '\nExample:\n  $ vb365 schema > vb365.schema.json')
    .action(runner(schema));
}

async function schema(terminal: Terminal): Promise<ExitCode> {
  const { configurationJsonSchema } = await import('../../lib/config/schema/json-schema.js');
  printJson(terminal, configurationJsonSchema());
  return 0;
}
