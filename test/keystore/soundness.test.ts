import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Keystore } from '../../lib/keystore/keystore';
import { looksSound } from '../../lib/keystore/soundness';
import { certificateOf, removeTemporaryFolders, sealedText, temporaryFolder } from './fixtures';

const LINEAGE = 'contoso/entra-application';

afterAll(removeTemporaryFolders);

function keystoreWith(count: number): Keystore {
  const keystore = new Keystore(join(temporaryFolder(), 'keystore'));
  for (let number = 1; number <= count; number += 1) {
    keystore.add(LINEAGE, { certificate: certificateOf(), chain: [], sealedKey: sealedText() });
  }
  return keystore;
}

/** What befalls the folder of a lineage of two generations. */
const accidents: readonly (readonly [string, (folder: string) => void])[] = [
  [
    'the newest certificate is gone',
    (folder) => {
      rmSync(join(folder, '0002.crt'));
    },
  ],
  [
    'an older certificate is gone',
    (folder) => {
      rmSync(join(folder, '0001.crt'));
    },
  ],
  [
    'the newest key is gone',
    (folder) => {
      rmSync(join(folder, '0002.key.age'));
    },
  ],
  [
    'a folder stands in the place of a certificate',
    (folder) => {
      replaceByFolder(join(folder, '0002.crt'));
    },
  ],
  [
    'a folder stands in the place of a key',
    (folder) => {
      replaceByFolder(join(folder, '0002.key.age'));
    },
  ],
  [
    'a link stands in the place of a certificate',
    (folder) => {
      replaceByLink(join(folder, '0002.crt'));
    },
  ],
  [
    'a certificate is cut off',
    (folder) => {
      cutOff(join(folder, '0002.crt'));
    },
  ],
  [
    'a certificate is empty',
    (folder) => {
      writeFileSync(join(folder, '0001.crt'), '');
    },
  ],
  [
    'a key is cut off',
    (folder) => {
      cutOff(join(folder, '0002.key.age'));
    },
  ],
  [
    'a key is not sealed',
    (folder) => {
      appendFileSync(join(folder, '0002.crt'), '-----BEGIN PRIVATE KEY-----\n');
    },
  ],
  [
    'Git left a conflict',
    (folder) => {
      appendFileSync(join(folder, '0002.crt'), '<<<<<<< HEAD\n');
    },
  ],
  [
    'the folder is a link',
    (folder) => {
      renameSync(folder, `${folder}-2`);
      symlinkSync(`${folder}-2`, folder);
    },
  ],
  [
    'a pipe stands in the place of a certificate',
    (folder) => {
      rmSync(join(folder, '0002.crt'));
      execFileSync('mkfifo', [join(folder, '0002.crt')]);
    },
  ],
  [
    'the folder is a file',
    (folder) => {
      rmSync(folder, { recursive: true });
      writeFileSync(folder, '');
    },
  ],
];

describe('a look at a lineage', () => {
  it('finds nothing wrong with one that is whole, or not there', () => {
    const { folder } = keystoreWith(2);
    expect(looksSound(join(folder, LINEAGE))).toBe(true);
    expect(looksSound(join(folder, 'nobody/server'))).toBe(true);
  });

  it.each(accidents)('asks for the full judgement where %s, which finds an error', (_, befall) => {
    const { folder } = keystoreWith(2);
    befall(join(folder, LINEAGE));
    expect(looksSound(join(folder, LINEAGE))).toBe(false);
    expect(new Keystore(folder).damage(LINEAGE).map(({ severity }) => severity)).toContain('error');
  });

  it.each<[string, (folder: string) => void]>([
    [
      'a stopped command left something',
      (folder) => {
        mkdirSync(join(folder, '.retired-0001'));
      },
    ],
    [
      'the key of a superseded certificate is gone',
      (folder) => {
        rmSync(join(folder, '0001.key.age'));
      },
    ],
    [
      'a foreign file lies there',
      (folder) => {
        writeFileSync(join(folder, 'notes.txt'), '');
      },
    ],
  ])('asks for it where %s, which finds no error', (_, befall) => {
    const { folder } = keystoreWith(2);
    befall(join(folder, LINEAGE));
    expect(looksSound(join(folder, LINEAGE))).toBe(false);
    expect(new Keystore(folder).damage(LINEAGE)).toEqual([]);
  });
});

function replaceByFolder(file: string): void {
  rmSync(file);
  mkdirSync(file);
}

function replaceByLink(file: string): void {
  renameSync(file, `${file}.kept`);
  symlinkSync(`${file}.kept`, file);
}

function cutOff(file: string): void {
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.slice(0, text.length - 60));
}
