import type { KeyObject } from 'node:crypto';
import { Vb365Error } from '../errors';
import type { Certificate } from './certificate';
import { isConsistentRsaKey } from './pfx-rsa-consistency';

/** A certificate, its RSA key, and what leads to its root. */
export interface KeyAndCertificate {
  /** Of several with that key: the one that the file itself links to it, else the one that ends last. */
  readonly certificate: Certificate;
  /** RSA of 2048 bits or more. */
  readonly privateKey: KeyObject;
  /** Issuers in order, the leaf's issuer first; without the leaf. */
  readonly chain: readonly Certificate[];
}

/** A private key as it lies in a file. */
export interface FoundKey {
  /** `rsa`, `ec` …, or an object identifier that the platform does not know. */
  readonly algorithm: string;
  /** Undefined where the platform does not know the algorithm. */
  readonly privateKey: KeyObject | undefined;
  readonly friendlyName?: string | undefined;
  /** Octets as hex: what ties a key to its certificate in a PFX. */
  readonly localKeyId?: string | undefined;
}

export interface FoundCertificate {
  readonly certificate: Certificate;
  readonly localKeyId?: string | undefined;
}

interface Pair {
  readonly key: FoundKey;
  readonly matches: readonly FoundCertificate[];
}

/** RFC 8301, NIST SP 800-131A: shorter RSA keys are not to be used any more; Entra and Windows ask for 2048. */
const LEAST_KEY_SIZE = 2048;
/** Public trees are 3 or 4 deep; the bound keeps a file full of look-alikes from being verified without end. */
const MAX_CHAIN = 10;

/**
 * Finds the one key that has a certificate. Keys and certificates belong together by the public key, whatever ids say.
 *
 * @throws Vb365Error `private-key-missing`, `private-keys-several`, `private-key-not-rsa`, `private-key-too-small`,
 * `private-key-damaged`, `certificate-missing`, `certificate-of-another-key`
 */
export function pairUp(keys: readonly FoundKey[], certificates: readonly FoundCertificate[]): KeyAndCertificate {
  const { key, matches } = onlyPair(withoutRepeats(keys), certificates);
  const privateKey = usableKey(key);
  const leaf = bestMatch(key, matches);
  if (leaf === undefined) throw certificateless(certificates);
  return { certificate: leaf, privateKey, chain: chainOf(leaf, certificates) };
}

/** @throws Vb365Error `private-key-not-rsa`, `private-key-too-small`, `private-key-damaged` */
export function usableKey({ algorithm, privateKey }: FoundKey): KeyObject {
  if (privateKey?.asymmetricKeyType !== 'rsa') {
    throw new Vb365Error('private-key-not-rsa', {
      message: `the private key is of the kind ${algorithm}; only RSA is allowed`,
      cure: 'have the certificate issued again with an RSA key of 2048 bits or more: Microsoft Entra and Veeam take no other',
    });
  }
  const size = privateKey.asymmetricKeyDetails?.modulusLength ?? 0;
  if (size < LEAST_KEY_SIZE) {
    throw new Vb365Error('private-key-too-small', {
      message: `the RSA key has ${size} bits; at least ${LEAST_KEY_SIZE} are needed`,
      cure: `have the certificate issued again with an RSA key of ${LEAST_KEY_SIZE} bits or more`,
    });
  }
  if (!isConsistentRsaKey(privateKey)) {
    throw new Vb365Error('private-key-damaged', {
      message: 'the numbers of the RSA private key contradict each other',
      cure: 'copy the file again, or export it again where it was made',
    });
  }
  return privateKey;
}

function withoutRepeats(keys: readonly FoundKey[]): FoundKey[] {
  return keys.filter(
    ({ privateKey }, index) =>
      privateKey === undefined || !keys.slice(0, index).some((earlier) => earlier.privateKey?.equals(privateKey)),
  );
}

function onlyPair(keys: readonly FoundKey[], certificates: readonly FoundCertificate[]): Pair {
  const pairs = keys.map((key) => ({ key, matches: matchesOf(key, certificates) }));
  const complete = pairs.filter(({ matches }) => matches.length > 0);
  const [candidate, ...others] = complete.length > 0 ? complete : pairs;
  if (candidate === undefined) {
    throw new Vb365Error('private-key-missing', {
      message: `there is no private key; number of certificates: ${certificates.length}`,
      cure: 'export the certificate together with its private key (in Windows: "Yes, export the private key")',
    });
  }
  if (others.length > 0) {
    const listed = [candidate, ...others].map(describe).join(', ');
    throw new Vb365Error('private-keys-several', {
      message: `there are ${others.length + 1} private keys where one is expected: ${listed}`,
      cure: 'export the certificate that is meant, with its key and nothing else, to a file of its own',
    });
  }
  return candidate;
}

function matchesOf({ privateKey }: FoundKey, certificates: readonly FoundCertificate[]): FoundCertificate[] {
  return privateKey === undefined ? [] : certificates.filter(({ certificate }) => certificate.belongsTo(privateKey));
}

function describe({ key, matches }: Pair): string {
  const name = key.friendlyName === undefined ? `a key of the kind ${key.algorithm}` : JSON.stringify(key.friendlyName);
  const thumbprints = matches.map(({ certificate }) => certificate.thumbprint).join(' and ');
  return thumbprints === '' ? `${name} without a certificate` : `${name} with thumbprint ${thumbprints}`;
}

/** A renewal may have kept the key: the file's own link decides, then the later end. */
function bestMatch(key: FoundKey, matches: readonly FoundCertificate[]): Certificate | undefined {
  const linked = matches.filter(({ localKeyId }) => localKeyId !== undefined && localKeyId === key.localKeyId);
  const candidates = (linked.length > 0 ? linked : matches).map(({ certificate }) => certificate);
  return candidates.sort((a, b) => b.notAfter.getTime() - a.notAfter.getTime())[0];
}

function certificateless(certificates: readonly FoundCertificate[]): Vb365Error {
  const cure = 'export the certificate together with its own private key';
  if (certificates.length === 0) {
    return new Vb365Error('certificate-missing', { message: 'there is a private key, but no certificate', cure });
  }
  const listed = certificates.map(({ certificate }) => certificate.thumbprint).join(', ');
  return new Vb365Error('certificate-of-another-key', {
    message: `the private key belongs to none of the certificates, whose thumbprints are ${listed}`,
    cure,
  });
}

/** What leads from a certificate to its root, as far as its issuers are among the certificates: the leaf's issuer first. */
export function chainOf(leaf: Certificate, certificates: readonly FoundCertificate[]): Certificate[] {
  const chain: Certificate[] = [];
  for (let last = leaf; !last.isSelfSigned && chain.length < MAX_CHAIN;) {
    const known = [leaf, ...chain];
    const issuer = certificates
      .map(({ certificate }) => certificate)
      .find((candidate) => !known.some((one) => one.equals(candidate)) && last.isIssuedBy(candidate));
    if (issuer === undefined) break;
    chain.push(issuer);
    last = issuer;
  }
  return chain;
}
