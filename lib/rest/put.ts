import { microsoftsPageOf, signInErrors, stepText } from '../catalogue/sign-in-errors';
import { Vb365Error } from '../errors';
import type { RestCall, RestClient } from './client';

/**
 * What Entra says while a key credential or a service principal has not reached all of its replicas: the key is not
 * registered, the service principal is missing.
 *
 * Source: https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
const NOT_REPLICATED = [700_027, 7_000_229];

/** The application is not found: while it is new, and for ever where the client id is wrong. */
const APPLICATION_UNKNOWN = 700_016;

/** The part of the patience that an unknown application deserves. */
const SHORTLY = 1 / 6;

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
    const left = patienceWith(refusal, replicationMilliseconds) - (performance.now() - began);
    if (pause > left) throw certificateRefused(call.what, refusal);
    await client.pause(pause, 'Microsoft Entra ID does not know the certificate yet');
  }
}

/** How long it may take until a refusal goes away by itself, in milliseconds. */
function patienceWith(refusal: string, replicationMilliseconds: number): number {
  const code = codeOf(refusal);
  if (code === APPLICATION_UNKNOWN) return replicationMilliseconds * SHORTLY;
  return code !== undefined && NOT_REPLICATED.includes(code) ? replicationMilliseconds : 0;
}

function codeOf(refusal: string): number | undefined {
  const [, digits] = /AADSTS(\d{4,8})(?!\d)/.exec(refusal) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function certificateRefused(what: string, refusal: string): Vb365Error {
  return new Vb365Error('rest-certificate-refused', {
    message: `${what} is refused by Veeam Backup for Microsoft 365: ${refusal}`,
    cure: cureOf(codeOf(refusal)),
  });
}

function cureOf(code: number | undefined): string {
  if (code === undefined)
    return 'do what the message says, and run the command again: the product still uses what it used before';
  if (NOT_REPLICATED.includes(code))
    return `deploy first, so that Microsoft Entra ID has the certificate; "vb365 explain AADSTS${code}" says more`;
  const steps = signInErrors.find((one) => one.code === code)?.steps ?? [];
  const [first = `see ${microsoftsPageOf(code)}`] = steps.map(stepText);
  return `${first}; "vb365 explain AADSTS${code}" says more`;
}
