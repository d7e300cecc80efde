import { writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOwnSigner, listOwnSigner } from '../../../lib/keystore/attestation/own-signer';
import { parseRecipientList, signerLine } from '../../../lib/keystore/attestation/signers';
import { signingKeyOf } from '../../../lib/keystore/attestation/signing-key';
import { newRecipients } from '../../../lib/keystore/sealing/recipient-changes';
import { readRecipients } from '../../../lib/keystore/sealing/recipients';
import { recipientCountOf } from '../../../lib/keystore/sealing/sealed-text';
import { Sealer } from '../../../lib/keystore/sealing/sealing';
import { sharedKeys, removeTemporaryFolders, sealedText, temporaryFolder } from '../fixtures';

const IDENTITY = 'AGE-SECRET-KEY-138ZR2YT6E32AFS05UARYE27XAGHQHNGH94A7KH5QT47VUAME6LCQ0NT6LU';
const ALICE = 'age172jvgjpjlxg2pjuqj03hr2lggdmzcurgk2epwtnkfwvpj24j2p8samlfjc';
const key = signingKeyOf(IDENTITY);
const other = signingKeyOf(`${IDENTITY}2`);
const own = { identities: [IDENTITY], recipients: [ALICE], findings: [] };
const signerOfAlice = { signer: key.signer, recipient: ALICE };

afterAll(removeTemporaryFolders);

async function newRecipient(): Promise<string> {
  const { generateX25519Identity, identityToRecipient } = await import('age-encryption');
  return identityToRecipient(await generateX25519Identity());
}

describe('parseRecipientList', () => {
  it('reads signers of listed recipients, with the name that people gave them', () => {
    const text = `\uFEFF# two\r\n${signerLine(key, ALICE)} Alice  Example\r\n${ALICE}\r\n`;
    expect(parseRecipientList(text)).toEqual({
      recipients: [ALICE],
      signers: [{ ...signerOfAlice, name: 'Alice  Example' }],
    });
  });

  it('does not believe a signer whose recipient was taken out', () => {
    expect(parseRecipientList(`${signerLine(key, ALICE)}\nage1other\n`).signers).toEqual([]);
  });

  it.each([`# signer ${key.signer}`, `# signer ed25519:short of ${ALICE}`, `#signers ${key.signer} of ${ALICE}`])(
    'passes over %j',
    (line) => {
      expect(parseRecipientList(`${line}\n${ALICE}`)).toEqual({ recipients: [ALICE], signers: [] });
    },
  );

  it('shows what is invisible in a name', () => {
    const [signer] = parseRecipientList(`${signerLine(key, ALICE)} A\u202Elice\n${ALICE}`).signers;
    expect(signer?.name).toBe('A\\u{202e}lice');
  });
});

describe('newRecipients', () => {
  it('says who came and went, and whose signatures count from now on', () => {
    const changes = newRecipients(`age1old\n${ALICE}\n`, `${signerLine(key, ALICE)}\n${ALICE}\nage1new\nage1new\n`);
    expect(changes).toEqual({
      added: ['age1new'],
      removed: ['age1old'],
      addedSigners: [signerOfAlice],
      removedSigners: [],
    });
  });

  it('says that a signer was replaced, or got another name', () => {
    const base = `${signerLine(key, ALICE)}\n${ALICE}\n`;
    const replaced = newRecipients(base, base.replace(key.signer, other.signer));
    expect(replaced.addedSigners).toEqual([{ signer: other.signer, recipient: ALICE }]);
    expect(replaced.removedSigners).toEqual([signerOfAlice]);
    const renamed = newRecipients(base, base.replace('\n', ' Mallory\n'));
    expect(renamed.addedSigners).toEqual([{ ...signerOfAlice, name: 'Mallory' }]);
  });

  it('says nothing of comments, order, line ends and blanks', () => {
    const head = `# a comment\r\n  age1b \r\n\r\n${ALICE}`;
    const nothing = { added: [], removed: [], addedSigners: [], removedSigners: [] };
    expect(newRecipients(`${ALICE}\nage1b\n`, head)).toEqual(nothing);
  });

  it('takes everybody as new where there was no list, and as gone where there is none', () => {
    expect(newRecipients(undefined, ALICE).added).toEqual([ALICE]);
    expect(newRecipients(ALICE, undefined).removed).toEqual([ALICE]);
  });
});

describe('listOwnSigner', () => {
  it.each(['\n', '\r\n'])('writes the signer above its recipient, once, with line ends %j', async (end) => {
    const file = join(temporaryFolder(), 'recipients.txt');
    const bob = await newRecipient();
    writeFileSync(file, [bob, ` ${ALICE}`, ''].join(end));
    expect(listOwnSigner(file, own).kind).toBe('missing');
    expect(readFileSync(file, 'utf8')).toBe([bob, signerLine(key, ALICE), ` ${ALICE}`, ''].join(end));
    expect(listOwnSigner(file, own).kind).toBe('listed');
    expect(readFileSync(file, 'utf8').split('signer').length).toBe(2);
    expect(await readRecipients(file)).toEqual([bob, ALICE]);
  });

  it('finds a signer that somebody else has written, and leaves it', () => {
    expect(findOwnSigner(own, `${signerLine(other, ALICE)}\n${ALICE}`).kind).toBe('replaced');
    expect(findOwnSigner(own, 'age1other\n').kind).toBe('unlisted');
  });
});

describe('recipientCountOf', () => {
  it.each([1, 2, 5])('counts %i recipients without opening', async (count) => {
    const sealer = await Sealer.create(await Promise.all(Array.from({ length: count }, newRecipient)));
    const text = await sealer.seal(sharedKeys().privateKey);
    expect(recipientCountOf(text)).toBe(count);
    expect(recipientCountOf(text.replaceAll('\n', '\r\n'))).toBe(count);
  });

  it('does not count what is put in to be passed over', () => {
    const head = 'age-encryption.org/v1\n-> X25519 abc\nbody\n-> x-grease 1 2\nbody\n--- mac\n';
    const body = Buffer.from(head).toString('base64');
    expect(recipientCountOf(`-----BEGIN AGE ENCRYPTED FILE-----\n${body}\n-----END AGE ENCRYPTED FILE-----\n`)).toBe(1);
  });

  it.each(['', sealedText(), 'age-encryption.org/v1'])('says nothing of %j', (text) => {
    expect(recipientCountOf(text)).toBeUndefined();
  });
});
