import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { errorCodes } from '../../../lib/error-codes';
import type { Finding } from '../../../lib/findings';
import { formatCrtFile } from '../../../lib/keystore/crt-file';
import { Keystore } from '../../../lib/keystore/keystore';
import { certificateOf, removeTemporaryFolders, sealedText, temporaryFolder } from '../fixtures';

afterAll(removeTemporaryFolders);

const certificate = certificateOf();
const other = certificateOf('portal.example.com');
const crt = formatCrtFile('a/server', '0001', { certificate, chain: [], accepted: [] });
const otherCrt = formatCrtFile('a/server', '0002', { certificate: other, chain: [], accepted: [] });
const key = sealedText();

/** Findings about a keystore of these files; null stands for a folder. */
function findingsOf(files: Readonly<Record<string, string | null | { linkTo: string }>>): Finding[] {
  const folder = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    if (content === null) mkdirSync(file);
    else if (typeof content === 'string') writeFileSync(file, content);
    else symlinkSync(content.linkTo, file);
  }
  return new Keystore(folder).findings();
}

const whole = { 'a/server/0001.crt': crt, 'a/server/0001.key.age': key };

describe('Keystore.findings', () => {
  test.each([
    ['a whole generation', whole],
    [
      'line ends of Windows and a byte order mark',
      {
        'a/server/0001.crt': `\uFEFF${crt.replaceAll('\n', '\r\n')}`,
        'a/server/0001.key.age': key.replaceAll('\n', '\r\n'),
      },
    ],
    ['recipients, a read-me, dot files', { ...whole, 'recipients.txt': '', 'README.md': '', '.gitattributes': '' }],
    ['dot files further down', { ...whole, 'a/.DS_Store': '', 'a/server/.gitkeep': '' }],
    [
      'numbers that do not begin at 1',
      { 'a/server/0003.crt': crt.replace('0001', '0003'), 'a/server/0003.key.age': key },
    ],
    ['a certificate that a person put there without a head', { ...whole, 'a/server/0001.crt': `${certificate.pem}\n` }],
  ])('has nothing against %s', (_, files) => {
    expect(findingsOf(files)).toEqual([]);
  });

  test.each<[string, string, string, Parameters<typeof findingsOf>[0]]>([
    ['keystore-certificate-missing', 'error', 'a/server/0001', { 'a/server/0001.key.age': key }],
    ['keystore-key-missing', 'error', 'a/server/0001', { 'a/server/0001.crt': crt }],
    ['keystore-certificate-unreadable', 'error', 'a/server/0001.crt', { ...whole, 'a/server/0001.crt': 'nonsense' }],
    [
      'keystore-certificate-unreadable',
      'error',
      'a/server/0001.crt',
      { ...whole, 'a/server/0001.crt': crt.slice(0, -60) },
    ],
    [
      'keystore-merge-conflict',
      'error',
      'a/server/0001.crt',
      { ...whole, 'a/server/0001.crt': `<<<<<<< HEAD\n${crt}=======\n${otherCrt}>>>>>>> renewal\n` },
    ],
    [
      'keystore-merge-conflict',
      'error',
      'a/server/0001.key.age',
      { ...whole, 'a/server/0001.key.age': `<<<<<<< HEAD\n${key}=======\n${key}>>>>>>> renewal\n` },
    ],
    [
      'keystore-key-in-clear',
      'error',
      'a/server/0001.crt',
      { ...whole, 'a/server/0001.crt': `${crt}-----BEGIN PRIVATE KEY-----\n` },
    ],
    [
      'keystore-key-in-clear',
      'error',
      'a/server/0001.key.age',
      { ...whole, 'a/server/0001.key.age': '-----BEGIN RSA PRIVATE KEY-----\n' },
    ],
    ['keystore-key-not-sealed', 'error', 'a/server/0001.key.age', { ...whole, 'a/server/0001.key.age': '' }],
    [
      'keystore-key-not-sealed',
      'error',
      'a/server/0001.key.age',
      { ...whole, 'a/server/0001.key.age': key.slice(0, -20) },
    ],
    [
      'keystore-key-not-sealed',
      'error',
      'a/server/0001.key.age',
      { ...whole, 'a/server/0001.key.age': 'age-encryption.org/v1\n' },
    ],
    [
      'keystore-certificate-repeated',
      'error',
      'a/server/0002.crt',
      { ...whole, 'a/server/0002.crt': crt.replace('0001', '0002'), 'a/server/0002.key.age': key },
    ],
    [
      'keystore-generation-gap',
      'advice',
      'a/server',
      { ...whole, 'a/server/0003.crt': otherCrt.replace('0002', '0003'), 'a/server/0003.key.age': key },
    ],
    [
      'keystore-head-differs',
      'warning',
      'a/server/0001.crt',
      { ...whole, 'a/server/0001.crt': crt.replace('CN=vb365', 'CN=other') },
    ],
    ['keystore-head-differs', 'warning', 'a/server/0001.crt', { ...whole, 'a/server/0001.crt': `Added: soon\n${crt}` }],
    [
      'keystore-head-differs',
      'warning',
      'b/server/0001.crt',
      { 'b/server/0001.crt': crt, 'b/server/0001.key.age': key },
    ],
    ['keystore-foreign-file', 'advice', 'notes.txt', { ...whole, 'notes.txt': '' }],
    ['keystore-foreign-file', 'advice', 'a/notes.txt', { ...whole, 'a/notes.txt': '' }],
    ['keystore-foreign-file', 'advice', 'a/server/export.pfx', { ...whole, 'a/server/export.pfx': '' }],
    ['keystore-foreign-file', 'advice', 'a/server/older', { ...whole, 'a/server/older': null }],
    ['keystore-name-malformed', 'warning', 'a/server/1.crt', { ...whole, 'a/server/1.crt': otherCrt }],
    ['keystore-name-malformed', 'warning', 'a/server/0002.CRT', { ...whole, 'a/server/0002.CRT': otherCrt }],
    ['keystore-name-malformed', 'warning', 'a/server/0000.crt', { ...whole, 'a/server/0000.crt': otherCrt }],
    ['keystore-name-malformed', 'warning', 'a/server/00002.key.age', { ...whole, 'a/server/00002.key.age': key }],
    ['keystore-name-malformed', 'warning', 'a/server/0002.crt.txt', { ...whole, 'a/server/0002.crt.txt': otherCrt }],
    ['keystore-name-malformed', 'warning', 'Contoso', { ...whole, 'Contoso/server/0001.crt': crt }],
    ['keystore-name-malformed', 'warning', 'a/Rest API', { ...whole, 'a/Rest API/0001.crt': crt }],
    ['keystore-not-a-file', 'error', 'a/server/0002.crt', { ...whole, 'a/server/0002.crt': null }],
    ['keystore-not-a-file', 'error', 'recipients.txt', { ...whole, 'recipients.txt': null }],
    [
      'keystore-symbolic-link',
      'error',
      'a/server/0002.key.age',
      { ...whole, 'a/server/0002.key.age': { linkTo: '0001.key.age' } },
    ],
    ['keystore-symbolic-link', 'error', 'a/rest-api', { ...whole, 'a/rest-api': { linkTo: 'server' } }],
    ['keystore-symbolic-link', 'error', 'b', { ...whole, b: { linkTo: 'a' } }],
    ['keystore-symbolic-link', 'error', 'recipients.txt', { ...whole, 'recipients.txt': { linkTo: '/nowhere' } }],
    ['keystore-unfinished', 'advice', 'a/server/.retired-0003', { ...whole, 'a/server/.retired-0003': null }],
  ])('reports %s (%s) of %s', (id, severity, subject, files) => {
    const findings = findingsOf(files);
    expect(findings).toContainEqual(
      expect.objectContaining({ id, severity, subject, cure: expect.stringMatching(/^[a-z].+/) as string }),
    );
    expect(findings.map((finding) => finding.id)).toEqual(findings.map(() => id));
  });

  it('repeats nothing of a key that stands there in the clear', () => {
    const findings = findingsOf({ ...whole, 'a/server/0001.key.age': '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n' });
    expect(JSON.stringify(findings)).not.toContain('c2VjcmV0');
  });

  it('finds everything at once, in the order of the names', () => {
    const findings = findingsOf({ ...whole, 'b/server/0001.crt': 'x', 'b/server/0001.key.age': key, 'Z.txt': '' });
    expect(findings.map(({ subject }) => subject)).toEqual(['Z.txt', 'b/server/0001.crt']);
  });

  it('says of a generation that a stopped command committed that it counts', () => {
    const keystore = new Keystore(temporaryFolder());
    keystore.add('a/server', { certificate, chain: [], accepted: [], sealedKey: key });
    keystore.add('a/server', { certificate: other, chain: [], accepted: [], sealedKey: sealedText() });
    const folder = join(keystore.folder, 'a', 'server');
    mkdirSync(join(folder, '.0002-0123456789abcdef'));
    for (const name of ['0002.crt', '0002.key.age']) {
      renameSync(join(folder, name), join(folder, '.0002-0123456789abcdef', name));
    }
    expect(keystore.findings().map(({ id }) => id)).toEqual(['keystore-unfinished']);
    expect(keystore.current('a/server')?.number).toBe(2);
    expect(readFileSync(keystore.current('a/server')!.certificateFile, 'utf8')).toBe(otherCrt);
  });

  it('never crashes, whatever stands in the folder', () => {
    const name = fc.constantFrom(
      'a',
      'A',
      'server',
      '0001.crt',
      '0001.key.age',
      '.0002-0123456789abcdef',
      '0002.crt',
      '.x',
    );
    const path = fc.array(name, { minLength: 1, maxLength: 4 });
    const content = fc.oneof(fc.constantFrom(crt, otherCrt, key, crt.slice(0, 700)), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(fc.tuple(path, content), { maxLength: 6 }), (files) => {
        const folder = temporaryFolder();
        for (const [parts, text] of files) {
          try {
            mkdirSync(join(folder, ...parts.slice(0, -1)), { recursive: true });
            writeFileSync(join(folder, ...parts), text);
          } catch {
            // A file and a folder of one name: the first of them stays.
          }
        }
        const keystore = new Keystore(folder);
        for (const finding of keystore.findings()) expect(finding.id in errorCodes).toBe(true);
        for (const lineage of keystore.lineages()) expect(keystore.has(lineage)).toBe(true);
      }),
    );
  });
});
