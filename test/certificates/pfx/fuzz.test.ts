import fc from 'fast-check';
import { readPemPair } from '../../../lib/certificates/pem-pair';
import { readPfx } from '../../../lib/certificates/pfx/read';
import { Vb365Error } from '../../../lib/errors';
import { expectGrowthWithInput } from '../../support/growth';
import { Workshop } from '../../support/pfx-tools';

const workshop = new Workshop();
const files = new Map<string, Buffer>();
beforeAll(() => {
  workshop.selfSigned('leaf');
  const options = {
    protected: [],
    legacy: ['-legacy'],
    withoutMac: ['-nomac'],
    open: ['-nomac', '-keypbe', 'NONE', '-certpbe', 'NONE'],
  };
  for (const [name, more] of Object.entries(options)) {
    const leaf = ['-inkey', 'leaf.key', '-in', 'leaf.crt', '-passout', 'pass:secret', '-iter', '1', ...more];
    workshop.openssl('pkcs12', '-export', ...leaf, '-out', `${name}.p12`);
    files.set(name, workshop.read(`${name}.p12`));
  }
});
afterAll(() => {
  workshop.dispose();
});

/** Reads or fails with a code; whatever else is thrown fails the test. */
function outcome(read: () => unknown): string {
  try {
    read();
    return 'read';
  } catch (error) {
    if (error instanceof Vb365Error) return error.code;
    throw error;
  }
}

const fileName = fc.constantFrom('protected', 'legacy', 'withoutMac', 'open');
const edit = fc.record({ at: fc.nat(), octet: fc.nat({ max: 255 }) });

function withEdits(bytes: Buffer, edits: readonly { at: number; octet: number }[]): Buffer {
  const edited = Buffer.from(bytes);
  for (const { at, octet } of edits) edited[at % edited.length] = octet;
  return edited;
}

describe('a hostile file', () => {
  it.each(['protected', 'legacy', 'withoutMac', 'open'])('that breaks off anywhere is truncated (%s)', (name) => {
    const bytes = files.get(name)!;
    const codes = Array.from({ length: bytes.length - 1 }, (_, index) =>
      outcome(() => readPfx(bytes.subarray(0, index + 1), 'secret')),
    );
    expect(new Set(codes)).toEqual(new Set(['pfx-truncated']));
  });

  it('with octets changed is read or refused with a code', () => {
    fc.assert(
      fc.property(fileName, fc.array(edit, { minLength: 1, maxLength: 4 }), (name, edits) => {
        outcome(() => readPfx(withEdits(files.get(name)!, edits), 'secret'));
      }),
      { numRuns: 1000 },
    );
  });

  it('with any single octet of its frame changed is read or refused with a code', () => {
    // The first and last octets are the structure; what lies between is mostly ciphertext.
    const bytes = files.get('open')!;
    for (let at = 0; at < bytes.length; at += at < 200 ? 1 : 17) {
      for (const octet of [0, 1, 0x24, 0x30, 0x7f, 0x80, 0xff]) {
        outcome(() => readPfx(withEdits(bytes, [{ at, octet }]), 'secret'));
      }
    }
  });

  it('of a protected content is never read after a change to what the MAC covers', () => {
    const bytes = files.get('protected')!;
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: bytes.length - 120 }),
        fc.integer({ min: 1, max: 255 }),
        (at, difference) => {
          const edited = Buffer.from(bytes);
          edited[at] = edited[at]! ^ difference;
          expect(outcome(() => readPfx(edited, 'secret'))).toBe('pfx-password-wrong');
        },
      ),
    );
  });

  it('of random octets, also behind the head of a PFX, is refused with a code', () => {
    const head = Buffer.from('3080020103', 'hex');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (octets, withHead) => {
        expect(outcome(() => readPfx(withHead ? Buffer.concat([head, octets]) : octets, 'x'))).not.toBe('read');
      }),
      { numRuns: 1000 },
    );
  });

  const levels = (octets: number): Buffer => Buffer.from('3080'.repeat(octets / 2), 'hex');
  const inPfx = (octets: number): Buffer => Buffer.concat([Buffer.from('3080020103', 'hex'), levels(octets)]);

  it.each<[string, string, (octets: number) => string | Buffer]>([
    ['private keys', 'private-key-missing', (octets) => '-----BEGIN PRIVATE KEY-----\n'.repeat(octets / 28)],
    ['levels', 'pfx-not-a-pfx', levels],
    ['levels in a PFX', 'pfx-damaged', inPfx],
    ['blanks', 'pfx-not-a-pfx', (octets) => Buffer.from(' '.repeat(octets))],
  ])('of beginnings of %s without end keeps the reader busy for as long as they are only', (_, code, beginnings) => {
    expectGrowthWithInput(800_000, beginnings, (input) => {
      expect(outcome(() => (typeof input === 'string' ? readPemPair(input) : readPfx(input, 'x')))).toBe(code);
    });
  });
});
