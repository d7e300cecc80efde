import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Keystore } from '../../../lib/keystore/keystore';
import { sweepStaging } from '../../../lib/keystore/keystore-writer';
import { lineageFolders } from '../../../lib/keystore/listing';
import { openEach, refuseLockOut, resealKey, settle } from '../../../lib/keystore/sealing/reseal';
import { type OpenedKey, openSealedKey, type SealedKey, sealedKeysOf } from '../../../lib/keystore/sealing/sealed-keys';
import { openSealed, Sealer } from '../../../lib/keystore/sealing/sealing';
import { killAt, MOMENTS } from '../../support/kill-at';
import {
  certificateOf,
  errorOf,
  rejectionOf,
  removeTemporaryFolders,
  sharedKeys,
  temporaryFolder,
  treeOf,
} from '../fixtures';

interface Person {
  readonly identity: string;
  readonly recipient: string;
}

const LINEAGE = 'contoso/entra-application';
const { privateKey } = sharedKeys();
let people: Person[];
let alice: Person;
let bob: Person;

beforeAll(async () => {
  const age = await import('age-encryption');
  people = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const identity = await age.generateX25519Identity();
      return { identity, recipient: await age.identityToRecipient(identity) };
    }),
  );
  [alice, bob] = people as [Person, Person];
});

afterAll(removeTemporaryFolders);

function sealerFor(...recipients: readonly Person[]): Promise<Sealer> {
  return Sealer.create(recipients.map(({ recipient }) => recipient));
}

/** A keystore with one generation, whose key is sealed to these. */
async function keystoreFor(...recipients: readonly Person[]): Promise<string> {
  const root = temporaryFolder();
  await addGeneration(root, recipients);
  return root;
}

async function addGeneration(root: string, recipients: readonly Person[], key: KeyObject = privateKey): Promise<void> {
  const sealedKey = await (await sealerFor(...recipients)).seal(key);
  new Keystore(root).add(LINEAGE, { certificate: certificateOf(), chain: [], accepted: [], sealedKey });
}

function onlyKey(root: string): SealedKey {
  return sealedKeysOf(root, LINEAGE)[0]!;
}

/** The only key, as somebody opened it who could. */
function openedKey(root: string): OpenedKey {
  const key = onlyKey(root);
  const keyFile = key.keyFile!;
  return { key, keyFile, text: readFileSync(keyFile, 'utf8'), privateKey };
}

async function canOpen(root: string, { identity }: Person): Promise<boolean> {
  const text = readFileSync(onlyKey(root).keyFile!, 'utf8');
  return openSealed(text, [identity]).then(
    (key) => key.equals(privateKey),
    () => false,
  );
}

