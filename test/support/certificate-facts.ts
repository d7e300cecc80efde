import type { Certificate } from '../../lib/certificates/certificate';
import { opensslSays } from './openssl';

const KEY_USAGE_NAMES: Readonly<Record<string, string>> = {
  'Digital Signature': 'digitalSignature',
  'Non Repudiation': 'nonRepudiation',
  'Key Encipherment': 'keyEncipherment',
  'Data Encipherment': 'dataEncipherment',
  'Key Agreement': 'keyAgreement',
  'Certificate Sign': 'keyCertSign',
  'CRL Sign': 'cRLSign',
  'Encipher Only': 'encipherOnly',
  'Decipher Only': 'decipherOnly',
};

const EXTENDED_KEY_USAGE_NAMES: Readonly<Record<string, string>> = {
  'Any Extended Key Usage': 'anyExtendedKeyUsage',
  'TLS Web Server Authentication': 'serverAuth',
  'TLS Web Client Authentication': 'clientAuth',
  'Code Signing': 'codeSigning',
  'E-mail Protection': 'emailProtection',
  'Time Stamping': 'timeStamping',
};

const NAME_FORMAT = 'esc_2253,esc_ctrl,utf8,sep_comma_plus_space,sname';
const ONE_LINERS = '-subject -issuer -serial -startdate -enddate -fingerprint -sha1 -nameopt'
  .split(' ')
  .concat(NAME_FORMAT);

/** What a certificate says of itself, for a comparison. */
export function factsOf(certificate: Certificate): Record<string, unknown> {
  return {
    subject: certificate.subject,
    issuer: certificate.issuer,
    serialNumber: certificate.serialNumber,
    thumbprint: certificate.thumbprint,
    thumbprintSha256: certificate.thumbprintSha256,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    keyAlgorithm: certificate.keyAlgorithm,
    keySize: certificate.keySize,
    signatureHash: certificate.signatureHash,
    dnsNames: certificate.dnsNames,
    ipAddresses: certificate.ipAddresses,
    keyUsages: certificate.keyUsages,
    extendedKeyUsages: certificate.extendedKeyUsages,
    isCertificateAuthority: certificate.isCertificateAuthority,
    isSelfSigned: certificate.isSelfSigned,
  };
}

/** The same facts, as the openssl program tells them. */
export function factsFromOpenssl(certificate: Certificate): Record<string, unknown> {
  const text = opensslSays(certificate, '-text');
  const said = new Map(
    `${opensslSays(certificate, ...ONE_LINERS)}${opensslSays(certificate, '-fingerprint', '-sha256')}`
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('=')).toLowerCase(), line.slice(line.indexOf('=') + 1)]),
  );
  const keyAlgorithm = keyAlgorithmIn(text);
  const alternativeNames = extensionIn(text, 'Subject Alternative Name') ?? [];
  return {
    subject: said.get('subject'),
    issuer: said.get('issuer'),
    serialNumber: said.get('serial'),
    thumbprint: said.get('sha1 fingerprint')?.replaceAll(':', ''),
    thumbprintSha256: said.get('sha256 fingerprint')?.replaceAll(':', ''),
    notBefore: new Date(said.get('notbefore') ?? ''),
    notAfter: new Date(said.get('notafter') ?? ''),
    keyAlgorithm,
    keySize: keyAlgorithm.startsWith('rsa') ? Number(/Public-Key: \((\d+) bit\)/.exec(text)?.[1]) : undefined,
    signatureHash: signatureHashIn(text),
    dnsNames: valuesOf(alternativeNames, 'DNS:'),
    ipAddresses: valuesOf(alternativeNames, 'IP Address:').map((address) => address.toLowerCase()),
    keyUsages: extensionIn(text, 'Key Usage')?.map((usage) => KEY_USAGE_NAMES[usage] ?? usage),
    extendedKeyUsages: extensionIn(text, 'Extended Key Usage')?.map(
      (usage) => EXTENDED_KEY_USAGE_NAMES[usage] ?? usage,
    ),
    isCertificateAuthority: text.includes('CA:TRUE'),
    isSelfSigned: said.get('subject') === said.get('issuer'),
  };
}

function extensionIn(text: string, name: string): string[] | undefined {
  return new RegExp(`X509v3 ${name}:.*\n\\s*(.+)`).exec(text)?.[1]?.trim().split(', ');
}

function valuesOf(names: readonly string[], prefix: string): string[] {
  return names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
}

function keyAlgorithmIn(text: string): string {
  const name = /Public Key Algorithm: (\S+)/.exec(text)?.[1] ?? '';
  const names: Readonly<Record<string, string>> = {
    rsaEncryption: 'rsa',
    rsassaPss: 'rsa-pss',
    'id-ecPublicKey': 'ec',
    ED25519: 'ed25519',
  };
  return names[name] ?? name;
}

function signatureHashIn(text: string): string {
  const algorithm = /Signature Algorithm: (\S+)/.exec(text)?.[1] ?? '';
  if (algorithm === 'ED25519') return 'none';
  const hash = algorithm === 'rsassaPss' ? /Hash Algorithm: (\w+)/.exec(text)?.[1] : algorithm;
  return /md5|sha\d+/i.exec(hash ?? '')?.[0].toLowerCase() ?? '';
}
