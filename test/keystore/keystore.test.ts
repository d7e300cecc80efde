import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Keystore } from '../../lib/keystore/keystore';
import {
  certificateOf,
  containing,
  errorOf,
  removeTemporaryFolders,
  sealedText,
  temporaryFolder,
  treeOf,
} from './fixtures';

const LINEAGE = 'contoso/entra-application';

afterAll(removeTemporaryFolders);

function newGeneration(name?: string): Parameters<Keystore['add']>[1] & { accepted: string[] } {
  return { certificate: certificateOf(name), chain: [], accepted: [], sealedKey: sealedText() };
}

/** A keystore in a new folder, with so many generations of the lineage. */
function keystoreWith(count: number, lineage = LINEAGE): Keystore {
  const keystore = new Keystore(join(temporaryFolder(), 'keystore'));
  for (let number = 1; number <= count; number += 1) keystore.add(lineage, newGeneration());
  return keystore;
}

describe('Keystore, reading', () => {
  it('is empty where there is no folder', () => {
    const keystore = keystoreWith(0);
    expect(keystore.lineages()).toEqual([]);
    expect(keystore.findings()).toEqual([]);
    expect(keystore.has(LINEAGE)).toBe(false);
    expect(keystore.generations(LINEAGE)).toEqual([]);
    expect(keystore.current(LINEAGE)).toBeUndefined();
  });

  it('reads nothing that is larger than anything it holds', () => {
    const keystore = keystoreWith(1);
    const file = join(keystore.folder, LINEAGE, '0001.crt');
    truncateSync(file, 3_000_000_000);
    expect(errorOf(() => keystore.generations(LINEAGE))).toMatchObject({
      code: 'keystore-unreadable',
      subject: file,
      cure: containing('from Git'),
    });
    expect(keystore.findings()).toMatchObject([{ id: 'keystore-unreadable', severity: 'error' }]);
  });

  it('lists lineages in the order of their code units', () => {
    const keystore = keystoreWith(0);
    for (const lineage of ['b/server', 'a-b/server', 'a/rest-api', 'a0/server', 'a/server']) {
      keystore.add(lineage, newGeneration());
    }
    expect(keystore.lineages()).toEqual(['a-b/server', 'a/rest-api', 'a/server', 'a0/server', 'b/server']);
  });

  it('lists generations oldest first, of which the highest is current', () => {
    const keystore = keystoreWith(3);
    expect(keystore.generations(LINEAGE).map(({ number, label }) => [number, label])).toEqual([
      [1, '0001'],
      [2, '0002'],
      [3, '0003'],
    ]);
    expect(keystore.current(LINEAGE)).toMatchObject({ lineage: LINEAGE, number: 3, label: '0003' });
  });

  it('tells where both files of a generation are', () => {
    const keystore = keystoreWith(1);
    const folder = join(keystore.folder, 'contoso', 'entra-application');
    expect(keystore.current(LINEAGE)).toMatchObject({
      certificateFile: join(folder, '0001.crt'),
      keyFile: join(folder, '0001.key.age'),
    });
  });

  it('gives a generation without its key, for it can be published', () => {
    const keystore = keystoreWith(1);
    rmSync(keystore.current(LINEAGE)!.keyFile!);
    expect(keystore.current(LINEAGE)).toMatchObject({ number: 1, keyFile: undefined });
  });

  it('passes over a key without its certificate', () => {
    const keystore = keystoreWith(2);
    rmSync(keystore.current(LINEAGE)!.certificateFile);
    expect(keystore.current(LINEAGE)?.number).toBe(1);
  });

  it('knows a lineage with a broken certificate, and throws only when that is read', () => {
    const keystore = keystoreWith(2);
    keystore.add('fabrikam/data-cloud', newGeneration());
    writeFileSync(join(keystore.folder, LINEAGE, '0001.crt'), 'nonsense');
    expect(keystore.has(LINEAGE)).toBe(true);
    expect(keystore.lineages()).toEqual([LINEAGE, 'fabrikam/data-cloud']);
    expect(keystore.current(LINEAGE)?.number).toBe(2);
    expect(keystore.generations('fabrikam/data-cloud')).toHaveLength(1);
    expect(errorOf(() => keystore.generations(LINEAGE))).toMatchObject({
      code: 'keystore-certificate-unreadable',
      subject: `${LINEAGE}/0001.crt`,
    });
  });

  it('does not count folders without a generation, nor pending requests', () => {
    const keystore = keystoreWith(0);
    mkdirSync(join(keystore.folder, 'contoso', 'server'), { recursive: true });
    mkdirSync(join(keystore.folder, LINEAGE), { recursive: true });
    writeFileSync(join(keystore.folder, LINEAGE, 'request.csr'), '');
    writeFileSync(join(keystore.folder, LINEAGE, 'request.key.age'), '');
    expect(keystore.lineages()).toEqual([]);
  });

  it('follows no symbolic link', () => {
    const keystore = keystoreWith(2);
    const { certificateFile } = keystore.current(LINEAGE)!;
    renameSync(certificateFile, join(keystore.folder, 'elsewhere.crt'));
    symlinkSync('../../elsewhere.crt', certificateFile);
    expect(keystore.current(LINEAGE)?.number).toBe(1);
  });

  it('refuses names that are not those of lineages', () => {
    const keystore = keystoreWith(1);
    expect(errorOf(() => keystore.has('../keystore')).code).toBe('lineage-malformed');
    expect(errorOf(() => keystore.add('contoso/..', newGeneration())).code).toBe('lineage-malformed');
  });

  it('refuses a file in place of its folder', () => {
    const file = join(temporaryFolder(), 'keystore');
    writeFileSync(file, '');
    const keystore = new Keystore(file);
    for (const work of [
      () => keystore.lineages(),
      () => keystore.findings(),
      () => keystore.add(LINEAGE, newGeneration()),
    ]) {
      expect(errorOf(work)).toMatchObject({ code: 'keystore-not-a-folder', subject: file });
    }
  });

  it('says so where the folder cannot be read', () => {
    const folder = join(temporaryFolder(), 'keystore');
    symlinkSync('keystore', folder);
    expect(errorOf(() => new Keystore(folder).lineages())).toMatchObject({
      code: 'keystore-unreadable',
      message: containing('symbolic links lead in a circle'),
    });
  });
});

