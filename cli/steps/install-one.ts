import { randomBytes } from 'node:crypto';
import { type RoleId, roles } from '../../lib/catalogue/roles';
import { writePfx } from '../../lib/certificates/pfx/write';
import type { Configuration } from '../../lib/config/configuration';
import { Vb365Error } from '../../lib/errors';
import { installByPowershell } from '../../lib/install/powershell/install-by-powershell';
import { type InstallationPlan, roleFactsOf, storesOf } from '../../lib/install/installation-plan';
import type { InstallAnswer } from '../../lib/install/powershell/install-answer';
import type { Transport } from '../../lib/install/transport/transport';
import { LocalTransport } from '../../lib/install/transport/local';
import { SshTransport } from '../../lib/install/transport/ssh';
import { type Generation, Keystore } from '../../lib/keystore/keystore';
import { openPrivateKey } from '../../lib/keystore/sealing/private-key';
import { chooseGeneration } from '../../lib/lifecycle/choose-generation';
import type { RestAccountOptions } from './rest-account';
import type { Terminal } from '../shell/terminal';

export interface InstallOneOptions {
  readonly generation?: string;
  readonly whatIf?: boolean;
}

/** What came of one installation. */
export interface Installed extends InstallAnswer {
  readonly plan: InstallationPlan;
  readonly generation: Generation;
  /** Lineages whose certificates the product has replaced with this one. */
  readonly also?: readonly string[];
}

/** 192 bits in 32 characters that no shell and no dialog takes for something else; a new one for each run. */
export function randomPassword(): string {
  return randomBytes(24).toString('base64url');
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
  const friendlyName = `${roles[role].name} ${lineage.split('/')[0] ?? ''} ${label}`;
  return writePfx({ certificate, chain, privateKey, password, friendlyName });
}

/** Installs one certificate where its plan says. @param identities none where only the server is asked */
export async function installOne(
  terminal: Terminal,
  configuration: Configuration,
  plan: InstallationPlan,
  options: InstallOneOptions & RestAccountOptions & { readonly identities: readonly string[] },
): Promise<Installed> {
  const keystore = new Keystore(configuration.keystore);
  const { name: lineage, role } = plan.declaration;
  const generation = await chooseGeneration(keystore, plan.declaration, options.generation);
  if (plan.way === 'rest') {
    const { installOverRest } = await import('./install-over-rest.js');
    const answer = await installOverRest(terminal, configuration, plan, generation, options);
    return { plan, generation, ...answer };
  }
  const thumbprints = keystore.generations(lineage).map(({ certificate }) => certificate.thumbprint);
  const { certificate } = generation;
  const script = { lineage, certificate, facts: roleFactsOf(plan, thumbprints), stores: storesOf(plan) };
  const transport = transportOf(plan);
  if (options.whatIf === true) return { plan, generation, ...(await installByPowershell(transport, script)) };
  const password = randomPassword();
  const pfx = await pfxOf(generation, role, options.identities, password);
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
