/** What text of a file is written in; labels of `TextDecoder`. */
type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/**
 * How a text is encoded, by its first four bytes. Windows PowerShell writes UTF-16 with a byte order mark where it is told
 * nothing else (`>`, `Out-File`), `cmd /u` the same without one: no text has a zero byte beside its first letter in UTF-8.
 */
export function encodingOf(start: Uint8Array): Encoding {
  const [first, second] = start;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (start.length < 2 || (first === 0) === (second === 0)) return 'utf-8';
  const encoding = first === 0 ? 'utf-16be' : 'utf-16le';
  // Binary data may have one zero there, and hardly the second.
  const isZeroNext = start.length < 4 || start[encoding === 'utf-16le' ? 3 : 2] === 0;
  return isZeroNext ? encoding : 'utf-8';
}

/**
 * Text of a file, without its byte order mark.
 *
 * @param fatal whether bytes that are no text are refused, rather than shown as U+FFFD
 * @throws TypeError where `fatal`, and the bytes are no text
 */
export function decodeText(bytes: Uint8Array, { fatal = false }: { readonly fatal?: boolean } = {}): string {
  return new TextDecoder(encodingOf(bytes), { fatal }).decode(bytes);
}

/** The bytes in UTF-8 where they are text in UTF-16, else as they are: for what may be text or binary. */
export function asUtf8(bytes: Buffer): Buffer {
  return encodingOf(bytes) === 'utf-8' ? bytes : Buffer.from(decodeText(bytes));
}
