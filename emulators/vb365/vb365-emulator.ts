import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createCertificateAuthority } from '../certificate-authority';
import { Connections } from '../entra/connections';
import { RequestLog } from '../entra/request-log';
import { writeTrustFiles } from '../entra/trust-files';
import { BackupJob, type BackupJobOptions } from './backup-job';
import { type EntraAddress, EntraClient } from './entra-sign-in';
import { FaultInjector, type Faults } from './faults';
import { type Organization, type OrganizationOptions, Organizations } from './organizations';
import { createRoutes } from './server';
import { type ServerCertificateSource, tlsOptionsOf } from './server-certificate';
import type { ServiceFacts } from './service-routes';
import { type Account, Sessions } from './sessions';

export const ADMINISTRATOR: Account = {
  username: 'VB365\\administrator',
  password: 'emulator-administrator-password',
  access: 'administrator',
};

export const READER: Account = { username: 'VB365\\reader', password: 'emulator-reader-password', access: 'read-only' };

export interface Vb365EmulatorOptions {
  /** Where the product signs in to Microsoft 365. */
  readonly entra: EntraAddress;
  /** TCP port. @default one that is free */
  readonly port?: number;
  /** What TLS clients see. @default one that an authority of the emulator's own has signed */
  readonly certificate?: ServerCertificateSource;
  /** @default ADMINISTRATOR and READER */
  readonly accounts?: readonly Account[];
  /** Seconds that an access token is valid. @default 3600 */
  readonly tokenLifetimeSeconds?: number;
  /** @default none */
  readonly organizations?: readonly OrganizationOptions[];
  /** @default build 8.3 without Restore Portal */
  readonly service?: Partial<ServiceFacts>;
  /** What goes wrong on purpose from the start. @default nothing */
  readonly faults?: Faults;
  /** The clock by which tokens expire. @default the machine's */
  readonly now?: () => Date;
}

/** A server that answers like the REST API of Veeam Backup for Microsoft 365, as far as certificates of Entra applications go. */
export interface Vb365Emulator {
  /** `https://localhost:<port>` */
  readonly url: string;
  readonly port: number;
  /** Of the emulator's own authority, as PEM; undefined where the certificate came from outside. */
  readonly caPem: string | undefined;
  /** Path of a file with `caPem`; undefined where the certificate came from outside. */
  readonly caFile: string | undefined;
  readonly organizations: Organizations;
  readonly sessions: Sessions;
  /** Every request to the REST API, in the order of arrival. */
  readonly log: RequestLog;
  addOrganization(options: OrganizationOptions): Organization;
  /** Replaces all faults; counting starts again. */
  setFaults(faults: Faults): void;
  /** New connections see this certificate. */
  useServerCertificate(certificate: ServerCertificateSource): void;
  /** Signs in to Entra again and again with what the product uses. */
  startBackupJob(organizationId: string, options: BackupJobOptions): BackupJob;
  /** The service is down: every connection is closed, and new ones are refused. */
  stopListening(): Promise<void>;
  /** The service is up again, on the same port. */
  listenAgain(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the emulator; it serves until it is closed. */
export async function startVb365Emulator(options: Vb365EmulatorOptions): Promise<Vb365Emulator> {
  const now = options.now ?? ((): Date => new Date());
  const sessions = new Sessions(options.accounts ?? [ADMINISTRATOR, READER], options.tokenLifetimeSeconds);
  const organizations = new Organizations();
  for (const organization of options.organizations ?? []) organizations.add(organization);
  const entra = new EntraClient(options.entra, now);
  const log = new RequestLog();
  const faults = new FaultInjector();
  faults.set(options.faults ?? {});
  const { caPem, certificate } = await serverCertificateOf(options);
  const trust = caPem === undefined ? undefined : writeTrustFiles(caPem);
  const jobs = new Set<BackupJob>();

  const routes = createRoutes({
    sessions,
    organizations,
    entra,
    log,
    faults,
    now,
    service: { installationId: randomUUID(), version: '8.3.0.0', ...options.service },
    reset: (request) => {
      listener.reset(request.raw.socket);
    },
  });
  await routes.ready();
  const listener = new Listener(tlsOptionsOf(certificate), (request, response) => {
    routes.routing(request, response);
  });
  const port = await listener.listen(options.port ?? 0);

  return {
    url: `https://localhost:${port}`,
    port,
    caPem,
    caFile: trust?.caFile,
    organizations,
    sessions,
    log,
    addOrganization: (organization) => organizations.add(organization),
    setFaults: (next) => {
      faults.set(next);
    },
    useServerCertificate: (next) => {
      listener.useCertificate(tlsOptionsOf(next));
    },
    startBackupJob: (organizationId, jobOptions) => {
      const job = new BackupJob(() => organizations.get(organizationId), entra, jobOptions, now);
      jobs.add(job);
      return job;
    },
    stopListening: () => listener.close(),
    listenAgain: async () => {
      await listener.listen(port);
    },
    close: async () => {
      await Promise.all([...jobs].map((job) => job.stop()));
      await listener.close();
      await routes.close();
      await entra.close();
      trust?.remove();
    },
  };
}

async function serverCertificateOf({ certificate }: Vb365EmulatorOptions): Promise<{
  readonly caPem: string | undefined;
  readonly certificate: ServerCertificateSource;
}> {
  if (certificate) return { caPem: undefined, certificate };
  // TLS goes by the machine's clock, whatever the clock of the tokens says.
  const authority = await createCertificateAuthority(new Date());
  return {
    caPem: authority.certificatePem,
    certificate: await authority.issueServerCertificate(['localhost', '127.0.0.1']),
  };
}

type TlsOptions = ReturnType<typeof tlsOptionsOf>;
type Handler = Parameters<typeof createServer>[1];

/** An HTTPS server that can be shut and opened again on its port, as a service that restarts. */
class Listener {
  #server: Server | undefined;
  #connections: Connections | undefined;

  constructor(
    private tls: TlsOptions,
    private readonly handler: Handler,
  ) {}

  /** @returns the port */
  listen(port: number): Promise<number> {
    const server = createServer(this.tls, this.handler);
    this.#server = server;
    this.#connections = new Connections(server);
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: '127.0.0.1', port }, () => {
        resolve(portOf(server.address()));
      });
    });
  }

  useCertificate(tls: TlsOptions): void {
    this.tls = tls;
    this.#server?.setSecureContext(tls);
  }

  reset(secured: Parameters<Connections['reset']>[0]): void {
    this.#connections?.reset(secured);
  }

  close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return Promise.resolve();
    return new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address === 'object' && address !== null) return address.port;
  throw new TypeError('the server does not listen on a TCP port');
}
