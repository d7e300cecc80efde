import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attest, type OpenedGeneration } from '../../../lib/keystore/attestation/attest';
import { parseAttestations } from '../../../lib/keystore/attestation/attestation';
import { listOwnSigner } from '../../../lib/keystore/attestation/own-signer';
import { signingKeyOf } from '../../../lib/keystore/attestation/signing-key';
import { Keystore } from '../../../lib/keystore/keystore';
import { sealedKeysOf } from '../../../lib/keystore/sealing/sealed-keys';
import { killAt, MOMENTS } from '../../support/kill-at';
import { certificateOf, removeTemporaryFolders, sealedText, temporaryFolder } from '../fixtures';

const LINEAGE = 'contoso/entra-application';
const IDENTITY = 'AGE-SECRET-KEY-138ZR2YT6E32AFS05UARYE27XAGHQHNGH94A7KH5QT47VUAME6LCQ0NT6LU';
const RECIPIENT = 'age172jvgjpjlxg2pjuqj03hr2lggdmzcurgk2epwtnkfwvpj24j2p8samlfjc';
const by = { key: signingKeyOf(IDENTITY), at: new Date('2030-02-01T08:00:00Z') };

afterAll(removeTemporaryFolders);

/** A keystore with two generations, of which the first was opened. */
function opened(): { readonly keystore: Keystore; readonly generation: OpenedGeneration; readonly file: string } {
  const keystore = new Keystore(temporaryFolder());
  const text = sealedText();
  const { certificate } = keystore.add(LINEAGE, { certificate: certificateOf(), chain: [], sealedKey: text });
  keystore.add(LINEAGE, { certificate: certificateOf(), chain: [], sealedKey: sealedText() });
  const [key] = sealedKeysOf(keystore.folder, LINEAGE);
  if (key?.of !== 'generation') throw new Error('there is no key');
  return { keystore, generation: { key, certificate, text }, file: join(keystore.folder, LINEAGE, '0001.attestation') };
}

describe('attest', () => {
  it.each(MOMENTS)('leaves an attestation whole or none, killed %s', async (_, half) => {
    for (let change = 1, ended = false; !ended; change += 1) {
      const { file, generation, keystore } = opened();
      ended = await killAt(change, half, () => attest(keystore.folder, generation, by));
      const said = existsSync(file) ? parseAttestations(readFileSync(file, 'utf8')) : undefined;
      expect(said?.map((each) => each?.isSigned)).toEqual(said === undefined && !ended ? undefined : [true]);
      expect(keystore.findings()).toEqual([]);
      expect(attest(keystore.folder, generation, by)).toBe(said === undefined);
    }
  });
});

describe('Keystore.remove', () => {
  it.each(MOMENTS)('takes an attestation away with its generation, killed %s', async (_, half) => {
    for (let change = 1, ended = false; !ended; change += 1) {
      const { file, generation, keystore } = opened();
      attest(keystore.folder, generation, by);
      ended = await killAt(change, half, () => {
        keystore.remove(LINEAGE, 1);
      });
      const isThere = keystore.generations(LINEAGE).length === 2;
      expect(keystore.findings().filter(({ severity }) => severity !== 'advice')).toEqual([]);
      if (isThere) expect(existsSync(file)).toBe(true);
      // Whatever writes next ends it.
      keystore.add(LINEAGE, { certificate: certificateOf(), chain: [], sealedKey: sealedText() });
      expect(existsSync(file)).toBe(isThere);
      expect(keystore.findings()).toEqual([]);
    }
  });
});

describe('listOwnSigner', () => {
  it.each(MOMENTS)('leaves the list as before or as after, killed %s', async (_, half) => {
    const own = { identities: [IDENTITY], recipients: [RECIPIENT], findings: [] };
    for (let change = 1, ended = false; !ended; change += 1) {
      const file = join(temporaryFolder(), 'recipients.txt');
      writeFileSync(file, `${RECIPIENT}\n`);
      ended = await killAt(change, half, () => listOwnSigner(file, own));
      const before = `${RECIPIENT}\n`;
      const after = `# signer ${by.key.signer} of ${RECIPIENT}\n${before}`;
      expect([before, after]).toContain(readFileSync(file, 'utf8'));
    }
  });
});
