import { Vb365Error } from '../../lib/errors';
import { identityFile } from '../../lib/keystore/sealing/identity';
import type { Terminal } from '../shell/terminal';

/**
 * Absolute path of the file of identities.
 *
 * @throws Vb365Error `identity-in-variable` where the variable that names the file holds its content: it would come out
 * as a path, in messages and as the name of a file
 */
export async function identityPath({ env }: Terminal): Promise<string> {
  if (/AGE-(?:SECRET-KEY|PLUGIN)-|PRIVATE KEY/i.test(env.VB365_IDENTITY ?? '')) {
    throw new Vb365Error('identity-in-variable', {
      subject: 'VB365_IDENTITY',
      message: 'VB365_IDENTITY holds an identity, where the path of the file that holds it is expected',
      cure: 'write the identity to a file that only you can read, and set VB365_IDENTITY to its path',
    });
  }
  return identityFile(env);
}