describe('Keystore, adding', () => {
  it('makes two files, and nothing else, for a new lineage and for a known one', () => {
    const keystore = keystoreWith(2);
    expect(treeOf(keystore.folder)).toEqual([
      'contoso',
      LINEAGE,
      `${LINEAGE}/0001.crt`,
      `${LINEAGE}/0001.key.age`,
      `${LINEAGE}/0002.crt`,
      `${LINEAGE}/0002.key.age`,
    ]);
  });

  it('gives back what it keeps', () => {
    const keystore = keystoreWith(1);
    const issuer = certificateOf('Example Issuing CA');
    const material = { ...newGeneration(), chain: [issuer], accepted: ['short-validity'] };
    const added = keystore.add(LINEAGE, material);
    expect(added).toMatchObject({ number: 2, accepted: ['short-validity'] });
    expect(added.certificate.equals(material.certificate)).toBe(true);
    expect(added.chain.map(({ thumbprint }) => thumbprint)).toEqual([issuer.thumbprint]);
    expect(readFileSync(added.keyFile!, 'utf8')).toBe(material.sealedKey);
    expect(keystore.findings()).toEqual([]);
  });

  it('lets only its owner read a sealed key', () => {
    const { keyFile, certificateFile } = keystoreWith(2).current(LINEAGE)!;
    expect(statSync(keyFile!).mode & 0o777).toBe(0o600);
    expect(statSync(certificateFile).mode & 0o600).toBe(0o600);
  });

  it('writes the same .crt file for the same input anywhere', () => {
    const material = newGeneration();
    const [one, other] = [keystoreWith(0), keystoreWith(0)].map((keystore) => keystore.add(LINEAGE, material));
    expect(readFileSync(one!.certificateFile)).toEqual(readFileSync(other!.certificateFile));
  });

  it('counts on after the highest, when older ones were retired', () => {
    const keystore = keystoreWith(3);
    keystore.remove(LINEAGE, 1);
    keystore.remove(LINEAGE, 2);
    expect(keystore.add(LINEAGE, newGeneration()).number).toBe(4);
  });

  it.each(['0002.key.age', '0002.crt'])('does not reuse a number of which only %s is left', (left) => {
    const keystore = keystoreWith(2);
    const { certificateFile, keyFile } = keystore.current(LINEAGE)!;
    rmSync(left === '0002.crt' ? keyFile! : certificateFile);
    expect(keystore.add(LINEAGE, newGeneration()).number).toBe(3);
  });

  it('steps over a number that a folder or a link has', () => {
    const keystore = keystoreWith(1);
    mkdirSync(join(keystore.folder, LINEAGE, '0002.crt'));
    symlinkSync('nowhere', join(keystore.folder, LINEAGE, '0003.key.age'));
    expect(keystore.add(LINEAGE, newGeneration()).number).toBe(4);
  });

  it('adds the first generation beside a pending request', () => {
    const keystore = keystoreWith(0);
    mkdirSync(join(keystore.folder, LINEAGE), { recursive: true });
    writeFileSync(join(keystore.folder, LINEAGE, 'request.csr'), '');
    expect(keystore.add(LINEAGE, newGeneration()).number).toBe(1);
    expect(treeOf(join(keystore.folder, LINEAGE))).toEqual(['0001.crt', '0001.key.age', 'request.csr']);
  });

  it('refuses a certificate that the lineage has already, also beside a broken one', () => {
    const keystore = keystoreWith(1);
    const material = newGeneration();
    keystore.add(LINEAGE, material);
    writeFileSync(join(keystore.folder, LINEAGE, '0001.crt'), 'nonsense');
    expect(errorOf(() => keystore.add(LINEAGE, { ...material, sealedKey: sealedText() }))).toMatchObject({
      code: 'certificate-already-kept',
      message: containing('generation 0002'),
    });
  });

  it('adds after a broken generation, which is a finding and no obstacle', () => {
    const keystore = keystoreWith(1);
    writeFileSync(join(keystore.folder, LINEAGE, '0001.crt'), 'nonsense');
    expect(keystore.add(LINEAGE, newGeneration())).toMatchObject({ number: 2, label: '0002' });
  });

  it('takes accepted findings for none where they are left out', () => {
    const keystore = keystoreWith(0);
    const { certificate, chain, sealedKey } = newGeneration();
    expect(keystore.add(LINEAGE, { certificate, chain, sealedKey }).accepted).toEqual([]);
  });

  it('keeps a certificate whose key is elsewhere on purpose, and finds nothing wrong with it', () => {
    const keystore = keystoreWith(1);
    const added = keystore.add(LINEAGE, { ...newGeneration(), sealedKey: 'elsewhere' });
    expect(added).toMatchObject({ label: '0002', keyElsewhere: true, keyFile: undefined });
    expect(treeOf(join(keystore.folder, LINEAGE))).toEqual(['0001.crt', '0001.key.age', '0002.crt']);
    expect(readFileSync(added.certificateFile, 'utf8')).toContain('\nKey: elsewhere\n');
    expect(keystore.findings()).toEqual([]);
    expect(keystore.add(LINEAGE, newGeneration())).toMatchObject({ label: '0003' });
  });

  it('takes the line that says so for false where it says something else', () => {
    const keystore = keystoreWith(0);
    const { certificateFile } = keystore.add(LINEAGE, { ...newGeneration(), sealedKey: 'elsewhere' });
    writeFileSync(certificateFile, readFileSync(certificateFile, 'utf8').replace('elsewhere', 'somewhere'));
    expect(keystore.findings().map(({ id }) => id)).toEqual(['keystore-key-missing', 'keystore-head-differs']);
  });

  it('refuses a private key that is not sealed, and does not repeat it', () => {
    const keystore = keystoreWith(0);
    const sealedKey = '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n';
    const error = errorOf(() => keystore.add(LINEAGE, { ...newGeneration(), sealedKey }));
    expect(error.code).toBe('key-not-sealed');
    expect(`${error.message}${error.cure}`).not.toContain('c2VjcmV0');
    expect(keystore.lineages()).toEqual([]);
  });

  it('has no number after 9999', () => {
    const keystore = keystoreWith(1);
    const folder = join(keystore.folder, LINEAGE);
    renameSync(join(folder, '0001.crt'), join(folder, '9999.crt'));
    renameSync(join(folder, '0001.key.age'), join(folder, '9999.key.age'));
    expect(errorOf(() => keystore.add(LINEAGE, newGeneration())).code).toBe('generation-numbers-exhausted');
  });

  it('leaves nothing behind where a file is in the way of the folder', () => {
    const keystore = keystoreWith(0);
    mkdirSync(keystore.folder);
    writeFileSync(join(keystore.folder, 'contoso'), '');
    expect(errorOf(() => keystore.add(LINEAGE, newGeneration()))).toMatchObject({
      code: 'keystore-unwritable',
      cure: containing('move that file away'),
    });
    expect(treeOf(keystore.folder)).toEqual(['contoso']);
  });
});

