import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { readPlan } from '../../lib/plan/plan';
import { holdsPrivateKey, inspect, withoutPrivateKeys } from '../../lib/plan/private-keys';
import { expectGrowthWithInput } from '../support/growth';
import { selfSigned } from '../support/self-signed';
import { privateKeys } from '../review/breakages/private-keys';
import { rawPlan, recordedNames, reviewRaw } from '../review/recorded-plan';

describe('private keys in a plan', () => {
  it.each(privateKeys())('are named by their place and never repeated: $what', ({ put, secret }) => {
    const plan = rawPlan('nothing-changed');
    put(plan);
    const review = reviewRaw(plan, 'nothing-changed');
    const [finding] = review.findings;

    expect(finding?.id).toBe('private-key-in-plan');
    const said = JSON.stringify(review);
    const lines = secret.split('\n').filter((line) => line.length > 30 && !isPublic(line));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(said).not.toContain(line.slice(0, 30));
  });

  /** What stands before the key, where both are in one text. */
  function isPublic(line: string): boolean {
    return /^-----[A-Z ]+-----$/.test(line) || selfSigned().pem.includes(line);
  }

  it.each([
    [
      'of a resource',
      { resource_changes: [{ address: 'a.b', change: { after: { value: 'X' } } }] },
      'a.b',
      'change.after.value',
    ],
    ['of a variable', { variables: { key: { value: 'X' } } }, 'variables', 'key.value'],
    ['in a list', { outputs: { all: ['public', 'X'] } }, 'outputs', 'all[1]'],
  ])('are found at the path %s', (_, json, address, path) => {
    const text = JSON.stringify(json).replace('X', '-----BEGIN PRIVATE KEY-----MC4CAQAwBQYDK2VwBCIEIA');
    expect(withoutPrivateKeys(JSON.parse(text)).places).toEqual([{ address, path }]);
  });

  it('are found where they pretend to be a certificate', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(holdsPrivateKey(pem.replaceAll('PRIVATE KEY', 'CERTIFICATE'))).toBe(true);
  });

  it('are found as age identities of either case, and as those of hardware tokens', () => {
    expect(holdsPrivateKey(`age-secret-key-1${'q'.repeat(58)}`)).toBe(true);
    expect(holdsPrivateKey(`AGE-PLUGIN-YUBIKEY-1${'Q'.repeat(40)}`)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['a sentence about them', 'never put a PRIVATE KEY into a plan, nor an AGE-SECRET-KEY of yours'],
    ['a certificate', selfSigned().pem],
    ['the base64 of a certificate', selfSigned().der.toString('base64')],
    ['a certificate as hexadecimal', selfSigned().der.toString('hex')],
    ['a public JSON Web Key', JSON.stringify({ kty: 'RSA', n: 'A'.repeat(300), e: 'AQAB' })],
    ['the base64 of a certificate in PEM', Buffer.from(selfSigned().pem).toString('base64')],
    ['the base64 of base64 of a certificate in PEM', twice(selfSigned().pem)],
    ['the body of a certificate in PEM without its first line', selfSigned().pem.split('\n').slice(2, -2).join('\n')],
    ['a UUID', '00000003-0000-0000-c000-000000000000'],
    ['a long word', 'MICROSOFT'.repeat(20)],
  ])('are not seen in %s', (_, text) => {
    expect(holdsPrivateKey(text)).toBe(false);
  });

  function twice(text: string): string {
    return Buffer.from(Buffer.from(text).toString('base64')).toString('base64');
  }

  it.each(recordedNames)('are not seen in the plan %s, which holds certificates', (name) => {
    expect(readPlan(rawPlan(name), name).privateKeys).toEqual([]);
  });

  it('leave the rest of the plan as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        fc.pre(!inspect(json).holdsPrivateKey);
        expect(withoutPrivateKeys(json)).toEqual({ cleaned: json, places: [] });
      }),
    );
  });

  it('are looked for in time that grows with the text only', () => {
    const hostile = [
      '-----BEGIN A',
      'AGE-SECRET-KEY-',
      '"kty""d',
      'LS0tLS1CRUdJTi',
      ' MA',
      '30 ',
      '-----BEGIN PRIVATE ',
      ...['BEGIN', 'BEGIN%20PRIVATE+', '<D>AAAA', 'AgKBgQ', '0281', '30:', 'A'.repeat(41), `${'A'.repeat(40)}\n`],
      ...['\\n', 'VFZSSmVFMT0', '\u00024'],
    ];
    for (const part of hostile) {
      expectGrowthWithInput(
        400_000,
        (size) => part.repeat(size / part.length),
        (text) => {
          expect(holdsPrivateKey(text)).toBe(false);
        },
      );
    }
  });
});
