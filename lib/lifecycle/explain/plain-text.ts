import { stripVTControlCharacters } from 'node:util';

const JWT = /(?<![\w-])(eyJ[\w-]{10,4000})\.[\w.-]*/g;
/** A box of Terraform (`│`), the margin of PowerShell 7 (`     | `), and quotes of a mail. */
const MARGIN = /\r?\n[ \t]{0,20}[│╷╵|>][ \t]?/g;
/** A thumbprint that a window of some width has cut in two. */
const CUT_HEX = /(?<![0-9a-z])([0-9a-f]{1,63})[ \t]?\r?\n[ \t]{0,20}([0-9a-f]{1,63})(?![0-9a-z])/gi;
const HEX_LENGTHS: readonly number[] = [40, 64];

/**
 * What a text says without its dressing: colours, the frames of Terraform and PowerShell, escapes of JSON, HTML and URLs; and with the
 * header of a token in its place.
 */
export function plainText(text: string): string {
  const unescaped = text.replace(/(?<!\\)\\{1,16}u([0-9a-f]{4})/gi, (_, digits: string) =>
    String.fromCharCode(parseInt(digits, 16)),
  );
  return stripVTControlCharacters(unescaped)
    .replace(/(?<!\\)\\{1,16}[rnt]/g, ' ')
    .replace(/(?<!\\)\\{1,16}(["'/])/g, '$1')
    .replace(/%([2-7][0-9a-f])/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))
    .replace(/&(?:#0?39|#x27|apos);/gi, "'")
    .replace(/&(?:#34|quot);/gi, '"')
    .replace(/\p{Cf}/gu, '')
    .replace(MARGIN, '\n')
    .replace(CUT_HEX, (all, head: string, tail: string) =>
      HEX_LENGTHS.includes(head.length + tail.length) ? head + tail : all,
    )
    .replace(JWT, (_, header: string) => Buffer.from(header, 'base64url').toString('utf8'));
}