describe('Keystore, removing', () => {
  it('takes both files of a generation away', () => {
    const keystore = keystoreWith(2);
    keystore.remove(LINEAGE, 1);
    expect(treeOf(join(keystore.folder, LINEAGE))).toEqual(['0002.crt', '0002.key.age']);
    expect(keystore.findings()).toEqual([]);
  });

  it('removes a generation whose key is missing, and the folder with the last one', () => {
    const keystore = keystoreWith(1);
    unlinkSync(keystore.current(LINEAGE)!.keyFile!);
    keystore.remove(LINEAGE, 1);
    expect(treeOf(keystore.folder)).toEqual(['contoso']);
  });

  it.each([0, 2, 1.5, -1, Number.NaN])('knows no generation %d', (number) => {
    const keystore = keystoreWith(1);
    expect(
      errorOf(() => {
        keystore.remove(LINEAGE, number);
      }).code,
    ).toBe('generation-unknown');
    expect(keystore.generations(LINEAGE)).toHaveLength(1);
  });
});

describe.each(['contoso', 'contoso/entra-application'])('a keystore in which %s is a symbolic link', (linked) => {
  it('neither reads nor writes behind it', () => {
    const elsewhere = temporaryFolder();
    const behind = new Keystore(join(elsewhere, 'real'));
    behind.add(LINEAGE, newGeneration());
    const keystore = new Keystore(join(elsewhere, 'keystore'));
    mkdirSync(dirname(join(keystore.folder, linked)), { recursive: true });
    symlinkSync(join(behind.folder, linked), join(keystore.folder, linked));

    expect(keystore.has(LINEAGE)).toBe(false);
    expect(errorOf(() => keystore.add(LINEAGE, newGeneration()))).toMatchObject({ code: 'keystore-symbolic-link' });
    expect(behind.generations(LINEAGE)).toHaveLength(1);
  });
});
