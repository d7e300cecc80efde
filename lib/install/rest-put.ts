import { Vb365Error } from '../errors';
import type { RestCall, RestClient } from './rest-client';

/**
 * What Entra says while a key credential, an application or its service principal has not reached all of its replicas:
 * the key is not registered, the application is not found, the service principal is missing.
 *
 * Source: https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
const NOT_REPLICATED = /AADSTS(?:700027|700016|7000229)\b/;

/** Replication is a matter of seconds to a minute: to ask more often helps nobody. */
const PAUSE_FACTOR = 4;

/**
 * Hands certificates over, again and again while Entra does not know them yet, which is what a deployment meets that has just
 * published them.
 *
 * @param secrets parts of the body that must never be repeated
 * @throws Vb365Error `rest-certificate-refused` with the product's message, and those of `RestClient`
 */
export async function putCertificates(
  client: RestClient,
  call: RestCall,
  body: unknown,
  secrets: readonly string[],
): Promise<void> {
  const { pauseMilliseconds, replicationMilliseconds } = client.limits;
  const began = performance.now();
  for (let pause = pauseMilliseconds * PAUSE_FACTOR; ; pause *= 2) {
    const refusal = await client.put(call, body, secrets);
    if (refusal === undefined) return;
    const left = replicationMilliseconds - (performance.now() - began);
    if (!NOT_REPLICATED.test(refusal) || pause > left) throw certificateRefused(call.what, refusal);
    await client.pause(pause, 'Microsoft Entra ID does not know the certificate yet');
  }
}

function certificateRefused(what: string, refusal: string): Vb365Error {
  return new Vb365Error('rest-certificate-refused', {
    message: `${what} is refused by Veeam Backup for Microsoft 365: ${refusal}`,
    cure: /AADSTS\d/.test(refusal)
      ? 'deploy first, so that the certificate is in Microsoft Entra ID; vb365 explain says what the message is about'
      : 'do what the message says, and run the command again: the product still uses what it used before',
  });
}
