import { Workshop } from '../../support/pfx-tools';

const workshop = new Workshop();
beforeAll(() => {
  workshop.selfSigned('leaf');
});
afterAll(() => {
  workshop.dispose();
});

const LEAF = ['-inkey', 'leaf.key', '-in', 'leaf.crt', '-name', 'leaf'];
const PASSWORDS = ['secret', 'Grüße 12€', '證書', 'key 🔑', ''];

describe('a PFX of OpenSSL', () => {
  const variants: [string, string[]][] = [
    ['its default (AES-256, SHA-256)', []],
    ['-legacy (RC2-40, 3DES, SHA-1)', ['-legacy']],
    ['3DES', ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']],
    ['two-key 3DES', ['-legacy', '-keypbe', 'PBE-SHA1-2DES', '-certpbe', 'PBE-SHA1-2DES']],
    ['RC2-128', ['-legacy', '-keypbe', 'PBE-SHA1-RC2-128', '-certpbe', 'PBE-SHA1-RC2-128']],
    ['RC2-40', ['-legacy', '-keypbe', 'PBE-SHA1-RC2-40', '-certpbe', 'PBE-SHA1-RC2-40']],
    ['RC4-128', ['-legacy', '-keypbe', 'PBE-SHA1-RC4-128', '-certpbe', 'PBE-SHA1-RC4-128']],
    ['RC4-40', ['-legacy', '-keypbe', 'PBE-SHA1-RC4-40', '-certpbe', 'PBE-SHA1-RC4-40']],
    ['AES-128', ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-128-CBC']],
    ['AES-192', ['-keypbe', 'AES-192-CBC', '-certpbe', 'AES-192-CBC']],
    ['Camellia', ['-keypbe', 'CAMELLIA-256-CBC', '-certpbe', 'CAMELLIA-128-CBC']],
    ['3DES in PBES2', ['-keypbe', 'DES-EDE3-CBC', '-certpbe', 'DES-EDE3-CBC']],
    ['certificates that are not encrypted', ['-certpbe', 'NONE']],
    ['nothing encrypted', ['-keypbe', 'NONE', '-certpbe', 'NONE']],
    ['nothing encrypted and no MAC', ['-keypbe', 'NONE', '-certpbe', 'NONE', '-nomac']],
    ['no MAC', ['-nomac']],
    ['a MAC of SHA-1', ['-macalg', 'sha1']],
    ['a MAC of SHA-384', ['-macalg', 'sha384']],
    ['a MAC of SHA-512', ['-macalg', 'sha512']],
    ['a MAC of MD5', ['-macalg', 'md5']],
    ['one iteration', ['-noiter', '-nomaciter']],
    ['300,000 iterations', ['-iter', '300000']],
  ];
  it.each(variants)('with %s is read', (_, options) => {
    workshop.openssl('pkcs12', '-export', ...LEAF, ...options, '-passout', 'pass:secret', '-out', 'o.p12');
    workshop.expectReadable('o.p12', 'secret');
  });

  it.each(PASSWORDS)('with the password "%s" is read, modern and legacy', (password) => {
    for (const options of [[], ['-legacy'], ['-nomac']]) {
      workshop.openssl('pkcs12', '-export', ...LEAF, ...options, '-passout', `pass:${password}`, '-out', 'o.p12');
      workshop.expectReadable('o.p12', password);
    }
  });

  it('without a password is read, whether none or an empty one is given', () => {
    workshop.openssl('pkcs12', '-export', ...LEAF, '-passout', 'pass:', '-out', 'o.p12');
    workshop.expectReadable('o.p12', undefined);
    workshop.expectReadable('o.p12', '');
  });
});
