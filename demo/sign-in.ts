import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { ConfidentialClientApplication } from '@azure/msal-node';
import { readPfx } from '../lib/certificates/pfx/read';
import { type SignInRequest, signInRequestsSchema, type SignInResult } from './sign-in-protocol';

/** Reads requests from standard input, signs in with Microsoft's own library, and prints how each ended; no token. */
async function main(): Promise<void> {
  const requests = signInRequestsSchema.parse(JSON.parse(await text(process.stdin)));
  process.stdout.write(JSON.stringify(await Promise.all(requests.map(signIn))));
}

async function signIn({ authority, clientId, pfx, passwordFile }: SignInRequest): Promise<SignInResult> {
  const { certificate, privateKey } = readPfx(readFileSync(pfx), readFileSync(passwordFile, 'utf8').trim());
  const client = new ConfidentialClientApplication({
    auth: {
      clientId,
      authority,
      knownAuthorities: [new URL(authority).host],
      clientCertificate: {
        thumbprintSha256: certificate.thumbprintSha256,
        privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      },
    },
  });
  try {
    const result = await client.acquireTokenByClientCredential({ scopes: ['https://graph.microsoft.com/.default'] });
    return result?.accessToken ? {} : { refusal: 'no token came' };
  } catch (error) {
    return { refusal: error instanceof Error ? error.message : String(error) };
  }
}

void main();
