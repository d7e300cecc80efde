/** The octets that a password may have become when the file was made; the likeliest first. */
export interface PasswordEncodings {
  /** For the MAC and the ciphers of RFC 7292: UTF-16, big endian, with two zero octets at the end. */
  readonly pkcs12: readonly Buffer[];
  /** For PBES2 of RFC 8018. */
  readonly pbes2: readonly Buffer[];
}

/** RFC 7292 appendix B.1: a BMPString with its terminator. Beyond the BMP real tools write surrogate pairs. */
export function encodePkcs12Password(password: string): Buffer {
  return Buffer.from(`${password}\0`, 'utf16le').swap16();
}

export function encodePbes2Password(password: string): Buffer {
  return Buffer.from(password, 'utf8');
}

/**
 * No password is either the terminator alone (Windows, OpenSSL with an empty one) or no octet at all (GnuTLS with its null
 * password), and nobody remembers which.
 *
 * With letters beyond ASCII, OpenSSL before 1.1.0 widened each octet of the UTF-8 form, and old NSS gave PBES2 the UTF-16
 * form. A Mac hands over decomposed letters, while GnuTLS composes them.
 */
export function passwordEncodings(password: string | undefined): PasswordEncodings {
  const terminator = encodePkcs12Password('');
  const nothing = Buffer.alloc(0);
  if (password === undefined || password === '') {
    return { pkcs12: [terminator, nothing], pbes2: [nothing, terminator] };
  }
  const widened = Buffer.from(password, 'utf8').toString('latin1');
  const composed = password.normalize('NFC');
  return {
    pkcs12: distinct([password, composed, widened].map(encodePkcs12Password)),
    pbes2: distinct([password, composed].map(encodePbes2Password).concat(encodePkcs12Password(password))),
  };
}

function distinct(values: readonly Buffer[]): Buffer[] {
  return [...new Map(values.map((value) => [value.toString('hex'), value])).values()];
}
