import { parseArgs } from 'node:util';
import { startEntraEmulator } from './entra-emulator';

const USAGE = 'usage: start [--port <number>] [--state <file>] [--tenant <id>]';

/** Prints the variables to export on standard output, says on standard error where it serves, and serves until SIGINT. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      state: { type: 'string' },
      tenant: { type: 'string', default: '11111111-1111-4111-8111-111111111111' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const emulator = await startEntraEmulator({
    ...(values.port !== undefined && { port: Number(values.port) }),
    ...(values.state !== undefined && { stateFile: values.state }),
  });
  const lines = Object.entries(emulator.environment(values.tenant)).map(
    ([name, value]) => `export ${name}='${value}'\n`,
  );
  const stop = (): void => {
    void emulator.close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);

  // Last, so that whoever reads it may interrupt at once.
  process.stderr.write(`serving at ${emulator.url}; interrupt to stop\n`);
  process.stdout.write(lines.join(''));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
