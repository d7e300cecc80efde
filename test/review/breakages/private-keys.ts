import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { RawPlan } from '../recorded-plan';
import { add, find, set } from './edits';
import { certificate } from './foreign-certificate';

/** Private keys in every form in which one gets into a plan, each put elsewhere. */
export function privateKeys(): {
  readonly what: string;
  readonly put: (plan: RawPlan) => void;
  readonly secret: string;
}[] {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const pem = pemOf(privateKey, 'pkcs8');
  const der = privateKey.export({ type: 'pkcs8', format: 'der' });
  const oldDer = privateKey.export({ type: 'pkcs1', format: 'der' });
  const jwk = privateKey.export({ format: 'jwk' });
  const locked = privateKey.export({ type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase: 'secret' });
  const pfx = Buffer.concat([
    Buffer.from('308209a60201033082096c06092a864886f70d010701', 'hex'),
    Buffer.alloc(2000, 7),
  ]);
  const age = `AGE-SECRET-KEY-1${'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'.repeat(2).slice(0, 58)}`;
  const value = (secret: string, what: string, put: (plan: RawPlan, text: string) => void) => ({
    what,
    secret,
    put: (plan: RawPlan): void => {
      put(plan, secret);
    },
  });
  const note = (plan: RawPlan, notes: unknown): void => {
    const { change } = find(plan, 'azuread_application');
    set({ notes }, 'before')(change);
    set({ notes })(change);
  };
  return [
    value(pem, 'PEM in a variable', (plan, text) => (plan.variables = { key: { value: text } })),
    value(pemOf(privateKey, 'pkcs1'), 'PEM of PKCS#1 in an output', (plan, text) => {
      plan.output_changes.key = { before: null, after: { text } };
    }),
    value(pemOf(curve, 'sec1'), 'PEM of a curve', note),
    value(`${certificate('2026-01-01', '2027-01-01').pem}\n${pem}`, 'behind a certificate', note),
    value(Buffer.from(pem).toString('base64'), 'base64 of PEM', note),
    value(encodeURIComponent(pem), 'PEM as a part of an address', note),
    value(base64(`Bag Attributes\n    friendlyName: x\n${pem}`), 'base64 of text with PEM in it', note),
    value(base64(`Bag\n${pem}`).replace(/.{76}/g, '$&\n'), 'lines of base64 of text with PEM in it', note),
    value(Buffer.from(pem, 'utf16le').toString('base64'), 'base64 of PEM in UTF-16', note),
    value(base64(base64(pem)), 'base64 of base64 of PEM', note),
    value(`0x${der.toString('hex')}`, 'hexadecimal with a prefix', note),
    value(Buffer.from(pem).toString('hex'), 'hexadecimal of PEM', note),
    value(der.toString('hex').replace(/..(?=.)/g, '$&:'), 'hexadecimal with colons', note),
    value(pem.split('\n').slice(1, -2).join('\n'), 'PEM without its first and last line', note),
    value(pem.split('\n').slice(2, -2).join('\n'), 'PEM without its first two lines', note),
    value(pem.split('\n').slice(2, -2).join('\\n'), 'PEM without its first two lines, with escaped line ends', note),
    value(`---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n${'P2/56wAAANwAAA'.repeat(4)}`, 'SSH2', note),
    value(`<RSAKeyValue><D>${jwk.d?.replaceAll('_', '/').replaceAll('-', '+')}</D></RSAKeyValue>`, 'XML of .NET', note),
    value(der.toString('base64'), 'base64 of DER', note),
    value(der.toString('base64url'), 'base64url of DER', note),
    value(oldDer.toString('base64'), 'base64 of PKCS#1', note),
    value(der.toString('hex'), 'hexadecimal', note),
    value(locked.toString('base64'), 'encrypted', note),
    value(pfx.toString('base64'), 'PFX', (plan, text) => (plan.prior_state = { values: { pfx: text } })),
    value(age, 'an age identity in the configuration', (plan, text) => {
      plan.configuration = { ...Object(plan.configuration), note: text };
    }),
    value(jwk.d ?? '', 'a JSON Web Key', (plan) => {
      note(plan, { keys: [jwk] });
    }),
    value(jwk.d ?? '', 'a JSON Web Key as text', (plan) => {
      note(plan, JSON.stringify(jwk));
    }),
    value(pem, 'a name', (plan, text) => (plan.variables = { [text]: { value: 1 } })),
    value(age, 'the key of an instance', (plan, text) => {
      add('azuread_application', {}, 'no-op', `added["${text}"]`)(plan);
    }),
  ];
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function pemOf(key: KeyObject, type: 'pkcs8' | 'pkcs1' | 'sec1'): string {
  return key.export({ type, format: 'pem' }).toString();
}
