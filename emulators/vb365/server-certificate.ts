import type { KeyAndCertificate } from '../../lib/certificates/key-and-certificate';
import { readPfx } from '../../lib/certificates/pfx/read';
import type { ServerCertificate } from '../certificate-authority';

/** A certificate as it comes from a keystore, a PFX or the emulators' own authority. */
export type ServerCertificateSource =
  KeyAndCertificate | ServerCertificate | { readonly pfx: Uint8Array; readonly password: string };

/** What a TLS server of node takes: the certificate, and below it what leads to its root. */
export function tlsOptionsOf(source: ServerCertificateSource): { readonly cert: string; readonly key: string } {
  if ('certificatePem' in source) return { cert: source.certificatePem, key: source.privateKeyPem };
  const { certificate, chain, privateKey } = 'pfx' in source ? readPfx(source.pfx, source.password) : source;
  return {
    cert: [certificate, ...chain].map(({ pem }) => `${pem}\n`).join(''),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
