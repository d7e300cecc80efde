import type { AddressInfo } from 'node:net';
import { createCertificateAuthority } from '../certificate-authority';
import { PIPELINE_CLIENT_ID, PIPELINE_CLIENT_SECRET } from './directory/built-in-applications';
import { Directory } from './directory/directory';
import { FaultInjector, type Faults } from './faults';
import { AccessTokens } from './login/access-tokens';
import { DeviceCodes } from './login/device-codes';
import { RequestLog } from './request-log';
import { createServer } from './server';
import { StateFile } from './state-file';
import { writeTrustFiles } from './trust-files';

export interface EntraEmulatorOptions {
  /** TCP port. @default one that is free */
  readonly port?: number;
  /** JSON file that the state is read from and saved to. @default memory only */
  readonly stateFile?: string;
  /** Ids of the tenants that exist. @default every UUID is one */
  readonly tenants?: readonly string[];
  /** What goes wrong on purpose from the start. @default nothing */
  readonly faults?: Faults;
  /** The clock by which keys expire. @default the machine's */
  readonly now?: () => Date;
}

/** A server that answers like Microsoft Graph and Entra's sign-in, as far as the azuread provider and sign-in ask. */
export interface EntraEmulator {
  /** `https://localhost:<port>` */
  readonly url: string;
  readonly port: number;
  /** Certificate of the authority that signed the server's, as PEM. */
  readonly caPem: string;
  /** Path of a file with `caPem`. */
  readonly caFile: string;
  readonly directory: Directory;
  readonly requests: RequestLog;
  /** Variables with which Terraform and node work against this server in a tenant. */
  environment(tenantId: string): Record<string, string>;
  /** Replaces all faults; counting starts again. */
  setFaults(faults: Faults): void;
  close(): Promise<void>;
}

/** Starts the emulator; it serves until it is closed. */
export async function startEntraEmulator(options: EntraEmulatorOptions = {}): Promise<EntraEmulator> {
  const now = options.now ?? ((): Date => new Date());
  const state = options.stateFile === undefined ? undefined : StateFile.read(options.stateFile);
  const directory = new Directory({
    now,
    ...(options.tenants && { tenants: options.tenants }),
    ...(state && { state }),
  });
  const stateFile = options.stateFile === undefined ? undefined : new StateFile(options.stateFile, directory);
  const requests = new RequestLog();
  const faults = new FaultInjector();
  faults.set(options.faults ?? {});

  // TLS goes by the machine's clock, whatever the clock of the directory says.
  const authority = await createCertificateAuthority(new Date());
  const certificate = await authority.issueServerCertificate(['localhost', '127.0.0.1']);
  let url = '';
  const server = createServer({
    certificate,
    directory,
    faults,
    requests,
    now,
    tokens: new AccessTokens(),
    deviceCodes: new DeviceCodes(),
    url: () => url,
    onChange: () => {
      stateFile?.saveSoon();
    },
  });
  await server.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  const { port } = addressOf(server.server.address());
  url = `https://localhost:${port}`;
  const trust = writeTrustFiles(authority.certificatePem);

  return {
    url,
    port,
    caPem: authority.certificatePem,
    caFile: trust.caFile,
    directory,
    requests,
    environment: (tenantId) => ({
      ARM_METADATA_HOSTNAME: `localhost:${port}`,
      ARM_TENANT_ID: tenantId,
      ARM_CLIENT_ID: PIPELINE_CLIENT_ID,
      ARM_CLIENT_SECRET: PIPELINE_CLIENT_SECRET,
      ARM_USE_CLI: 'false',
      SSL_CERT_FILE: trust.bundleFile,
      NODE_EXTRA_CA_CERTS: trust.caFile,
    }),
    setFaults: (next) => {
      faults.set(next);
    },
    close: async () => {
      await server.close();
      stateFile?.save();
      trust.remove();
    },
  };
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (typeof address === 'object' && address !== null) return address;
  throw new TypeError('the server does not listen on a TCP port');
}
