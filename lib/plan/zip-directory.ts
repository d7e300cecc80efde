import { crc32, inflateRawSync } from 'node:zlib';
import { Vb365Error } from '../errors';
import { errnoOf } from '../system/durable-files';
import { shown } from '../words/shown';

/** A file of a ZIP archive, as the directory of the archive announces it. */
export interface ZipEntry {
  /** Of folders, with a slash at its end. */
  readonly name: string;
  /** Bytes in the archive. */
  readonly compressedSize: number;
  /** Bytes that it has, so it is said, when it is unpacked. */
  readonly uncompressedSize: number;
  /** How it is compressed: 0 not at all, 8 Deflate. */
  readonly method: number;
  readonly isEncrypted: boolean;
  /** CRC-32 of the unpacked bytes. */
  readonly checksum: number;
  /** Where its local header begins. */
  readonly offset: number;
}

/** Where the directory begins and ends, and of how many entries it consists. */
interface Bounds {
  readonly start: number;
  readonly end: number;
  readonly size: number;
  readonly count: number;
}

const LOCAL_HEADER = { signature: 0x04034b50, length: 30 };
const ENTRY = { signature: 0x02014b50, length: 46 };
const END = { signature: 0x06054b50, length: 22 };
const END_64 = { signature: 0x06064b50, length: 56 };
const END_64_LOCATOR = { signature: 0x07064b50, length: 20 };

/** What stands in a field whose value does not fit, and is in the Zip64 record or the extra field of this id instead. */
const IN_ZIP64_32 = 0xffffffff;
const IN_ZIP64_16 = 0xffff;
const ZIP64_EXTRA = 1;

/** A comment of the archive is shorter than this, and stands behind the end of the directory. */
const MOST_COMMENT = 0xffff;

const STORED = 0;
const DEFLATED = 8;

/**
 * The directory of a ZIP archive, which stands at its end, in its order; nothing is unpacked. Only what leaves no doubt is
 * read: the directory fills all that is between the files and the end, so that no other reader finds another one.
 *
 * Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3 to 4.5
 *
 * @throws Vb365Error `zip-malformed`
 */
export function readZipDirectory(bytes: Buffer): ZipEntry[] {
  const { start, end, count } = boundsOf(bytes);
  const entries: ZipEntry[] = [];
  let position = start;
  while (position < end) {
    const { entry, next } = readEntry(bytes, position, end);
    entries.push(entry);
    position = next;
  }
  if (entries.length !== count) throw malformed(`its directory has ${entries.length} entries, and announces ${count}`);
  return entries;
}

/**
 * The unpacked bytes of a file of the archive: never more than its directory announces, whose `uncompressedSize` the caller
 * looks at first.
 *
 * @throws Vb365Error `zip-malformed`
 */
export function readZipEntry(bytes: Buffer, entry: ZipEntry): Buffer {
  const packed = packedBytes(bytes, entry);
  const unpacked = entry.method === STORED ? packed : inflate(packed, entry);
  if (unpacked.length !== entry.uncompressedSize) throw sizeDiffers(entry);
  if (crc32(unpacked) !== entry.checksum) throw malformed(`the checksum of ${shown(entry.name)} differs`);
  return unpacked;
}

function packedBytes(bytes: Buffer, entry: ZipEntry): Buffer {
  const { compressedSize, isEncrypted, method, name, offset } = entry;
  if (isEncrypted) throw malformed(`${shown(name)} is encrypted`);
  if (method !== STORED && method !== DEFLATED) throw malformed(`${shown(name)} is compressed by method ${method}`);
  expectRecord(bytes, offset, LOCAL_HEADER, `the header of ${shown(name)}`);
  const start = offset + LOCAL_HEADER.length + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  if (start + compressedSize > bytes.length) throw malformed(`${shown(name)} is cut off`);
  return bytes.subarray(start, start + compressedSize);
}

function inflate(packed: Buffer, entry: ZipEntry): Buffer {
  try {
    // Node takes no limit of nothing.
    return inflateRawSync(packed, { maxOutputLength: Math.max(entry.uncompressedSize, 1) });
  } catch (error) {
    if (errnoOf(error) === 'ERR_BUFFER_TOO_LARGE') throw sizeDiffers(entry);
    throw malformed(`${shown(entry.name)} cannot be unpacked`);
  }
}

