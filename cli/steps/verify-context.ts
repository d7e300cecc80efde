import { join, resolve } from 'node:path';
import { isUuid } from '../../lib/addresses/uuid';
import { shown } from '../../lib/words/shown';
import { roles } from '../../lib/catalogue/roles';
import type { Configuration } from '../../lib/config/configuration';
import { type LineageDeclaration, lineagesOf } from '../../lib/config/lineages';
import { Vb365Error } from '../../lib/errors';
import { clientIdsOf } from '../../lib/verify/client-ids';
import { Clouds } from '../../lib/verify/cloud';
import type { VerifyContext } from '../../lib/verify/lineage';
import type { Network } from '../../lib/verify/network';
import { readerOf } from '../../lib/verify/reader';
import type { RestAccount } from '../../lib/rest/account';
import { readIdentities } from '../../lib/keystore/sealing/identity';
import { Keystore } from '../../lib/keystore/keystore';
import { findLineage } from './find-lineage';
import { identityPath } from './identity-path';
import { restAccount, type RestAccountOptions } from './rest-account';
import { printFindings, type Terminal } from '../shell/terminal';

export interface VerifyContextOptions extends RestAccountOptions {
  /** `contoso/entra-application=<client id>`, or the owner in place of the lineage. */
  readonly clientId?: readonly string[];
}

/**
 * What all looks share: keys, accounts, and how to find a client id.
 *
 * @throws Vb365Error `usage`, `lineage-unknown`, and what `identityPath`, `readIdentities` and `restAccount` throw
 */
export async function verifyContext(
  terminal: Terminal,
  configuration: Configuration,
  network: Network,
  options: VerifyContextOptions,
): Promise<VerifyContext> {
  const given = givenClientIds(configuration, options.clientId ?? []);
  return {
    configuration,
    network,
    keystore: new Keystore(configuration.keystore),
    clouds: new Clouds(network, terminal.env.ARM_METADATA_HOSTNAME),
    identities: await identitiesIfAny(terminal),
    reader: readerOf(terminal.env, network),
    restAccount: restAccountIfAny(terminal, options),
    clientIdOf: clientIdFinder(given, stacksFolder(terminal)),
  };
}

/** A pipeline without an identity still looks at what Terraform's account may read. */
async function identitiesIfAny(terminal: Terminal): Promise<readonly string[]> {
  try {
    const { findings, identities } = await readIdentities(await identityPath(terminal));
    printFindings(terminal, findings);
    return identities;
  } catch (error) {
    if (error instanceof Vb365Error && error.code === 'identity-missing') return [];
    throw error;
  }
}

function restAccountIfAny(terminal: Terminal, options: RestAccountOptions): RestAccount | undefined {
  const { restUsername, restPasswordEnv, restPasswordFile } = options;
  const { VB365_REST_PASSWORD: password, VB365_REST_USERNAME: username } = terminal.env;
  const isGiven = [restUsername, restPasswordEnv, restPasswordFile, username, password].some((value) => value);
  return isGiven ? restAccount(terminal, options) : undefined;
}

/** Where `cdktf` writes the stacks. */
function stacksFolder(terminal: Terminal): string {
  return join(resolve(terminal.cwd(), terminal.env.CDKTF_OUTDIR ?? 'cdktf.out'), 'stacks');
}

/** Terraform is asked once a stack. */
function clientIdFinder(given: ReadonlyMap<string, string>, stacks: string): VerifyContext['clientIdOf'] {
  const deployed = new Map<string, Promise<ReadonlyMap<string, string>>>();
  return async ({ name, owner }, declared) => {
    const clientId = given.get(name) ?? declared;
    if (clientId !== undefined) return clientId;
    const asked = deployed.get(owner) ?? clientIdsOf(join(stacks, owner));
    deployed.set(owner, asked);
    return (await asked).get(name);
  };
}

function givenClientIds(configuration: Configuration, texts: readonly string[]): Map<string, string> {
  const pairs = texts.map((text): [string, string] => {
    const [, name = '', clientId = ''] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (!isUuid(clientId)) {
      throw new Vb365Error('usage', {
        message: `--client-id takes a lineage and a UUID, such as contoso/entra-application=00000000-0000-0000-0000-000000000000; ${shown(text)} is given`,
        cure: 'copy the client id from the overview of the application in Entra',
      });
    }
    return [lineageOfApplication(configuration, name).name, clientId.toLowerCase()];
  });
  return new Map(pairs);
}

/** By the name of the lineage, or of the owner, whose application is one only. */
function lineageOfApplication(configuration: Configuration, name: string): LineageDeclaration {
  const ofOwner = lineagesOf(configuration).find(
    ({ clientId, owner, role }) => owner === name && clientId === undefined && roles[role].boundToEntra,
  );
  const declaration = ofOwner ?? findLineage(configuration, name);
  if (roles[declaration.role].boundToEntra) return declaration;
  throw new Vb365Error('usage', {
    message: `--client-id names ${declaration.name}, which belongs to no application`,
    cure: 'name the lineage of an application, such as contoso/entra-application',
  });
}
