import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { type Zippable, zipSync } from 'fflate';
import { Vb365Error } from '../../lib/errors';
import { readZipDirectory, readZipEntry } from '../../lib/plan/zip-directory';
import { thrownBy } from '../support/thrown';

const CONTENT = Buffer.from('resource "a" "b" {}\n'.repeat(50));
const ARCHIVE = zipOf({ 'tfconfig/m-/main.tf': CONTENT, tfplan: [CONTENT, { level: 0 }], empty: Buffer.alloc(0) });

function zipOf(files: Zippable): Buffer {
  return Buffer.from(zipSync(files));
}

/** Everything that an archive holds. */
function unpacked(bytes: Buffer): Record<string, Buffer> {
  return Object.fromEntries(readZipDirectory(bytes).map((entry) => [entry.name, readZipEntry(bytes, entry)]));
}

/** The archive with other bytes in the directory entry of its first file. */
function withEntry(edit: (entry: Buffer) => void): Buffer {
  const bytes = Buffer.from(ARCHIVE);
  edit(bytes.subarray(bytes.indexOf('PK\u0001\u0002', 0, 'latin1')));
  return bytes;
}

/** One deflated file whose sizes, offset and directory are told by Zip64 records alone. */
function zip64Of(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46, 0xff);
  entry.writeUInt32LE(0x02014b50);
  entry.writeUInt16LE(0, 8);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(crc32(content), 16);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt16LE(33, 30);
  entry.writeUInt16LE(0, 32);
  // Another extra field stands before that of Zip64.
  const extra = Buffer.concat([
    Buffer.from([0x55, 0x54, 1, 0, 0, 1, 0, 24, 0]),
    numbers(content.length, packed.length, 0),
  ]);
  const directory = Buffer.concat([entry, Buffer.from(name), extra]);
  const start = local.length + name.length + packed.length;
  const record = Buffer.concat([
    Buffer.from('PK\u0006\u0006', 'latin1'),
    numbers(44),
    Buffer.alloc(12),
    numbers(1, 1, directory.length, start),
  ]);
  const locator = Buffer.concat([
    Buffer.from('PK\u0006\u0007\0\0\0\0', 'latin1'),
    numbers(start + directory.length),
    Buffer.from([1, 0, 0, 0]),
  ]);
  const end = Buffer.concat([Buffer.from('PK\u0005\u0006\0\0\0\0', 'latin1'), Buffer.alloc(12, 0xff), Buffer.alloc(2)]);
  return Buffer.concat([local, Buffer.from(name), packed, directory, record, locator, end]);
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(8 * values.length);
  for (const [index, value] of values.entries()) bytes.writeBigUInt64LE(BigInt(value), 8 * index);
  return bytes;
}

const names = fc
  .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
  .filter((name) => !/^\d+$|__proto__/.test(name));
const contents = fc.record({ bytes: fc.uint8Array({ maxLength: 300 }), level: fc.constantFrom(0, 6) });

