import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Certificate } from '../lib/certificates/certificate';
import { newValidity } from '../lib/certificates/issue';
import { certificateProfile } from '../lib/certificates/profile';
import { buildSelfSigned } from '../lib/certificates/x509/build';
import { createIdentity } from '../lib/keystore/sealing/identity';
import { Keystore } from '../lib/keystore/keystore';
import { withKeystoreLock } from '../lib/keystore/lock';
import { readRecipients, writeRecipients } from '../lib/keystore/sealing/recipients';
import { Sealer } from '../lib/keystore/sealing/sealing';
import { installationName, organizationName, tenantId } from './sample-names';

/** A service provider: one installation without certificates of its own, and so many organizations with one each. */
export interface Sample {
  readonly folder: string;
  /** Absolute path of the keystore. */
  readonly keystore: string;
  readonly organizations: number;
}

const ISSUED_AT = new Date('2030-01-01T00:00:00Z');

/** Configuration and recipients; the keystore has no certificate. */
export async function writeSample(folder: string, organizations: number): Promise<Sample> {
  const keystore = join(folder, 'keystore');
  const { recipientsFile } = new Keystore(keystore);
  mkdirSync(keystore);
  writeFileSync(join(folder, 'vb365.yaml'), configurationText(organizations));
  writeRecipients(recipientsFile, [await createIdentity(join(folder, 'identity/identity.txt'), ISSUED_AT)]);
  return { folder, keystore, organizations };
}

/** Gives every organization a certificate, as `vb365 issue` writes it. */
export async function fillKeystore({ keystore: folder, organizations }: Sample): Promise<void> {
  const keystore = new Keystore(folder);
  const sealer = await Sealer.create(await readRecipients(keystore.recipientsFile));
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const sealedKey = await sealer.seal(privateKey);
  await withKeystoreLock(folder, async () => {
    for (let number = 1; number <= organizations; number += 1) {
      const certificate = certificateOf(organizationName(number), privateKey);
      const generation = { certificate, chain: [], accepted: [], sealedKey };
      keystore.add(`${organizationName(number)}/entra-application`, generation);
      // Adding blocks: between two, the lock is kept fresh and a person may interrupt.
      await setImmediate();
    }
  });
}

/** Keys are dear, and nothing measured opens one: each certificate has a public key of its own, whose private half nobody has. */
function certificateOf(organization: string, signingKey: KeyObject): Certificate {
  const modulus = randomBytes(256);
  modulus.writeUInt8(modulus.readUInt8(0) | 0x80, 0);
  modulus.writeUInt8(modulus.readUInt8(255) | 1, 255);
  const jwk = { kty: 'RSA', n: modulus.toString('base64url'), e: 'AQAB' };
  // Positive, and without a leading zero: DER has one form of each number.
  const serialNumber = Buffer.from(modulus.subarray(1, 17));
  serialNumber.writeUInt8((serialNumber.readUInt8(0) & 0x3f) | 0x40, 0);
  const content = {
    profile: certificateProfile('entra-application', { commonName: `VB365 ${organization}` }),
    serialNumber,
    ...newValidity({ at: ISSUED_AT, validityDays: 365 }),
    publicKey: createPublicKey({ key: jwk, format: 'jwk' }),
  };
  return Certificate.fromDer(buildSelfSigned(content, (toBeSigned) => sign('sha256', toBeSigned, signingKey)));
}

/** In the words of the sample that `vb365 init` writes. */
function configurationText(organizations: number): string {
  const entries = Array.from({ length: organizations }, (_, index) => {
    const name = organizationName(index + 1);
    return `
  - name: ${name}
    installation: ${installationName}
    tenantId: ${tenantId(index + 1)}
    services: [exchange, sharepoint, teams]
    purposes: [backup, restore]
    application: { displayName: VB365 ${name} }
    consent: same-stack
`;
  });
  return `keystore: keystore

installations:
  - name: ${installationName}
    productVersion: '8.3'
    tenantId: ${tenantId(0)}
    region: worldwide
    server: { hostName: vb365.example.com }

organizations:${entries.join('')}
backend: { type: local }
`;
}
