import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Certificate } from '../../lib/certificates/certificate';
import { bmpString, explicit0, integer, objectIdentifier, octetString, sequence, setOf } from '../../lib/asn1/write';
import { oids } from '../../lib/asn1/oids';

/** Parts of a PFX that no tool would put together, without encryption. */
export const byHand = {
  key(privateKey: KeyObject, friendlyName?: string, localKeyId?: string): Buffer {
    const value = privateKey.export({ type: 'pkcs8', format: 'der' });
    return bag(oids.keyBag, value, friendlyName, localKeyId);
  },

  certificate({ der }: Pick<Certificate, 'der'>, localKeyId?: string): Buffer {
    const value = sequence(objectIdentifier(oids.x509Certificate), explicit0(octetString(der)));
    return bag(oids.certificateBag, value, undefined, localKeyId);
  },

  bag(type: string, value: Buffer): Buffer {
    return bag(type, value);
  },

  /** A PFX of one safe with these bags. */
  pfx(bags: readonly Buffer[], macData?: Buffer): Buffer {
    return byHand.pfxOfSafes([byHand.contentInfo(oids.data, octetString(sequence(...bags)))], macData);
  },

  pfxOfSafes(safes: readonly Buffer[], macData?: Buffer): Buffer {
    return byHand.pfxOf(byHand.contentInfo(oids.data, octetString(sequence(...safes))), macData);
  },

  pfxOf(authenticatedSafe: Buffer, macData?: Buffer): Buffer {
    return sequence(integer(3), authenticatedSafe, ...(macData === undefined ? [] : [macData]));
  },

  contentInfo(type: string, content: Buffer): Buffer {
    return sequence(objectIdentifier(type), explicit0(content));
  },

  rsaKey(bits = 2048): KeyObject {
    return generateKeyPairSync('rsa', { modulusLength: bits }).privateKey;
  },
};

function bag(type: string, value: Buffer, friendlyName?: string, localKeyId?: string): Buffer {
  const attributes = [
    ...(friendlyName === undefined
      ? []
      : [sequence(objectIdentifier(oids.friendlyName), setOf(bmpString(friendlyName)))]),
    ...(localKeyId === undefined
      ? []
      : [sequence(objectIdentifier(oids.localKeyId), setOf(octetString(Buffer.from(localKeyId, 'hex'))))]),
  ];
  return sequence(objectIdentifier(type), explicit0(value), ...(attributes.length === 0 ? [] : [setOf(...attributes)]));
}