describe('readZipDirectory', () => {
  it('tells what each file has when it is unpacked, and unpacks none', () => {
    expect(readZipDirectory(ARCHIVE)).toMatchObject([
      { name: 'tfconfig/m-/main.tf', uncompressedSize: CONTENT.length, method: 8, isEncrypted: false },
      { name: 'tfplan', compressedSize: CONTENT.length, uncompressedSize: CONTENT.length, method: 0 },
      { name: 'empty', uncompressedSize: 0 },
    ]);
    const announced = withEntry((entry) => entry.writeUInt32LE(4_000_000_000, 24));
    expect(readZipDirectory(announced)[0]?.uncompressedSize).toBe(4_000_000_000);
  });

  it('reads sizes of Zip64', () => {
    const bytes = zip64Of('tfplan', CONTENT);
    expect(unpacked(bytes)).toEqual({ tfplan: CONTENT });
    const announced = Buffer.from(bytes);
    const at = announced.indexOf(numbers(CONTENT.length));
    announced.writeBigUInt64LE(2n ** 63n, at);
    expect(readZipDirectory(announced)[0]?.uncompressedSize).toBe(2 ** 63);
  });

  it('takes a comment behind the directory', () => {
    const commented = Buffer.concat([ARCHIVE, Buffer.from('a comment')]);
    commented.writeUInt16LE(9, ARCHIVE.length - 2);
    expect(readZipDirectory(commented)).toEqual(readZipDirectory(ARCHIVE));
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'no directory at its end'],
    ['a text', Buffer.from('{"format_version":"1.2"}'), 'no directory at its end'],
    ['what is cut off', ARCHIVE.subarray(0, -30), 'no directory at its end'],
    ['something behind the end', Buffer.concat([ARCHIVE, Buffer.from('x')]), 'no directory at its end'],
    ['something before the files', Buffer.concat([Buffer.from('x'), ARCHIVE]), 'not where it should be'],
    ['more entries than announced', edited(ARCHIVE, -12, 2), '3 entries, and announces 2'],
    ['a directory that is longer than announced', edited(ARCHIVE, -10, 9), 'not where it should be'],
    [
      'a directory of Zip64 that is missing',
      edited(ARCHIVE, -12, 0xffff),
      'the locator of its Zip64 directory is missing',
    ],
    ['an entry that is none', withEntry((entry) => entry.write('x')), 'an entry of its directory is missing'],
    [
      'a name without end',
      withEntry((entry) => entry.writeUInt16LE(60_000, 28)),
      'an entry of its directory is cut off',
    ],
    [
      'a size that is missing',
      withEntry((entry) => entry.writeUInt32LE(0xffffffff, 24)),
      'a size of "tfconfig/m-/main.tf"',
    ],
  ])('refuses %s', (_, bytes, words) => {
    const error = thrownBy(() => readZipDirectory(bytes));
    expect(error).toMatchObject({ code: 'zip-malformed', message: expect.stringContaining(words) });
  });

  it('reads back what was packed, whatever its names and contents', () => {
    fc.assert(
      fc.property(fc.dictionary(names, contents), (files) => {
        const given = Object.entries(files).map(([name, { bytes, level }]) => {
          return [name, [bytes, { level: level }]] as const;
        });
        expect(unpacked(zipOf(Object.fromEntries(given) as Zippable))).toEqual(
          Object.fromEntries(Object.entries(files).map(([name, { bytes }]) => [name, Buffer.from(bytes)])),
        );
      }),
    );
  });

  it('reads an archive that is damaged anywhere, or says in its own words that it cannot', () => {
    const damage = fc.tuple(fc.nat(ARCHIVE.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), fc.nat(20), (edits, cut) => {
        const bytes = Buffer.from(ARCHIVE.subarray(0, ARCHIVE.length - cut));
        for (const [at, value] of edits) bytes.set([value], Math.min(at, bytes.length - 1));
        try {
          for (const content of Object.values(unpacked(bytes)))
            expect(content.length).toBeLessThanOrEqual(CONTENT.length);
        } catch (error) {
          expect(error).toBeInstanceOf(Vb365Error);
        }
      }),
      { numRuns: 500 },
    );
  });

  (spawnSync('zip', ['-v']).error === undefined ? it : it.skip)(
    'reads what Info-ZIP writes to a pipe, with Zip64',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'vb365-zip-'));
      writeFileSync(join(folder, 'tfplan'), CONTENT);
      execFileSync('sh', ['-c', 'zip -q -fz - tfplan > archive.zip'], { cwd: folder });
      expect(unpacked(readFileSync(join(folder, 'archive.zip')))).toEqual({ tfplan: CONTENT });
      rmSync(folder, { recursive: true });
    },
  );
});

describe('readZipEntry', () => {
  it.each([
    ['more than was announced', withEntry((entry) => entry.writeUInt32LE(10, 24)), 'does not have the 10 bytes'],
    ['less than was announced', withEntry((entry) => entry.writeUInt32LE(9_999, 24)), 'does not have the 9999 bytes'],
    ['another checksum', withEntry((entry) => entry.fill(0, 16, 20)), 'the checksum of "tfconfig/m-/main.tf" differs'],
    ['what is encrypted', withEntry((entry) => entry.writeUInt16LE(1, 8)), 'is encrypted'],
    ['another method', withEntry((entry) => entry.writeUInt16LE(14, 10)), 'is compressed by method 14'],
    ['what is no Deflate', edited(ARCHIVE, 30 + 19, 0xffff), 'cannot be unpacked'],
    ['a header that is elsewhere', withEntry((entry) => entry.writeUInt32LE(5, 42)), 'is missing'],
    ['more bytes than there are', withEntry((entry) => entry.writeUInt32LE(99_999, 20)), 'is cut off'],
  ])('refuses %s', (_, bytes, words) => {
    const error = thrownBy(() => unpacked(bytes));
    expect(error).toMatchObject({ code: 'zip-malformed', message: expect.stringContaining(words) });
  });
});

/** The bytes with another 16-bit number at a position, which counts from the end where it is negative. */
function edited(bytes: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt16LE(value, at < 0 ? bytes.length + at : at);
  return copy;
}
