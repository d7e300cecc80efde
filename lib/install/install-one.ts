import type { RoleId } from '../catalogue/roles';
import { writePfx } from '../certificates/pfx/write';
import type { Configuration } from '../config/configuration';
import { Vb365Error } from '../errors';
import { installByPowershell } from './powershell/install-by-powershell';
import { type InstallationPlan, roleFactsOf, storesOf } from './installation-plan';
import type { InstallAnswer } from './powershell/install-answer';
import type { Transport } from './transport/transport';
import { LocalTransport } from './transport/local';
import { SshTransport } from './transport/ssh';
import { type Generation, Keystore } from '../keystore/keystore';
import { openPrivateKey } from '../keystore/sealing/private-key';
import { randomPassword } from '../system/random-password';
import { installOverRest, type RestAccess } from './rest/install-over-rest';
import { chooseGeneration, type ChosenGeneration } from '../lifecycle/choose-generation';
import { friendlyName } from '../catalogue/lineage-name';

/** Which generation is meant, and whether it is installed or only asked about. */
export interface InstallOneOptions {
  /** Number of an older generation: `1`, `0001`. @default the current one */
  readonly generation?: string;
  /** Whether the server is only asked what would change; no key is opened then. @default false */
  readonly whatIf?: boolean;
}

/** What opens private keys and lets into servers. */
export interface InstallMeans {
  /** Of age; none where only the server is asked. Secret. */
  readonly identities: readonly string[];
  /** Asked once a certificate goes through the REST API. */
  readonly rest: () => RestAccess;
}

/** What came of one installation. */
export interface Installed extends InstallAnswer {
  /** As it was given. */
  readonly plan: InstallationPlan;
  /** What was installed, or asked about. */
  readonly generation: ChosenGeneration;
  /** Lineages whose certificates the product has replaced with this one. */
  readonly also?: readonly string[];
}

/** The PFX of a generation. @throws Vb365Error those of `openPrivateKey` and `writePfx` */
export async function pfxOf(
  generation: Generation,
  role: RoleId,
  identities: readonly string[],
  password: string,
): Promise<Buffer> {
  const privateKey = await openPrivateKey(generation, identities);
  const { certificate, chain, lineage, label } = generation;
  return writePfx({ certificate, chain, privateKey, password, friendlyName: friendlyName(role, lineage, label) });
}

/**
 * Installs one certificate where its plan says: from keystore to installation, its private key is in memory only.
 *
 * @throws Vb365Error why it was not installed; what a server has refused has the lineage as its subject
 *
 * @example
 * ```ts
 * import { lineagesOf, readConfiguration } from 'cdktf-vb365/config';
 * import { installOne, planInstallation } from 'cdktf-vb365/install';
 * import { readIdentities } from 'cdktf-vb365/keystore';
 *
 * async function install(): Promise<void> {
 *   const configuration = readConfiguration('vb365.yaml');
 *   const [declaration] = lineagesOf(configuration);
 *   if (declaration === undefined) return;
 *   const { identities } = await readIdentities('/home/operator/identity.txt');
 *   const password = process.env.REST_PASSWORD ?? '';
 *   const rest = () => ({ account: { username: 'VB365\\operator', password } });
 *   const plan = planInstallation(configuration, declaration, { via: 'rest' });
 *   const { changed } = await installOne(configuration, plan, { identities, rest });
 *   console.log(changed);
 * }
 * void install();
 * ```
 */
export async function installOne(
  configuration: Configuration,
  plan: InstallationPlan,
  means: InstallMeans,
  options: InstallOneOptions = {},
): Promise<Installed> {
  const keystore = new Keystore(configuration.keystore);
  const { name: lineage, role } = plan.declaration;
  const generation = await chooseGeneration(keystore, plan.declaration, options.generation);
  if (plan.way === 'rest') {
    const answer = await installOverRest(configuration, plan, generation, { ...options, ...means });
    return { plan, generation, ...answer };
  }
  const thumbprints = keystore.generations(lineage).map(({ certificate }) => certificate.thumbprint);
  const { certificate } = generation;
  const script = { lineage, certificate, facts: roleFactsOf(plan, thumbprints), stores: storesOf(plan) };
  const transport = transportOf(plan);
  if (options.whatIf === true) return { plan, generation, ...(await installByPowershell(transport, script)) };
  const password = randomPassword();
  const pfx = await pfxOf(generation, role, means.identities, password);
  try {
    return { plan, generation, ...(await installByPowershell(transport, script, { pfx, password })) };
  } catch (error) {
    throw error instanceof Vb365Error && error.subject !== lineage ? about(lineage, error) : error;
  }
}

function transportOf({ way, ssh }: InstallationPlan): Transport {
  return way === 'ssh' && ssh !== undefined ? new SshTransport(ssh) : new LocalTransport();
}

/** Whoever installs several wants to know which one a server was out of reach for. */
function about(lineage: string, error: Vb365Error): Vb365Error {
  const { message, cure, findings } = error;
  return new Vb365Error(error.code, { subject: lineage, message, cure, findings, cause: error });
}
