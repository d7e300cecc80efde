import { createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import { Certificate } from '../../../lib/certificates/certificate';
import { readPfx } from '../../../lib/certificates/pfx/read';
import { type PfxOptions, writePfx } from '../../../lib/certificates/pfx/write';
import { readPemPair } from '../../../lib/certificates/pem-pair';
import { opensslCertificate, testKey } from '../../support/openssl';
import { itWith, Workshop } from '../../support/pfx-tools';
import { thrownBy } from '../../support/thrown';

const workshop = new Workshop();
let pair: ReturnType<typeof readPemPair>;
beforeAll(() => {
  workshop.makeChain();
  pair = readPemPair(['leaf.key', 'leaf.crt', 'all.crt'].map((name) => workshop.read(name).toString()));
});
afterAll(() => {
  workshop.dispose();
});

function write(options: Partial<PfxOptions> = {}): Buffer {
  return writePfx({ ...pair, password: 'secret', friendlyName: 'VB365 contoso', ...options });
}

/** What OpenSSL tells of the file, keys and certificates included. */
function opensslSays(options: Partial<PfxOptions>): string {
  workshop.write('w.pfx', write(options));
  const password = `pass:${options.password ?? 'secret'}`;
  return workshop.openssl('pkcs12', '-in', 'w.pfx', '-nodes', '-passin', password);
}

const BOTH = ['modern', 'legacy'] as const;
const PASSWORDS = ['secret', 'Grüße 12€', '證書 🔑', ''];

describe.each(BOTH)('writePfx, %s', (encryption) => {
  it.each(PASSWORDS)('writes for OpenSSL with the password "%s"', (password) => {
    const said = opensslSays({ encryption, password });
    expect(readPemPair(said).certificate.equals(pair.certificate)).toBe(true);
    expect(Certificate.allFromPem(said)).toHaveLength(3);
  });

  it('ties key and leaf together by name and SHA-1 of the leaf, and names the provider on the key', () => {
    const said = opensslSays({ encryption });
    const id = pair.certificate.thumbprint.match(/../g)!.join(' ');
    expect(said.match(/friendlyName: VB365 contoso/g)).toHaveLength(2);
    expect(said.match(new RegExp(`localKeyID: ${id}`, 'g'))).toHaveLength(2);
    expect(said.match(/Microsoft CSP Name: .*/g)).toEqual([
      'Microsoft CSP Name: Microsoft Enhanced RSA and AES Cryptographic Provider',
    ]);
  });

  for (const password of ['Grüße 證書 🔑', '']) {
    itWith('certtool')(`writes for GnuTLS with the password "${password}"`, () => {
      workshop.write('w.pfx', write({ encryption, password, friendlyName: 'Büro' }));
      const said = workshop.run('certtool', ['--p12-info', '--inder', '--infile', 'w.pfx', `--password=${password}`]);
      expect(said.match(/Friendly name: Büro/g)).toHaveLength(2);
      expect(said).toContain('BEGIN ENCRYPTED PRIVATE KEY');
    });

    itWith('pk12util')(`writes for NSS with the password "${password}"`, () => {
      workshop.write('w.pfx', write({ encryption, password }));
      const said = workshop.run('pk12util', ['-l', 'w.pfx', '-W', password, '-d', 'sql:.']);
      expect(said).toContain('Key(shrouded):');
      expect(said.match(/^Certificate/gm)).toHaveLength(3);
    });
  }

  // Java reads passwords of printable ASCII only, and asks where there is none.
  itWith('keytool')('writes for Java, with key and chain', () => {
    workshop.write('w.pfx', write({ encryption }));
    const said = workshop.run('keytool', [
      '-list',
      '-v',
      '-keystore',
      'w.pfx',
      '-storetype',
      'PKCS12',
      '-storepass',
      'secret',
    ]);
    expect(said).toContain('Entry type: PrivateKeyEntry');
    expect(said).toContain('Certificate chain length: 3');
  });

  it('writes what readPfx reads, whatever password and name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (password, friendlyName) => {
        const read = readPfx(write({ encryption, password, friendlyName }), password);
        expect(read.certificate.equals(pair.certificate)).toBe(true);
        expect(read.privateKey.equals(pair.privateKey)).toBe(true);
        expect(read.chain.map(({ pem }) => pem)).toEqual(pair.chain.map(({ pem }) => pem));
      }),
      { numRuns: 5 },
    );
  });

  it('opens with no other password', () => {
    const pfx = write({ encryption });
    expect(thrownBy(() => readPfx(pfx, 'Secret'))?.code).toBe('pfx-password-wrong');
  });
});

describe('writePfx', () => {
  it.each([
    ['modern', /MAC: sha256, Iteration 100000[^]*PBES2, PBKDF2, AES-256-CBC, Iteration 100000, PRF hmacWithSHA256/],
    ['legacy', /MAC: sha1, Iteration 10000[^]*pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 10000/],
  ] as const)('takes the ciphers of %s', (encryption, expected) => {
    workshop.write('w.pfx', write({ encryption }));
    expect(workshop.opensslInfo('w.pfx', 'secret')).toMatch(expected);
  });

  it('is modern where nothing is said', () => {
    workshop.write('w.pfx', write());
    expect(workshop.opensslInfo('w.pfx', 'secret')).toContain('AES-256-CBC');
  });

  it('takes another provider', () => {
    expect(opensslSays({ cspName: 'Contoso Provider' })).toContain('Microsoft CSP Name: Contoso Provider');
  });

  it('leaves no attributes on issuers, and no chain where there is none', () => {
    expect(opensslSays({}).match(/Bag Attributes: <No Attributes>/g)).toHaveLength(2);
    expect(Certificate.allFromPem(opensslSays({ chain: [] }))).toHaveLength(1);
  });

  it('never writes the same file twice', () => {
    expect(write().equals(write())).toBe(false);
  });

  it('never shows the key in the file', () => {
    const der = pair.privateKey.export({ type: 'pkcs8', format: 'der' });
    for (const encryption of BOTH) expect(write({ encryption }).includes(der.subarray(100, 120))).toBe(false);
  });

  it('fails with certificate-of-another-key for a key that is not the one of the certificate', () => {
    const error = thrownBy(() => write({ privateKey: testKey('rsa-2048') }));
    expect(error?.code).toBe('certificate-of-another-key');
    expect(error?.message).toContain(pair.certificate.thumbprint);
  });

  it.each([
    ['private-key-not-rsa', 'ec'],
    ['private-key-too-small', 'rsa-1024'],
  ] as const)('fails with %s for a key of the kind %s', (code, key) => {
    const options = { certificate: opensslCertificate({ key }), privateKey: testKey(key) };
    expect(thrownBy(() => write(options))?.code).toBe(code);
  });

  it('fails for a public key', () => {
    const error = thrownBy(() => write({ privateKey: createPublicKey(pair.privateKey) }));
    expect(error?.code).toBe('private-key-missing');
  });
});
