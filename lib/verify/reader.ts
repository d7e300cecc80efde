import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { urlPartsOf } from '../addresses/url-parts';
import { readPfx } from '../certificates/pfx/read';
import { Vb365Error } from '../errors';
import { fileError } from '../system/durable-files';
import { type Cloud, parseJson } from './cloud';
import type { Network } from './network';
import { type Proof, signIn } from './sign-in';
import { decodeText } from '../system/text';

/** The variables by which the azuread provider signs in; none of their values is ever repeated. */
export type ReaderEnvironment = Readonly<Record<string, string | undefined>>;

/** The account of the pipeline: it may read every application, where one's own may not read itself. */
export interface ReaderAccount {
  readonly clientId: string;
  /** Read anew for each sign-in: tokens of a pipeline are short-lived. @throws Vb365Error `reader-account-unusable` */
  proof(): Promise<Proof>;
}

/** What GitHub gives a token for: https://learn.microsoft.com/entra/workload-id/workload-identity-federation */
const AUDIENCE = 'api://AzureADTokenExchange';

const tokenSchema = z.looseObject({ value: z.string().min(1) });

/**
 * The account that Terraform has: secret, certificate or federated token, in this order.
 *
 * @returns undefined where the environment names none
 */
export function readerOf(environment: ReaderEnvironment, network: Network): ReaderAccount | undefined {
  const given = (name: string): string | undefined => (environment[name] === '' ? undefined : environment[name]);
  const clientId = given('ARM_CLIENT_ID');
  const secret = given('ARM_CLIENT_SECRET');
  const pfx = given('ARM_CLIENT_CERTIFICATE_PATH');
  const isFederated = /^(?:1|t|true)$/i.test(environment.ARM_USE_OIDC ?? '');
  if (clientId === undefined) return undefined;
  if (secret !== undefined) return { clientId, proof: () => Promise.resolve({ secret }) };
  if (pfx !== undefined) {
    const password = given('ARM_CLIENT_CERTIFICATE_PASSWORD') ?? '';
    return { clientId, proof: () => Promise.resolve().then(() => certificateProof(pfx, password)) };
  }
  return isFederated ? { clientId, proof: () => federatedProof(given, network) } : undefined;
}

function certificateProof(file: string, password: string): Proof {
  const { certificate, privateKey } = readPfx(readBounded(file, 'ARM_CLIENT_CERTIFICATE_PATH'), password);
  return { certificate, privateKey };
}

async function federatedProof(given: (name: string) => string | undefined, network: Network): Promise<Proof> {
  const token = given('ARM_OIDC_TOKEN');
  if (token !== undefined) return { federatedToken: token };
  const file = given('ARM_OIDC_TOKEN_FILE_PATH');
  if (file !== undefined) {
    return { federatedToken: decodeText(readBounded(file, 'ARM_OIDC_TOKEN_FILE_PATH')).trim() };
  }
  const url = given('ARM_OIDC_REQUEST_URL') ?? given('ACTIONS_ID_TOKEN_REQUEST_URL');
  const bearer = given('ARM_OIDC_REQUEST_TOKEN') ?? given('ACTIONS_ID_TOKEN_REQUEST_TOKEN');
  const parts = url === undefined ? undefined : urlPartsOf(url);
  if (parts?.scheme !== 'https' || bearer === undefined) {
    throw unusable('ARM_USE_OIDC is set, and no variable says where the token comes from');
  }
  const address = new URL(parts.href);
  address.searchParams.set('audience', AUDIENCE);
  const headers = { authorization: `Bearer ${bearer}`, accept: 'application/json' };
  const answer = await network.ask(address.href, { method: 'GET', headers });
  const parsed = tokenSchema.safeParse(parseJson(answer.body));
  if (!parsed.success) throw unusable(`${address.host} gave no token, and answered ${answer.status}`);
  return { federatedToken: parsed.data.value };
}

/** @param variable that names the file: its name may be a secret that somebody put there */
function readBounded(file: string, variable: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw unusable(fileError('reader-account-unusable', `the file of ${variable}`, 'read', error).message);
  }
}

function unusable(message: string): Vb365Error {
  return new Vb365Error('reader-account-unusable', {
    subject: 'ARM_CLIENT_ID',
    message,
    cure: 'give ARM_CLIENT_SECRET, ARM_CLIENT_CERTIFICATE_PATH, or ARM_USE_OIDC with ARM_OIDC_TOKEN, as for Terraform, or unset ARM_CLIENT_ID',
  });
}

/**
 * A token of the account of Terraform for Microsoft Graph in a tenant; secret.
 *
 * @throws Vb365Error `reader-account-unusable`, `verify-unreachable`
 */
export async function readerToken(
  reader: ReaderAccount,
  cloud: Cloud,
  tenantId: string,
  network: Network,
): Promise<string> {
  const done = await signIn({ cloud, tenantId, clientId: reader.clientId, proof: await reader.proof() }, network);
  if ('token' in done) return done.token;
  throw new Vb365Error('reader-account-unusable', {
    subject: 'ARM_CLIENT_ID',
    message: `Entra refuses the account of ARM_CLIENT_ID with AADSTS${done.refusedWith} in the tenant ${tenantId}`,
    cure: `run "vb365 explain AADSTS${done.refusedWith}", or unset ARM_CLIENT_ID`,
  });
}
