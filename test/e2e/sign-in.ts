import { readFileSync } from 'node:fs';
import { ConfidentialClientApplication } from '@azure/msal-node';
import { readPfx } from '../../lib/certificates/pfx/read';

/** `sign-in <authority> <client id> <pfx> <password file>`: prints how the sign-in ended, as JSON. */
async function main([authority = '', clientId = '', pfx = '', passwordFile = '']: readonly string[]): Promise<void> {
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
    process.stdout.write(JSON.stringify({ signedIn: (result?.accessToken ?? '') !== '' }));
  } catch (error) {
    process.stdout.write(
      JSON.stringify({ signedIn: false, error: error instanceof Error ? error.message : 'unknown' }),
    );
  }
}

void main(process.argv.slice(2));
