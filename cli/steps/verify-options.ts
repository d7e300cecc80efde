import { join, resolve } from 'node:path';
import { isUuid } from '../../lib/addresses/uuid';
import { shown } from '../../lib/words/shown';
import { roles } from '../../lib/catalogue/roles';
import type { Configuration } from '../../lib/config/configuration';
import { type LineageDeclaration, lineagesOf } from '../../lib/config/lineages';
import { Vb365Error } from '../../lib/errors';
import type { VerifyOptions } from '../../lib/verify/verify';
import type { RestAccount } from '../../lib/rest/account';
import { readIdentities } from '../../lib/keystore/sealing/identity';
import { findLineage } from './find-lineage';
import { identityPath } from './identity-path';
import { restAccount, type RestAccountOptions } from './rest-account';
import { printFindings, type Terminal } from '../shell/terminal';

export interface VerifyGivenOptions extends RestAccountOptions {
  /** `contoso/entra-application=<client id>`, or the owner in place of the lineage. */
  readonly clientId?: readonly string[];
}

/**
 * What the real systems are asked with: keys, accounts, and what a person says of client ids.
 *
 * @throws Vb365Error `usage`, `lineage-unknown`, and what `identityPath`, `readIdentities` and `restAccount` throw
 */
export async function verifyOptions(
  terminal: Terminal,
  configuration: Configuration,
  options: VerifyGivenOptions,
): Promise<Omit<VerifyOptions, 'now'>> {
  return {
    environment: terminal.env,
    clientIds: givenClientIds(configuration, options.clientId ?? []),
    identities: await identitiesIfAny(terminal),
    restAccount: restAccountIfAny(terminal, options),
    stacks: join(resolve(terminal.cwd(), terminal.env.CDKTF_OUTDIR ?? 'cdktf.out'), 'stacks'),
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
