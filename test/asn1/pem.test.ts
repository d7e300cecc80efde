import fc from 'fast-check';
import { derOf, firstPemBlock, hasPrivateKey, pemBeginnings, pemBlocks, toPem } from '../../lib/asn1/pem';

const labels = fc.constantFrom('CERTIFICATE', 'NEW CERTIFICATE REQUEST', 'PKCS #7 SIGNED DATA', 'RSA PRIVATE KEY');

describe('PEM', () => {
  it('gives back what was written, in its order, whatever stands around it', () => {
    const blocks = fc.array(fc.tuple(labels, fc.uint8Array()), { maxLength: 5 });
    const around = fc.string().filter((text) => !text.includes('-----'));
    fc.assert(
      fc.property(blocks, around, (written, noise) => {
        const text = written.map(([label, der]) => `${noise}\n${toPem(label, Buffer.from(der))}\r\n`).join(noise);
        expect(pemBlocks(text).map((block) => [block.label, [...derOf(block)]])).toEqual(
          written.map(([label, der]) => [label, [...der]]),
        );
        expect(pemBeginnings(text)).toEqual(written.map(([label]) => label));
      }),
    );
  });

  it('has lines of 64 characters and no end of line at the end', () => {
    const lines = toPem('CERTIFICATE', Buffer.alloc(100)).split('\n');
    expect(lines.map(({ length }) => length)).toEqual([27, 64, 64, 8, 25]);
  });

  it.each([
    ['without an end', '-----BEGIN CERTIFICATE-----\nAAAA'],
    ['with the end of another', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END PKCS7-----'],
    ['with a beginning inside', '-----BEGIN CERTIFICATE-----\n-----BEGIN PKCS7-----\n-----END CERTIFICATE-----'],
  ])('is no block %s', (_, text) => {
    expect(pemBlocks(text)).toEqual([]);
    expect(pemBeginnings(text)[0]).toBe('CERTIFICATE');
  });

  it('finds the frame that begins with the hyphens of the one before', () => {
    const text = '-----BEGIN PKCS7-----AA-----END PKCS7-----BEGIN CERTIFICATE-----BB-----END CERTIFICATE-----';
    expect(pemBlocks(text).map(({ label, body }) => [label, body])).toEqual([
      ['PKCS7', 'AA'],
      ['CERTIFICATE', 'BB'],
    ]);
  });

  it('takes the first block of a label, and none where that is cut off', () => {
    const whole = toPem('CERTIFICATE', Buffer.of(1));
    expect(firstPemBlock(`${toPem('CMS', Buffer.of(2))}\n${whole}`, 'CERTIFICATE')?.text).toBe(whole);
    expect(firstPemBlock(`${whole.slice(0, 30)}\n${whole}`, 'CERTIFICATE')).toBeUndefined();
  });

  it('reads a body of many megabytes', () => {
    const [block] = pemBlocks(toPem('CMS', Buffer.alloc(12_000_000)));
    expect(block === undefined ? 0 : derOf(block).length).toBe(12_000_000);
  });

  it('keeps the headers of an old encrypted key', () => {
    const text = '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----';
    expect(pemBlocks(text)).toEqual([expect.objectContaining({ text, body: expect.stringContaining('4,ENCRYPTED') })]);
  });

  it.each(['PRIVATE KEY', 'RSA PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'OPENSSH PRIVATE KEY'])(
    'sees the beginning of a %s, even cut off',
    (label) => {
      expect(hasPrivateKey(`text\n-----BEGIN ${label}-----\nAA`)).toBe(true);
    },
  );

  it('takes no time over a text full of beginnings and hyphens', () => {
    const text = '-----BEGIN CERTIFICATE-----\n'.repeat(20_000) + '- '.repeat(200_000) + 'A'.repeat(400_000);
    expect(pemBlocks(text)).toEqual([]);
  });
});
