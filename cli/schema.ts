import type { Command } from 'commander';
import type { Runner } from './runner';
import { type ExitCode, printJson, type Terminal } from './terminal';

export function addSchemaCommand(program: Command, runner: Runner): void {
  program
    .command('schema')
    .description('Print the JSON Schema of vb365.yaml, for editors.')
    .addHelpText('after', '\nExample:\n  $ vb365 schema > vb365.schema.json')
    .action(runner(schema));
}

async function schema(terminal: Terminal): Promise<ExitCode> {
  const { configurationJsonSchema } = await import('../lib/config/json-schema.js');
  printJson(terminal, configurationJsonSchema());
  return 0;
}
