import { readBags } from './bags';
import { openEnvelope } from './envelope';
import { aboutSubject } from './errors';
import { KeyDerivation } from './key-derivation';
import { type KeyAndCertificate, pairUp } from '../key-and-certificate';
import { verifyMac } from './mac';

/** What the errors call the bytes. */
export interface ReadPfxOptions {
  /** Name of the file, for the errors. @default none */
  readonly subject?: string;
}

/**
 * Reads a PFX (PKCS#12, RFC 7292) of any common producer: Windows, OpenSSL, Java, GnuTLS, NSS.
 *
 * Where it holds several certificates, the one whose private key is there is meant.
 *
 * @param bytes BER or DER; base64 or PEM (BEGIN PKCS12) of it as well.
 * @param password undefined and the empty text are the same: no password, in either of its encodings.
 * @throws Vb365Error `pfx-not-a-pfx`, `pfx-too-large`, `pfx-truncated`, `pfx-damaged`, `pfx-password-wrong`,
 * `pfx-mac-unsupported`, `pfx-cipher-unsupported`, `pfx-mode-unsupported`, `pfx-iterations-too-many`,
 * `private-key-missing`, `private-keys-several`, `private-key-not-rsa`, `private-key-too-small`, `private-key-damaged`,
 * `certificate-missing`, `certificate-of-another-key`
 *
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import { readPfx } from 'cdktf-vb365/certificates';
 *
 * const { certificate, privateKey } = readPfx(readFileSync('vb365.pfx'), process.env.PFX_PASSWORD);
 * console.log(certificate.subject, privateKey.asymmetricKeyType);
 * ```
 */
export function readPfx(
  bytes: Uint8Array,
  password: string | undefined,
  options: ReadPfxOptions = {},
): KeyAndCertificate {
  return aboutSubject(options.subject, () => {
    const { content, macData } = openEnvelope(bytes);
    const unlocking = { password, derivation: new KeyDerivation() };
    if (macData) verifyMac(macData, content, unlocking);
    const { keys, certificates } = readBags(content, unlocking);
    return pairUp(keys, certificates);
  });
}
