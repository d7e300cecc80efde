import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Configuration } from '../config/configuration';
import type { LineageDeclaration } from '../config/lineages';
import { readKeystoreHistory } from '../keystore/history';
import { Keystore } from '../keystore/keystore';
import type { RestAccount } from '../rest/account';
import { clientIdsOf } from './client-ids';
import { Clouds } from './cloud';
import { type VerifyContext, verifyLineage } from './lineage';
import { Network } from './network';
import { readerOf } from './reader';
import { mayBecomeWell, type VerifiedLineage } from './report';

/** What the real systems are asked with. */
export interface VerifyOptions {
  /**
   * `ARM_TENANT_ID`, `ARM_CLIENT_ID` and what goes with them, as for Terraform: the account that reads applications. Beside
   * them `ARM_METADATA_HOSTNAME`, `SSL_CERT_FILE`, `HTTPS_PROXY` and `NO_PROXY`.
   */
  readonly environment: NodeJS.ProcessEnv;
  /** Secret: what `readIdentities` gives. @default none: no sign-in is tried */
  readonly identities?: readonly string[];
  /** Secret: for the REST APIs of the installations. @default none: they are not looked at */
  readonly restAccount?: RestAccount | undefined;
  /** Application (client) ids by lineage, where neither configuration nor a deployed stack says them. @default none */
  readonly clientIds?: ReadonlyMap<string, string>;
  /** Absolute path of the folder of synthesized stacks, whose state tells client ids. @default none is asked */
  readonly stacks?: string;
  /** Milliseconds to look again at what time may mend. @default 0: one look */
  readonly wait?: number;
  /** The clock. */
  readonly now: () => Date;
  /** Called after each lineage that was looked at. */
  readonly onLooked?: () => void;
  /** Called before a pause: how many lineages are not well yet, and the milliseconds until the next look. */
  readonly onPause?: (waiting: number, milliseconds: number) => void;
}

/** Lineages at once: most of the time is spent waiting for answers, and Microsoft Graph throttles who asks much faster. */
const AT_ONCE = 8;

/** Milliseconds between two looks: the first, doubled each time, and the longest. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 15_000;

/**
 * Asks the real systems whether the current certificates work: Entra by signing in, Microsoft Graph by reading the
 * application, TLS servers by a handshake, the REST API by its settings. Nothing is changed anywhere.
 *
 * Whatever a system answers becomes a finding of its check, in the order of the lineages.
 *
 * @throws Vb365Error `ca-file-unreadable`, `proxy-address-invalid`, and what `Keystore.generations` throws of a folder that
 * cannot be read
 *
 * @example
 * ```ts
 * import { lineagesOf, readConfiguration } from 'cdktf-vb365/config';
 * import { verify } from 'cdktf-vb365/verify';
 *
 * const configuration = readConfiguration('vb365.yaml');
 * const verified = verify(configuration, lineagesOf(configuration), { environment: process.env, now: () => new Date() });
 * void verified.then(console.log);
 * ```
 */
export async function verify(
  configuration: Configuration,
  lineages: readonly LineageDeclaration[],
  options: VerifyOptions,
): Promise<VerifiedLineage[]> {
  const network = new Network(options.environment);
  try {
    return await lookUntilWell(lineages, contextOf(configuration, network, options), options);
  } finally {
    await network.close();
  }
}

function contextOf(configuration: Configuration, network: Network, options: VerifyOptions): VerifyContext {
  const { environment, identities = [], restAccount } = options;
  return {
    configuration,
    network,
    keystore: new Keystore(configuration.keystore),
    clouds: new Clouds(network, environment.ARM_METADATA_HOSTNAME),
    identities,
    reader: readerOf(environment, network),
    restAccount,
    clientIdOf: clientIdFinder(options),
    history: once(() => readKeystoreHistory(configuration.keystore)),
  };
}

/** The same function, which works at its first call only. */
function once<T extends object>(work: () => T): () => T {
  let result: T | undefined;
  return () => (result ??= work());
}

/** Terraform is asked once a stack. */
function clientIdFinder({ clientIds, environment, stacks }: VerifyOptions): VerifyContext['clientIdOf'] {
  const deployed = new Map<string, Promise<ReadonlyMap<string, string>>>();
  return async ({ name, owner }, declared) => {
    const clientId = clientIds?.get(name) ?? declared;
    if (clientId !== undefined || stacks === undefined) return clientId;
    const asked = deployed.get(owner) ?? clientIdsOf(join(stacks, owner), { ...process.env, ...environment });
    deployed.set(owner, asked);
    return (await asked).get(name);
  };
}

/** Looks at every lineage, and again at those that time may mend. */
async function lookUntilWell(
  lineages: readonly LineageDeclaration[],
  context: VerifyContext,
  options: VerifyOptions,
): Promise<VerifiedLineage[]> {
  const found = new Map<string, VerifiedLineage>();
  const end = performance.now() + (options.wait ?? 0);
  let waiting = lineages;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    for (const verified of await lookAtAll(waiting, context, options)) found.set(verified.lineage, verified);
    waiting = waiting.filter(({ name }) => [found.get(name)].some((verified) => verified && mayBecomeWell(verified)));
    const left = end - performance.now();
    if (waiting.length === 0 || left <= 0) break;
    const time = Math.min(pause, left);
    options.onPause?.(waiting.length, time);
    await sleep(time);
    context.clouds.forget();
  }
  return lineages.flatMap(({ name }) => found.get(name) ?? []);
}

async function lookAtAll(
  lineages: readonly LineageDeclaration[],
  context: VerifyContext,
  { now, onLooked }: VerifyOptions,
): Promise<VerifiedLineage[]> {
  const found: VerifiedLineage[] = [];
  // One queue for all workers.
  const queue = lineages.values();
  const work = async (): Promise<void> => {
    for (const declaration of queue) {
      found.push(await verifyLineage(declaration, context, now()));
      onLooked?.();
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, lineages.length) }, work));
  return found;
}
