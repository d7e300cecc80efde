/** Every object identifier that is read or written, by the name its standard gives it. */
export const oids = {
  // PKCS#7, RFC 2315
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  envelopedData: '1.2.840.113549.1.7.3',
  encryptedData: '1.2.840.113549.1.7.6',

  // PKCS#12, RFC 7292
  keyBag: '1.2.840.113549.1.12.10.1.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
  safeContentsBag: '1.2.840.113549.1.12.10.1.6',
  pbeWithShaAnd128BitRc4: '1.2.840.113549.1.12.1.1',
  pbeWithShaAnd40BitRc4: '1.2.840.113549.1.12.1.2',
  pbeWithShaAnd3KeyTripleDes: '1.2.840.113549.1.12.1.3',
  pbeWithShaAnd2KeyTripleDes: '1.2.840.113549.1.12.1.4',
  pbeWithShaAnd128BitRc2: '1.2.840.113549.1.12.1.5',
  pbeWithShaAnd40BitRc2: '1.2.840.113549.1.12.1.6',

  // PKCS#9, RFC 2985; the last one is Microsoft's
  friendlyName: '1.2.840.113549.1.9.20',
  localKeyId: '1.2.840.113549.1.9.21',
  x509Certificate: '1.2.840.113549.1.9.22.1',
  microsoftCspName: '1.3.6.1.4.1.311.17.1',

  // PKCS#5, RFC 8018; scrypt is RFC 7914, PBMAC1 RFC 9579
  pbkdf2: '1.2.840.113549.1.5.12',
  pbes2: '1.2.840.113549.1.5.13',
  pbmac1: '1.2.840.113549.1.5.14',
  scrypt: '1.3.6.1.4.1.11591.4.11',
  hmacWithSha1: '1.2.840.113549.2.7',
  hmacWithSha224: '1.2.840.113549.2.8',
  hmacWithSha256: '1.2.840.113549.2.9',
  hmacWithSha384: '1.2.840.113549.2.10',
  hmacWithSha512: '1.2.840.113549.2.11',
  hmacWithSha512Of224: '1.2.840.113549.2.12',
  hmacWithSha512Of256: '1.2.840.113549.2.13',

  // Ciphers: RFC 3565, RFC 3657, RFC 8018 appendix B.2
  aes128Cbc: '2.16.840.1.101.3.4.1.2',
  aes192Cbc: '2.16.840.1.101.3.4.1.22',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',
  camellia128Cbc: '1.2.392.200011.61.1.1.1.2',
  camellia192Cbc: '1.2.392.200011.61.1.1.1.3',
  camellia256Cbc: '1.2.392.200011.61.1.1.1.4',
  tripleDesCbc: '1.2.840.113549.3.7',

  // Hashes: RFC 8017 appendix B.1
  md5: '1.2.840.113549.2.5',
  sha1: '1.3.14.3.2.26',
  sha224: '2.16.840.1.101.3.4.2.4',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
  'sha512-224': '2.16.840.1.101.3.4.2.5',
  'sha512-256': '2.16.840.1.101.3.4.2.6',

  // Keys and signatures: RFC 8017 appendix A, RFC 3279, RFC 5758, RFC 8410
  rsaEncryption: '1.2.840.113549.1.1.1',
  rsassaPss: '1.2.840.113549.1.1.10',
  md2WithRsa: '1.2.840.113549.1.1.2',
  md5WithRsa: '1.2.840.113549.1.1.4',
  sha1WithRsa: '1.2.840.113549.1.1.5',
  sha1WithRsaOfOiw: '1.3.14.3.2.29',
  sha224WithRsa: '1.2.840.113549.1.1.14',
  sha256WithRsa: '1.2.840.113549.1.1.11',
  sha384WithRsa: '1.2.840.113549.1.1.12',
  sha512WithRsa: '1.2.840.113549.1.1.13',
  sha512Of224WithRsa: '1.2.840.113549.1.1.15',
  sha512Of256WithRsa: '1.2.840.113549.1.1.16',
  dsaWithSha1: '1.2.840.10040.4.3',
  ecdsaWithSha1: '1.2.840.10045.4.1',
  ecdsaWithSha224: '1.2.840.10045.4.3.1',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  ecdsaWithSha384: '1.2.840.10045.4.3.3',
  ecdsaWithSha512: '1.2.840.10045.4.3.4',
  ed25519: '1.3.101.112',
  ed448: '1.3.101.113',

  // Extensions of certificates, RFC 5280 §4.2.1
  keyUsage: '2.5.29.15',
  subjectAlternativeName: '2.5.29.17',
  extendedKeyUsage: '2.5.29.37',
  anyExtendedKeyUsage: '2.5.29.37.0',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
} as const;

/** Names by their identifiers. */
export function namesOf<Name extends keyof typeof oids>(...names: readonly Name[]): Readonly<Record<string, Name>> {
  return Object.fromEntries(names.map((name) => [oids[name], name]));
}

/** Hashes as node and OpenSSL call them, by identifier. */
export const hashNames = namesOf(
  ...(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha512-224', 'sha512-256'] as const),
);
