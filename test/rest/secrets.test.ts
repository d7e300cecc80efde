import fc from 'fast-check';
import { RestSecrets } from '../../lib/rest/secrets';

describe('RestSecrets', () => {
  it('takes a secret out of whatever form it is repeated in', () => {
    const secret = 'pass word"&+\\canary';
    const secrets = new RestSecrets();
    secrets.add(secret, '');
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret)]) {
      expect(secrets.clean(`before ${form} after`)).toMatch(/^before "?\[secret\]"? after$/);
    }
  });

  it('never repeats a secret, whatever stands around it', () => {
    const secret = 'c4nary-ßecret';
    const secrets = new RestSecrets();
    secrets.add(secret);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (before, after) => {
        expect(secrets.clean(before + secret + after)).not.toContain(secret);
      }),
    );
  });

  it('takes out long texts that nobody reads, and keeps thumbprints', () => {
    const secrets = new RestSecrets();
    const sha256 = 'A'.repeat(64);
    expect(secrets.clean(`key ${'b'.repeat(65)} of ${sha256}`)).toBe(`key […] of ${sha256}`);
  });

  it('leaves one line without characters that move a cursor, cut where it is long', () => {
    const cleaned = new RestSecrets().clean(`a\r\n\u001b[31mb\u202ec ${'d '.repeat(5000)}`);
    expect(cleaned.startsWith('a [31mb c d')).toBe(true);
    expect(cleaned).toHaveLength(1201);
  });
});
