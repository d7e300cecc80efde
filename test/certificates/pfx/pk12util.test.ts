import { itWith, Workshop } from '../../support/pfx-tools';

const workshop = new Workshop();
beforeAll(() => {
  workshop.selfSigned('leaf');
});
afterAll(() => {
  workshop.dispose();
});

const LEAF = ['-inkey', 'leaf.key', '-in', 'leaf.crt', '-name', 'leaf'];
describe('a PFX of NSS pk12util', () => {
  const database = ['-d', 'sql:.'];
  let isReady = false;
  /** The first test makes the database: where the tool is missing there is no test. */
  function exportLeaf(password: string, options: readonly string[]): void {
    if (!isReady) {
      workshop.openssl('pkcs12', '-export', ...LEAF, '-passout', 'pass:in', '-out', 'in.p12');
      workshop.run('certutil', ['-N', ...database, '--empty-password']);
      workshop.run('pk12util', ['-i', 'in.p12', ...database, '-W', 'in']);
      isReady = true;
    }
    workshop.run('pk12util', ['-o', 'n.p12', '-n', 'leaf', ...database, '-W', password, ...options]);
  }

  // NSS derives its keys in 600,000 rounds, which takes a second: no two variants differ where one would do.
  const variants: [string, string[]][] = [
    ['Camellia and AES-192', ['-c', 'CAMELLIA-256-CBC', '-C', 'AES-192-CBC']],
    ['RC2-40', ['-C', 'PKCS #12 V2 PBE With SHA-1 And 40 Bit RC2 CBC']],
    ['certificates that are not encrypted', ['-C', 'none']],
    ['a MAC of SHA-1', ['-M', 'SHA-1']],
  ];
  for (const [name, options] of variants) {
    itWith('pk12util')(`with ${name} is read`, () => {
      exportLeaf('Grüße €', options);
      workshop.expectReadable('n.p12', 'Grüße €');
    });
  }

  for (const password of ['Grüße 證書 🔑', '']) {
    itWith('pk12util')(`with its defaults, in BER, and the password "${password}" is read`, () => {
      exportLeaf(password, []);
      workshop.expectReadable('n.p12', password);
    });
  }
});
