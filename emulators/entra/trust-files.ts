import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';

/** Files by which other programs come to trust the emulator. */
export interface TrustFiles {
  /** The certificate of the emulator's authority, for programs that add it to what they trust. */
  readonly caFile: string;
  /** The system's authorities and the emulator's, for programs that take one file instead of the system's. */
  readonly bundleFile: string;
  remove(): void;
}

/** Where distributions keep their bundle; Go looks at the same places. */
const BUNDLES = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/cert.pem'];

/** @param caPem certificate of the emulator's authority. */
export function writeTrustFiles(caPem: string): TrustFiles {
  const folder = mkdtempSync(join(tmpdir(), 'entra-emulator-'));
  const caFile = join(folder, 'ca.pem');
  const bundleFile = join(folder, 'bundle.pem');
  writeFileSync(caFile, caPem);
  writeFileSync(bundleFile, `${systemBundle().trimEnd()}\n${caPem}`);
  return {
    caFile,
    bundleFile,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function systemBundle(): string {
  const file = [process.env.SSL_CERT_FILE ?? '', ...BUNDLES].find((path) => path !== '' && existsSync(path));
  return file === undefined ? rootCertificates.join('\n') : readFileSync(file, 'utf8');
}
