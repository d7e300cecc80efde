import { Vb365Error } from '../errors';
import type { Cloud } from './cloud';
import type { Network } from './network';
import type { ReaderAccount } from './reader';
import { signIn } from './sign-in';

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
