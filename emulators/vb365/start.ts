import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ADMINISTRATOR, startVb365Emulator } from './vb365-emulator';

const USAGE =
  'usage: start --entra <url> --entra-ca <file> [--port <number>] [--pfx <file> --password-file <file>] [--organization <name>=<tenant id>=<application id>]…';

/** Prints how to sign in on standard output, says on standard error where it serves, and serves until SIGINT. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      entra: { type: 'string' },
      'entra-ca': { type: 'string' },
      port: { type: 'string' },
      pfx: { type: 'string' },
      'password-file': { type: 'string' },
      organization: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean' },
    },
  });
  const { entra, 'entra-ca': entraCa, pfx, 'password-file': passwordFile } = values;
  if (values.help === true || entra === undefined || entraCa === undefined) {
    process.stdout.write(`${USAGE}\n`);
    process.exitCode = values.help === true ? 0 : 2;
    return;
  }
  const password = passwordFile === undefined ? '' : readFileSync(passwordFile, 'utf8').trim();
  const emulator = await startVb365Emulator({
    entra: { url: entra, caPem: readFileSync(entraCa, 'utf8') },
    organizations: values.organization.map(organizationOf),
    ...(values.port !== undefined && { port: Number(values.port) }),
    ...(pfx !== undefined && { certificate: { pfx: readFileSync(pfx), password } }),
  });
  const stop = (): void => {
    void emulator.close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);

  // Last, so that whoever reads it may interrupt at once.
  const { url, caFile } = emulator;
  const trusted = caFile === undefined ? '' : `, with a certificate of the authority in ${caFile}`;
  process.stderr.write(`serving at ${url}${trusted}; interrupt to stop\n`);
  process.stdout.write(`export VB365_REST_USERNAME='${ADMINISTRATOR.username}'\n`);
  process.stdout.write(`export VB365_REST_PASSWORD='${ADMINISTRATOR.password}'\n`);
}

function organizationOf(text: string): { name: string; tenantId: string; applicationId: string } {
  const [name = '', tenantId = '', applicationId = ''] = text.split('=');
  if (applicationId === '') throw new TypeError(`${text} is not <name>=<tenant id>=<application id>`);
  return { name, tenantId, applicationId };
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
