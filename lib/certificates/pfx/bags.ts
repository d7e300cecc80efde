import { Certificate } from '../certificate';
import { type Asn1, childrenOf, octetsOf, oidOf, readAsn1, Tag } from '../../asn1/read';
import { decryptSequence, type Unlocking } from './decryption';
import { damaged } from '../../asn1/malformed';
import { unsupported } from './errors';
import type { FoundCertificate, FoundKey } from '../key-and-certificate';
import { oids } from '../../asn1/oids';
import { readEncryptedPrivateKey, readPrivateKey } from './private-key';

/** What lies in a PFX that matters here; revocation lists and other secrets are passed over. */
export interface PfxContents {
  readonly keys: FoundKey[];
  readonly certificates: FoundCertificate[];
}

/** Nobody nests bags, though RFC 7292 allows it. */
const MAX_NESTING = 4;

/**
 * Reads the AuthenticatedSafe of RFC 7292 §4.1: a list of safes, each plain or encrypted.
 *
 * @throws Vb365Error `pfx-damaged`, `pfx-mode-unsupported`, `pfx-password-wrong`, `pfx-cipher-unsupported`,
 * `pfx-iterations-too-many`
 */
export function readBags(content: Buffer, unlocking: Unlocking): PfxContents {
  const contents: PfxContents = { keys: [], certificates: [] };
  const authenticatedSafe = readAsn1(content, 'the authenticated safe');
  for (const safe of childrenOf(authenticatedSafe, Tag.sequence, 'the authenticated safe')) {
    readSafe(openSafe(safe, unlocking), unlocking, contents, 0);
  }
  return contents;
}

function openSafe(contentInfo: Asn1, unlocking: Unlocking): Asn1 {
  const [type, content] = childrenOf(contentInfo, Tag.sequence, 'a safe');
  const [inner] = childrenOf(content, Tag.context0, 'the content of a safe');
  switch (oidOf(type, 'the type of a safe')) {
    case oids.data:
      return readAsn1(octetsOf(inner, Tag.octetString, 'the content of a safe'), 'the content of a safe');
    case oids.encryptedData: {
      const [, encrypted] = childrenOf(inner, Tag.sequence, 'an encrypted safe');
      const [, algorithm, ciphertext] = childrenOf(encrypted, Tag.sequence, 'an encrypted safe');
      const octets = octetsOf(ciphertext, 0x80, 'the content of an encrypted safe');
      return decryptSequence(algorithm, octets, unlocking, 'the list of certificates');
    }
    case oids.envelopedData:
      throw unsupported(
        'pfx-mode-unsupported',
        'a part is encrypted to a certificate; only encryption by a password is read',
      );
    default:
      throw damaged('a safe is of an unknown type');
  }
}

function readSafe(safeContents: Asn1, unlocking: Unlocking, contents: PfxContents, nesting: number): void {
  if (nesting > MAX_NESTING) throw damaged(`its bags are nested more than ${MAX_NESTING} deep`);
  for (const bag of childrenOf(safeContents, Tag.sequence, 'the list of bags')) {
    const [type, explicit, attributeSet] = childrenOf(bag, Tag.sequence, 'a bag');
    const oid = oidOf(type, 'the type of a bag');
    const [value] = childrenOf(explicit, Tag.context0, 'the content of a bag');
    const attributes = readAttributes(attributeSet);
    if (oid === oids.keyBag && value) {
      contents.keys.push({ ...readPrivateKey(value), ...attributes });
    } else if (oid === oids.shroudedKeyBag) {
      contents.keys.push({ ...readEncryptedPrivateKey(value, unlocking), ...attributes });
    } else if (oid === oids.certificateBag) {
      const certificate = readCertificate(value);
      if (certificate) contents.certificates.push({ certificate, localKeyId: attributes.localKeyId });
    } else if (oid === oids.safeContentsBag && value) {
      readSafe(value, unlocking, contents, nesting + 1);
    }
  }
}

/** Undefined for the other kinds of certificates that RFC 7292 knows and nobody writes. */
function readCertificate(certificateBag: Asn1 | undefined): Certificate | undefined {
  const [type, explicit] = childrenOf(certificateBag, Tag.sequence, 'a certificate');
  if (oidOf(type, 'the type of a certificate') !== oids.x509Certificate) return undefined;
  const [der] = childrenOf(explicit, Tag.context0, 'a certificate');
  const octets = octetsOf(der, Tag.octetString, 'a certificate');
  try {
    return Certificate.fromDer(octets);
  } catch {
    throw damaged('a certificate in it cannot be read');
  }
}

function readAttributes(attributeSet: Asn1 | undefined): Pick<FoundKey, 'friendlyName' | 'localKeyId'> {
  const values = new Map<string, Asn1 | undefined>();
  for (const attribute of attributeSet ? childrenOf(attributeSet, Tag.set, 'the attributes of a bag') : []) {
    const [type, set] = childrenOf(attribute, Tag.sequence, 'an attribute');
    values.set(oidOf(type, 'the type of an attribute'), childrenOf(set, Tag.set, 'an attribute')[0]);
  }
  return {
    friendlyName: decodeBmpString(values.get(oids.friendlyName)),
    localKeyId: values.get(oids.localKeyId)?.content.toString('hex'),
  };
}

function decodeBmpString(node: Asn1 | undefined): string | undefined {
  if (node?.tag !== Tag.bmpString || node.content.length % 2 !== 0) return undefined;
  return Buffer.from(node.content).swap16().toString('utf16le');
}
