import fc from 'fast-check';
import { asn1 } from 'node-forge';
import { childrenOf, integerOf, octetsOf, oidOf, parseAsn1, readAsn1, Tag } from '../../lib/asn1/read';
import { bmpString, der, integer, objectIdentifier, octetString, sequence, setOf } from '../../lib/asn1/write';
import { thrownBy } from '../support/thrown';

function bytes(hex: string): Buffer {
  return Buffer.from(hex.replaceAll(' ', ''), 'hex');
}

function codeOf(work: () => unknown): string | undefined {
  return thrownBy(work)?.code;
}

describe('ASN.1 of a PFX', () => {
  it.each([
    ['nothing', '', 'truncated'],
    ['a tag alone', '30', 'truncated'],
    ['a length cut off', '30 82 01', 'truncated'],
    ['content cut off', '30 02 05', 'truncated'],
    ['an indefinite length without end', '30 80 05 00', 'truncated'],
    ['half an end marker', '30 80 00', 'truncated'],
    ['the end marker in place of an element', '00 00', 'malformed'],
    ['a tag of several octets', '3f 81 01 00', 'malformed'],
    ['a length of five octets', '30 85 00 00 00 00 00', 'malformed'],
    ['an indefinite length of something primitive', '04 80 00 00', 'malformed'],
    ['levels without end', '30 80'.repeat(40), 'malformed'],
  ])('of %s is no element', (_, hex, expected) => {
    expect(parseAsn1(bytes(hex))).toBe(expected);
  });

  it('leaves what follows the first element alone', () => {
    const node = readAsn1(bytes('04 01 aa ff ff'), 'it');
    expect(node.encoded).toEqual(bytes('04 01 aa'));
    expect(node.content).toEqual(bytes('aa'));
  });

  it('finds the end of indefinite lengths inside each other', () => {
    const node = readAsn1(bytes('30 80 30 80 04 02 00 00 00 00 05 00 00 00 ff'), 'it');
    expect(childrenOf(node, Tag.sequence, 'it').map(({ tag }) => tag)).toEqual([0x30, 0x05]);
    expect(node.encoded).toHaveLength(14);
  });

  it('joins a string that comes in pieces, and in pieces of pieces', () => {
    const node = readAsn1(bytes('24 80 04 01 aa 24 06 04 01 bb 04 01 cc 00 00'), 'it');
    expect(octetsOf(node, Tag.octetString, 'it')).toEqual(bytes('aabbcc'));
  });

  it.each([
    [
      'children that do not fill their parent',
      () => childrenOf(readAsn1(bytes('30 03 05 00 04'), 'it'), Tag.sequence, 'it'),
    ],
    ['children of something else', () => childrenOf(readAsn1(bytes('31 00'), 'it'), Tag.sequence, 'it')],
    ['children of nothing', () => childrenOf(undefined, Tag.sequence, 'it')],
    ['octets of something else', () => octetsOf(readAsn1(bytes('02 01 01'), 'it'), Tag.octetString, 'it')],
    ['an empty identifier', () => oidOf(readAsn1(bytes('06 00'), 'it'), 'it')],
    ['an identifier without end of size', () => oidOf(readAsn1(der(6, Buffer.alloc(257, 1)), 'it'), 'it')],
    ['an empty number', () => integerOf(readAsn1(bytes('02 00'), 'it'), 'it')],
    ['a negative number', () => integerOf(readAsn1(bytes('02 01 80'), 'it'), 'it')],
  ])('is damaged where one asks for %s', (_, read) => {
    expect(codeOf(read)).toBe('pfx-damaged');
  });

  it('is read as node-forge writes it, and written as node-forge reads it', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), fc.uint8Array({ maxLength: 70_000 }), (number, octets) => {
        const written = sequence(integer(number), octetString(Buffer.from(octets)));
        const [first, second] = childrenOf(readAsn1(written, 'it'), Tag.sequence, 'it');
        expect(integerOf(first, 'it')).toBe(number);
        expect(octetsOf(second, Tag.octetString, 'it').equals(octets)).toBe(true);
        const foreign = asn1.fromDer(written.toString('binary'));
        expect(Buffer.from(asn1.toDer(foreign).getBytes(), 'binary').equals(written)).toBe(true);
        expect(asn1.integerToDer(number).getBytes()).toBe(first!.content.toString('binary'));
      }),
      { numRuns: 50 },
    );
  });

  it.each(['1.2.840.113549.1.12.10.1.2', '2.16.840.1.101.3.4.1.42', '1.3.6.1.4.1.311.17.1', '2.5.29.15', '0.9.2342'])(
    'keeps the identifier %s, as node-forge encodes it',
    (dotted) => {
      const written = objectIdentifier(dotted);
      expect(written.subarray(2).toString('binary')).toBe(asn1.oidToDer(dotted).getBytes());
      expect(oidOf(readAsn1(written, 'it'), 'it')).toBe(dotted);
    },
  );

  it('sorts the members of a set and writes text in UTF-16', () => {
    expect(setOf(bytes('04 01 02'), bytes('04 01 01'))).toEqual(bytes('31 06 04 01 01 04 01 02'));
    expect(bmpString('ä€🔑')).toEqual(bytes('1e 08 00e4 20ac d83d dd11'));
  });
});
