import * as crypto from 'node:crypto';
import fc from 'fast-check';
import { md, pkcs12, util } from 'node-forge';
import { type HashName, KeyDerivation, KeyPurpose } from '../../../lib/certificates/pfx/key-derivation';
import { encodePkcs12Password, passwordEncodings } from '../../../lib/certificates/pfx/password';
import { thrownBy } from '../../support/thrown';

const small = { hash: 'sha256', password: Buffer.from('x'), salt: Buffer.from('salt'), length: 32 } as const;

describe('key derivation of PKCS#12', () => {
  it('is that of node-forge, whatever hash, purpose, password and length', () => {
    const parameters = fc.record({
      hash: fc.constantFrom('sha1', 'sha256', 'sha384', 'sha512'),
      purpose: fc.constantFrom(...Object.values(KeyPurpose)),
      password: fc.string({ minLength: 1, maxLength: 100 }),
      salt: fc.uint8Array({ minLength: 1, maxLength: 200 }).map((octets) => Buffer.from(octets)),
      iterations: fc.integer({ min: 1, max: 5 }),
      length: fc.integer({ min: 1, max: 100 }),
    });
    fc.assert(
      fc.property(parameters, ({ password, ...rest }) => {
        const made = new KeyDerivation().pkcs12({ ...rest, password: encodePkcs12Password(password) });
        expect(made.toString('hex')).toBe(forgeKey({ password, ...rest }));
      }),
    );
  });

  it('makes a key of no password at all', () => {
    const derivation = new KeyDerivation();
    const common = { ...small, purpose: KeyPurpose.mac, iterations: 2 };
    const [terminator, nothing] = passwordEncodings(undefined).pkcs12;
    expect(derivation.pkcs12({ ...common, password: nothing! })).not.toEqual(
      derivation.pkcs12({ ...common, password: terminator! }),
    );
  });
});

describe('key derivation', () => {
  it('by PBKDF2 is that of the platform', () => {
    const expected = crypto.pbkdf2Sync('x', 'salt', 1000, 32, 'sha256');
    expect(new KeyDerivation().pbkdf2({ ...small, iterations: 1000 })).toEqual(expected);
  });

  it('counts blocks as well as iterations, over everything that is asked for', () => {
    const derivation = new KeyDerivation();
    derivation.pbkdf2({ ...small, iterations: 1000, length: 64 });
    expect(thrownBy(() => derivation.pbkdf2({ ...small, iterations: 9_999_999 }))?.message).toMatch(
      /^an iteration count of 9999999 takes 9999999 rounds of hashing; 9998000 are left of the 10000000 /,
    );
    expect(thrownBy(() => derivation.pbkdf2({ ...small, iterations: 9_998_001 }))?.code).toBe(
      'pfx-iterations-too-many',
    );
    expect(thrownBy(() => derivation.pbkdf2({ ...small, iterations: 5_000_000, length: 64 }))?.code).toBe(
      'pfx-iterations-too-many',
    );
  });

  it('with no iteration at all is damage', () => {
    expect(thrownBy(() => new KeyDerivation().pbkdf2({ ...small, iterations: 0 }))?.code).toBe('pfx-damaged');
  });
});

describe('encodings of a password', () => {
  it('are one for MAC and old ciphers where the password is ASCII', () => {
    expect(passwordEncodings('ab').pkcs12).toEqual([Buffer.from('006100620000', 'hex')]);
  });

  it('begin with what RFC 7292 and RFC 8018 say', () => {
    const {
      pkcs12: [first],
      pbes2: [second],
    } = passwordEncodings('€🔑');
    expect(first).toEqual(Buffer.from('20acd83ddd110000', 'hex'));
    expect(second).toEqual(Buffer.from('€🔑', 'utf8'));
  });

  it('hold the octets that OpenSSL before 1.1.0 made of letters', () => {
    expect(passwordEncodings('ä').pkcs12).toContainEqual(Buffer.from('00c300a40000', 'hex'));
  });

  it('are the same for none and an empty one', () => {
    expect(passwordEncodings('')).toEqual(passwordEncodings(undefined));
  });
});

interface Parameters {
  readonly hash: HashName;
  readonly purpose: 1 | 2 | 3;
  readonly password: string;
  readonly salt: Buffer;
  readonly iterations: number;
  readonly length: number;
}

function forgeKey({ hash, purpose, password, salt, iterations, length }: Parameters): string {
  const digests = { sha1: md.sha1, sha256: md.sha256, sha384: md.sha384, sha512: md.sha512 };
  const digest = digests[hash as keyof typeof digests].create();
  const saltBuffer = util.createBuffer(salt.toString('binary'));
  return pkcs12.generateKey(password, saltBuffer, purpose, iterations, length, digest).toHex();
}
