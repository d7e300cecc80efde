import fc from 'fast-check';
import { Certificate } from '../../lib/certificates/certificate';
import { readCertificatesOnly } from '../../lib/certificates/certificates-only';
import { Vb365Error } from '../../lib/errors';
import { Authority } from '../support/authority';
import { openssl, opensslRequest, testKey } from '../support/openssl';
import { selfSigned } from '../support/self-signed';
import { thrownBy } from '../support/thrown';

const authority = new Authority();
const key = testKey('rsa-2048').export({ type: 'pkcs8', format: 'pem' }).toString();
const request = opensslRequest('rsa-2048', '/CN=leaf');
const leaf = authority.sign(request);
const all = [leaf, authority.issuing, authority.root];
const p7b = authority.convert('pkcs7-der', ...all);
const base64 = p7b.toString('base64').replace(/.{64}/g, '$&\r\n');

afterAll(() => {
  authority.dispose();
});

function subjectsOf(bytes: Buffer | string): string[] | undefined {
  return readCertificatesOnly(Buffer.from(bytes))?.map(({ subject }) => subject);
}

function framed(label: string, body: string): string {
  return `-----BEGIN ${label}-----\r\n${body}\r\n-----END ${label}-----\r\n`;
}

/** Every constructed element of the outer layers with an indefinite length, as writers of BER stream them. */
function indefinite(der: Buffer, layers: number): Buffer {
  const [tag = 0, length = 0] = der;
  const start = 2 + (length > 0x80 ? length & 0x7f : 0);
  const content = der.subarray(start);
  if (layers === 0 || (tag & 0x20) === 0) return der;
  const parts: Buffer[] = [];
  for (let rest = content; rest.length > 0;) {
    const octets = (rest[1] ?? 0) > 0x80 ? (rest[1] ?? 0) & 0x7f : 0;
    const size = 2 + octets + (octets === 0 ? (rest[1] ?? 0) : rest.readUIntBE(2, octets));
    const child = rest.subarray(0, size);
    // Certificates stay as they are signed.
    parts.push(tag === 0xa0 && layers === 1 ? child : indefinite(child, layers - 1));
    rest = rest.subarray(size);
  }
  return Buffer.concat([Buffer.of(tag, 0x80), ...parts, Buffer.of(0, 0)]);
}

describe('readCertificatesOnly', () => {
  const three = ['CN=leaf', 'CN=Test Issuing', 'CN=Test Root'];

  it.each<[string, Buffer | string, string[]]>([
    ['PEM', all.join(''), three],
    ['PEM in another order, with text around it', `Root:\n${all.toReversed().join('and\n')}`, three.toReversed()],
    [
      'PEM with the line ends of Windows and a byte order mark',
      `\uFEFF${all.join('').replaceAll('\n', '\r\n')}`,
      three,
    ],
    ['PEM in UTF-16', Buffer.from(`\uFEFF${all.join('')}`, 'utf16le'), three],
    ['the same certificate twice', leaf + leaf, ['CN=leaf']],
    ['a certificate in DER', authority.convert('der', leaf), ['CN=leaf']],
    ['a certificate in base64 alone', authority.convert('der', leaf).toString('base64'), ['CN=leaf']],
    ['a certificate that OpenSSL calls trusted', openssl(['x509', '-trustout'], leaf), ['CN=leaf']],
    ['PKCS#7 in DER', p7b, three],
    ['PKCS#7 in PEM', authority.convert('pkcs7-pem', ...all), three],
    ['PKCS#7 as CMS', framed('CMS', base64), three],
    ['PKCS#7 under the label of a certificate', framed('CERTIFICATE', base64), three],
    ['PKCS#7 in base64 alone', base64, three],
    ['PKCS#7 in BER', indefinite(p7b, 3), three],
    [
      'PKCS#7 and a certificate in one file',
      framed('PKCS7', base64) + selfSigned().pem,
      [...three, 'CN=VB365 contoso'],
    ],
  ])('reads %s', (_, bytes, expected) => {
    expect(subjectsOf(bytes)?.sort()).toEqual(expected.toSorted());
  });

  it('keeps the octets of a certificate that are signed', () => {
    const found = readCertificatesOnly(indefinite(p7b, 3))?.map(({ thumbprint }) => thumbprint);
    expect(found).toContain(Certificate.fromPem(leaf).thumbprint);
  });

  it.each<[string, Buffer | string]>([
    ['nothing', ''],
    ['text', 'hello, world'],
    ['a private key beside a certificate', leaf + key],
    ['a PFX in PEM', framed('PKCS12', 'MIIC')],
    ['ASN.1 of another kind', Buffer.from('3003020103', 'hex')],
    ['a private key in DER', testKey('rsa-2048').export({ type: 'pkcs8', format: 'der' })],
    ['a megabyte', Buffer.alloc(1024 * 1024 + 1, 'A')],
  ])('leaves %s to others', (_, bytes) => {
    expect(subjectsOf(bytes)).toBeUndefined();
  });

  it.each<[string, Buffer | string, RegExp]>([
    ['PKCS#7 that is cut off', p7b.subarray(0, 500), /cut off or damaged/],
    ['PKCS#7 without certificates', authority.convert('pkcs7-pem'), /no certificate/],
    ['PKCS#7 of another kind', Buffer.from('300f06092a864886f70d010701a0020400', 'hex'), /another kind/],
    ['PEM that is cut off', leaf.slice(0, -40), /cut off/],
    ['PEM of garbage', framed('CERTIFICATE', 'AAAA'), /damaged/],
    ['PEM of nothing', framed('PKCS7', ''), /damaged/],
    ['one damaged certificate among good ones', leaf + framed('CERTIFICATE', 'MIIC'), /damaged/],
    ['more certificates than any authority sends', leaf.repeat(201), /more than 200/],
    ['the request itself', request, /request, not the answer/],
  ])('refuses %s', (_, bytes, message) => {
    const error = thrownBy(() => subjectsOf(bytes));
    expect(error?.code).toBe('answer-unreadable');
    expect(error?.message).toMatch(message);
  });

  it('reads or refuses whatever it is given, and never fails otherwise', () => {
    const samples = [p7b, indefinite(p7b, 3), Buffer.from(leaf), Buffer.from(framed('PKCS7', base64))];
    const edited = fc
      .record({
        sample: fc.constantFrom(...samples),
        edits: fc.array(fc.record({ at: fc.nat(), octet: fc.nat({ max: 255 }) }), { maxLength: 4 }),
        cut: fc.option(fc.nat()),
      })
      .map(({ sample, edits, cut }) => {
        const bytes = Buffer.from(sample);
        for (const { at, octet } of edits) bytes[at % bytes.length] = octet;
        return cut === null ? bytes : bytes.subarray(0, cut % bytes.length);
      });
    const random = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
    const nested = fc.nat({ max: 5_000 }).map((depth) => Buffer.from('3080'.repeat(depth), 'hex'));
    fc.assert(
      fc.property(fc.oneof(edited, random, nested), (bytes) => {
        try {
          readCertificatesOnly(bytes);
        } catch (error) {
          if (!(error instanceof Vb365Error)) throw error;
          expect(error.code).toBe('answer-unreadable');
        }
      }),
      { numRuns: 500 },
    );
  });
});