describe('resealKey', () => {
  it('opens to each of the new recipients, and to nobody else any more', async () => {
    const root = await keystoreFor(...people);
    const subset = fc.uniqueArray(fc.nat({ max: 3 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(subset, async (chosen) => {
        const recipients = chosen.map((index) => people[index]!);
        await resealKey(root, openedKey(root), { sealer: await sealerFor(...recipients), provenBy: [] });
        for (const person of people) expect(await canOpen(root, person)).toBe(recipients.includes(person));
      }),
      { numRuns: 8 },
    );
  });

  it('leaves a file that only its owner reads, no draft, and the certificate as it was', async () => {
    const root = await keystoreFor(alice);
    const [opened, before] = [openedKey(root), treeOf(root)];
    const certificateFile = join(root, LINEAGE, '0001.crt');
    const certificate = statSync(certificateFile).mtimeMs;
    await resealKey(root, opened, { sealer: await sealerFor(bob), provenBy: [bob.identity] });
    expect(treeOf(root)).toEqual(before);
    expect(statSync(opened.keyFile).mode & 0o777).toBe(0o600);
    expect(statSync(certificateFile).mtimeMs).toBe(certificate);
  });

  it('keeps the old text where the new one does not open to whom it should', async () => {
    const root = await keystoreFor(alice);
    const resealing = { sealer: await sealerFor(bob), provenBy: [alice.identity] };
    const { code } = await rejectionOf(resealKey(root, openedKey(root), resealing));
    expect(code).toBe('key-not-sealed-to-identity');
    expect(await canOpen(root, alice)).toBe(true);
  });

  it('keeps the old text where no new file can be written', async () => {
    const root = await keystoreFor(alice);
    const nowhere = join(root, 'nowhere');
    const resealing = { sealer: await sealerFor(bob), provenBy: [] };
    expect((await rejectionOf(resealKey(nowhere, openedKey(root), resealing))).code).toBe('keystore-unwritable');
    expect(await canOpen(root, alice)).toBe(true);
    expect(treeOf(root).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

describe('resealKey whose sealer is broken', () => {
  it('keeps the old text where the new one holds another key', async () => {
    const root = await keystoreFor(alice);
    const [real, other] = [await sealerFor(alice), generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey];
    const resealing = { sealer: { seal: () => real.seal(other) }, provenBy: [alice.identity] };
    expect((await rejectionOf(resealKey(root, openedKey(root), resealing))).code).toBe('sealed-key-damaged');
    expect(await canOpen(root, alice)).toBe(true);
  });
});

describe('resealKey that is killed', () => {
  it.each(MOMENTS)('leaves the old text or the new one, when killed %s', async (_, half) => {
    const resealing = { sealer: await sealerFor(bob), provenBy: [bob.identity] };
    const template = await keystoreFor(alice);
    const seen = new Set<string>();
    for (let change = 1; ; change += 1) {
      const root = join(temporaryFolder(), 'keystore');
      cpSync(template, root, { recursive: true });
      const opened = openedKey(root);
      const ended = await killAt(change, half, () => resealKey(root, opened, resealing));
      const able = [await canOpen(root, alice), await canOpen(root, bob)];
      expect([
        [true, false],
        [false, true],
      ]).toContainEqual(able);
      seen.add(able.join());
      sweepStaging(root);
      expect(treeOf(root)).toEqual(treeOf(template));
      if (ended) break;
    }
    expect(seen.size).toBe(2);
  });
});

describe('resealKey, whose file is another by now', () => {
  it.each<[string, string | undefined]>([
    ['holds', 'of another command'],
    ['has gone', undefined],
  ])('leaves what it %s', async (_, text) => {
    const root = await keystoreFor(alice);
    const opened = openedKey(root);
    rmSync(opened.keyFile);
    if (text !== undefined) writeFileSync(opened.keyFile, text);
    const before = treeOf(root);
    const finding = await resealKey(root, opened, { sealer: await sealerFor(bob), provenBy: [] });
    expect(finding).toMatchObject({ id: 'keystore-key-replaced', subject: `${LINEAGE}/0001.key.age` });
    if (text !== undefined) expect(readFileSync(opened.keyFile, 'utf8')).toBe(text);
    expect(treeOf(root)).toEqual(before);
  });
});

describe('openEach', () => {
  it('tells of what cannot be opened, and goes on', async () => {
    const root = await keystoreFor(bob);
    await addGeneration(root, [alice], generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
    for (let count = 3; count <= 8; count += 1) await addGeneration(root, [alice]);
    const file = (name: string): string => join(root, LINEAGE, name);
    rmSync(file('0003.crt'));
    writeFileSync(file('0004.crt'), 'cut off');
    writeFileSync(file('0005.key.age'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    rmSync(file('0006.key.age'));
    rmSync(file('0007.key.age'));
    symlinkSync(file('0008.key.age'), file('0007.key.age'));
    const opened: string[] = [];
    const findings = await openEach(sealedKeysOf(root, LINEAGE), [alice.identity], ({ key }) => {
      opened.push(key.path);
      return Promise.resolve(undefined);
    });
    expect(opened).toEqual([`${LINEAGE}/0008.key.age`]);
    expect(findings.map(({ id, severity, subject }) => `${severity} ${id} ${subject}`)).toEqual([
      `error key-not-sealed-to-identity ${LINEAGE}/0001.key.age`,
      `error certificate-of-another-key ${LINEAGE}/0002.key.age`,
      `error keystore-certificate-missing ${LINEAGE}/0003.key.age`,
      `error keystore-certificate-unreadable ${LINEAGE}/0004.key.age`,
      `error key-not-sealed ${LINEAGE}/0005.key.age`,
      `error keystore-key-missing ${LINEAGE}/0006.key.age`,
      `error keystore-key-missing ${LINEAGE}/0007.key.age`,
    ]);
  });

  it('ends with what its caller throws', async () => {
    const keys = sealedKeysOf(await keystoreFor(alice), LINEAGE);
    const failure = new RangeError('no');
    const work = openEach(keys, [alice.identity], () => Promise.reject(failure));
    await expect(work).rejects.toBe(failure);
  });
});

describe('sealedKeysOf', () => {
  it('takes the key of a pending request in, also of a lineage without certificate', async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, LINEAGE), { recursive: true });
    writeFileSync(join(root, LINEAGE, 'request.csr'), 'any');
    writeFileSync(join(root, LINEAGE, 'request.key.age'), await (await sealerFor(alice)).seal(privateKey));
    expect(lineageFolders(root)).toEqual([LINEAGE]);
    const [key, ...others] = sealedKeysOf(root, LINEAGE);
    expect(others).toEqual([]);
    expect(key).toMatchObject({ of: 'request', path: `${LINEAGE}/request.key.age` });
    expect((await openSealedKey(key!, [alice.identity])).privateKey.equals(privateKey)).toBe(true);
    const { cure } = await rejectionOf(openSealedKey(key!, [bob.identity]));
    expect(cure).toContain(`run "vb365 request ${LINEAGE} --renew-key"`);
  });

  it('looks at no folder that is none of a lineage', async () => {
    const root = await keystoreFor(alice);
    mkdirSync(join(root, '.staging-0123456789abcdef/0001'), { recursive: true });
    mkdirSync(join(root, 'Contoso/server'), { recursive: true });
    symlinkSync(join(root, 'contoso'), join(root, 'link'));
    expect(lineageFolders(root)).toEqual([LINEAGE]);
    expect(lineageFolders(join(root, 'nowhere'))).toEqual([]);
  });
});

describe('settle', () => {
  it('moves a committed generation to its place first, which a key of another text would throw away', async () => {
    const root = await keystoreFor(alice);
    const folder = join(root, LINEAGE);
    const [committed, key] = [join(folder, '.0002-0123456789abcdef'), readFileSync(onlyKey(root).keyFile!)];
    mkdirSync(committed);
    // Killed after the key was linked to its place, and before the link was removed.
    for (const file of [join(committed, '0002.key.age'), join(folder, '0002.key.age')]) writeFileSync(file, key);
    writeFileSync(join(committed, '0002.crt'), readFileSync(join(folder, '0001.crt')));
    settle(root, LINEAGE);
    expect(treeOf(folder)).toEqual(['0001.crt', '0001.key.age', '0002.crt', '0002.key.age']);
  });
});

describe('refuseLockOut', () => {
  it('lets those through of whom one identity is among the recipients', () => {
    expect(() => {
      refuseLockOut(['age1a', 'age1b'], ['age1c', 'age1b'], 'recipients.txt');
    }).not.toThrow();
  });

  it.each([[['age1a']], [[]]])('refuses %j', (own) => {
    const error = errorOf(() => {
      refuseLockOut(own, ['age1c'], 'recipients.txt');
    });
    expect(error.code).toBe('recipients-without-you');
    expect(error.cure).toContain('--without-me');
  });
});
