import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { Vb365Error } from '../../../lib/errors';
import { openSealed, Sealer } from '../../../lib/keystore/sealing/sealing';
import { isSealed } from '../../../lib/keystore/sealing/sealed-text';
import { containing, rejectionOf, sharedKeys } from '../fixtures';

interface Person {
  readonly identity: string;
  readonly recipient: string;
}

async function newPerson(kind: 'X25519' | 'hybrid' = 'X25519'): Promise<Person> {
  const age = await import('age-encryption');
  const identity = await (kind === 'hybrid' ? age.generateHybridIdentity() : age.generateX25519Identity());
  return { identity, recipient: await age.identityToRecipient(identity) };
}

/** Something else than a private key, sealed. */
async function sealText(text: string, { recipient }: Person): Promise<string> {
  const age = await import('age-encryption');
  const encrypter = new age.Encrypter();
  encrypter.addRecipient(recipient);
  return age.armor.encode(await encrypter.encrypt(text));
}

const { privateKey } = sharedKeys();
let alice: Person;
let bob: Person;
let sealed: string;

beforeAll(async () => {
  [alice, bob] = await Promise.all([newPerson(), newPerson()]);
  sealed = await (await Sealer.create([alice.recipient])).seal(privateKey);
});

describe('Sealer', () => {
  it('seals a private key that each recipient can open', async () => {
    const text = await (await Sealer.create([alice.recipient, bob.recipient])).seal(privateKey);
    for (const { identity } of [alice, bob]) {
      expect((await openSealed(text, [identity])).equals(privateKey)).toBe(true);
    }
  });

  it('writes armoured text that shows nothing of the key', () => {
    expect(sealed).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n[\s\S]+\n-----END AGE ENCRYPTED FILE-----\n$/);
    expect(isSealed(sealed)).toBe(true);
    expect(isSealed(sealed.replaceAll('\n', '\r\n'))).toBe(true);
    const [, line = ''] = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().split('\n');
    expect(Buffer.from(sealed, 'base64').includes(line)).toBe(false);
  });

  it('seals many keys at once, each differently', async () => {
    const sealer = await Sealer.create([alice.recipient]);
    const keys = [privateKey, privateKey, generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey];
    const texts = await Promise.all(keys.map((key) => sealer.seal(key)));
    expect(new Set(texts).size).toBe(3);
    const opened = await Promise.all(texts.map((text) => openSealed(text, [alice.identity])));
    expect(opened.map((key, index) => key.equals(keys[index]!))).toEqual([true, true, true]);
  });

  it('seals to post-quantum recipients', async () => {
    const carol = await newPerson('hybrid');
    const text = await (await Sealer.create([carol.recipient])).seal(privateKey);
    expect((await openSealed(text, [carol.identity])).equals(privateKey)).toBe(true);
  });

  it('does not begin without a recipient', async () => {
    expect((await rejectionOf(Sealer.create([]))).code).toBe('recipients-missing');
  });
});

describe('openSealed', () => {
  it('takes the identity that fits among many, and line ends of Windows', async () => {
    const text = sealed.replaceAll('\n', '\r\n');
    expect((await openSealed(text, [bob.identity, alice.identity])).equals(privateKey)).toBe(true);
  });

  it.each([
    ['without an identity', () => []],
    ['with the identity of another', () => [bob.identity]],
  ])('does not open %s', async (_, identities) => {
    const error = await rejectionOf(openSealed(sealed, identities(), { subject: 'contoso/server/0001.key.age' }));
    expect(error).toMatchObject({ code: 'key-not-sealed-to-identity', subject: 'contoso/server/0001.key.age' });
  });

  it('does not ask for the passphrase of a file that is sealed with one', async () => {
    const age = await import('age-encryption');
    const encrypter = new age.Encrypter();
    encrypter.setPassphrase('correct horse');
    encrypter.setScryptWorkFactor(10);
    const text = age.armor.encode(await encrypter.encrypt('x'));
    expect((await rejectionOf(openSealed(text, [alice.identity]))).code).toBe('key-not-sealed-to-identity');
  });

  it.each([
    ['plain text', 'nonsense', 'not a file sealed with age'],
    ['nothing', '', 'not a file sealed with age'],
    ['a private key in the clear', '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n', 'not a file sealed with age'],
    ['the first line of an armoured file', '-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n', 'is cut off'],
    ['bytes of age without armour', 'age-encryption.org/v1\n-> X25519 abc\n', 'not as armoured text'],
  ])('says of %s that it is not sealed', async (_, text, message) => {
    const error = await rejectionOf(openSealed(text, [alice.identity]));
    expect(error).toMatchObject({ code: 'key-not-sealed', message: containing(message) });
    expect(JSON.stringify([error, error.message])).not.toContain('c2VjcmV0');
  });

  it('says of another text that was sealed that it is no private key, and does not repeat it', async () => {
    const error = await rejectionOf(openSealed(await sealText('hunter2', alice), [alice.identity]));
    expect(error).toMatchObject({ code: 'sealed-key-damaged', message: containing('not a private key') });
    expect(error.cause).toBeUndefined();
    expect(JSON.stringify([error, error.message])).not.toContain('hunter2');
  });

  it('opens nothing but what was sealed, wherever it is changed or cut', async () => {
    const begin = sealed.indexOf('\n') + 1;
    const end = sealed.indexOf('\n-----END');
    const place = fc.integer({ min: begin, max: end - 1 });
    await fc.assert(
      fc.asyncProperty(place, fc.constantFrom('A', '/', '!', '\n', ''), async (index, character) => {
        fc.pre(sealed[index] !== character);
        const damaged = sealed.slice(0, index) + character + sealed.slice(index + 1);
        const outcome = await openSealed(damaged, [alice.identity]).catch((error: unknown) => error);
        if (!(outcome instanceof Vb365Error)) throw new Error('a changed file was opened');
        expect(['sealed-key-damaged', 'key-not-sealed-to-identity']).toContain(outcome.code);
      }),
    );
  });

  it('says of a file that is cut off that it is damaged', async () => {
    const lines = sealed.split('\n');
    const shorter = [...lines.slice(0, -4), ...lines.slice(-2)].join('\n');
    expect((await rejectionOf(openSealed(shorter, [alice.identity]))).code).toBe('sealed-key-damaged');
  });
});

describe('isSealed', () => {
  it('does not take a file for sealed that was cut off', () => {
    expect(isSealed(sealed.slice(0, -10))).toBe(false);
  });
});