/** The end is the last one: a comment behind it may hold anything but another one. */
function boundsOf(bytes: Buffer): Bounds {
  const at = endOf(bytes);
  const inZip64 =
    [8, 10].some((field) => bytes.readUInt16LE(at + field) === IN_ZIP64_16) ||
    [12, 16].some((field) => bytes.readUInt32LE(at + field) === IN_ZIP64_32);
  const bounds = inZip64 ? boundsOfZip64(bytes, at - END_64_LOCATOR.length) : boundsOfEnd(bytes, at);
  if (bounds.start + bounds.size !== bounds.end) throw malformed('its directory is not where it should be');
  return bounds;
}

function endOf(bytes: Buffer): number {
  const first = Math.max(0, bytes.length - END.length - MOST_COMMENT);
  for (let at = bytes.length - END.length; at >= first; at -= 1) {
    if (bytes.readUInt32LE(at) !== END.signature) continue;
    if (at + END.length + bytes.readUInt16LE(at + 20) !== bytes.length) break;
    return at;
  }
  throw malformed('it has no directory at its end: it is cut off, or something else');
}

function boundsOfEnd(bytes: Buffer, at: number): Bounds {
  const [count, size, start] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 12), bytes.readUInt32LE(at + 16)];
  return { start, size, end: at, count };
}

function boundsOfZip64(bytes: Buffer, locator: number): Bounds {
  expectRecord(bytes, locator, END_64_LOCATOR, 'the locator of its Zip64 directory');
  const at = readNumber(bytes, locator + 8);
  expectRecord(bytes, at, END_64, 'the end of its Zip64 directory');
  // The length does not count itself and the signature; nothing may stand between the record and its locator.
  if (at + 12 + readNumber(bytes, at + 4) !== locator) throw malformed('its Zip64 directory is not where it should be');
  const [count, size, start] = [readNumber(bytes, at + 32), readNumber(bytes, at + 40), readNumber(bytes, at + 48)];
  return { start, size, end: at, count };
}

function readEntry(bytes: Buffer, at: number, end: number): { readonly entry: ZipEntry; readonly next: number } {
  expectRecord(bytes.subarray(0, end), at, ENTRY, 'an entry of its directory');
  const extraAt = at + ENTRY.length + bytes.readUInt16LE(at + 28);
  const commentAt = extraAt + bytes.readUInt16LE(at + 30);
  const next = commentAt + bytes.readUInt16LE(at + 32);
  if (next > end) throw malformed('an entry of its directory is cut off');
  const name = bytes.toString('utf8', at + ENTRY.length, extraAt);
  const [uncompressedSize, compressedSize, offset] = sizesOf(bytes, at, bytes.subarray(extraAt, commentAt), name);
  const entry = {
    ...{ name, compressedSize, uncompressedSize, offset },
    isEncrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
    method: bytes.readUInt16LE(at + 10),
    checksum: bytes.readUInt32LE(at + 16),
  };
  return { entry, next };
}

/** Those that do not fit stand in the Zip64 extra field, in this order, and only they. */
function sizesOf(bytes: Buffer, at: number, extra: Buffer, name: string): readonly [number, number, number] {
  const zip64 = zip64Of(extra, name);
  let next = 0;
  const sizeAt = (field: number): number => {
    const value = bytes.readUInt32LE(at + field);
    if (value !== IN_ZIP64_32) return value;
    if (next + 8 > zip64.length) throw malformed(`a size of ${shown(name)} is missing`);
    next += 8;
    return readNumber(zip64, next - 8);
  };
  return [sizeAt(24), sizeAt(20), sizeAt(42)];
}

function zip64Of(extra: Buffer, name: string): Buffer {
  let at = 0;
  while (at + 4 <= extra.length) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (end > extra.length) throw malformed(`an extra field of ${shown(name)} is cut off`);
    if (extra.readUInt16LE(at) === ZIP64_EXTRA) return extra.subarray(at + 4, end);
    at = end;
  }
  return Buffer.alloc(0);
}

/** What is beyond 2⁵³ is larger than any archive, and needs no exact value. */
function readNumber(bytes: Buffer, at: number): number {
  return Number(bytes.readBigUInt64LE(at));
}

function expectRecord(bytes: Buffer, at: number, record: typeof ENTRY, what: string): void {
  const isThere = at >= 0 && at + record.length <= bytes.length && bytes.readUInt32LE(at) === record.signature;
  if (!isThere) throw malformed(`${what} is missing`);
}

function sizeDiffers({ name, uncompressedSize }: ZipEntry): Vb365Error {
  return malformed(`${shown(name)} does not have the ${uncompressedSize} bytes that the directory announces`);
}

function malformed(why: string): Vb365Error {
  return new Vb365Error('zip-malformed', {
    message: `not a ZIP archive that is whole: ${why}`,
    cure: 'write or fetch the file anew',
  });
}
