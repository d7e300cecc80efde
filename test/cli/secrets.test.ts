import { createPrivateKey, hkdfSync, type KeyObject } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { readPemPair } from '../../lib/certificates/pem-pair';
import { readPfx } from '../../lib/certificates/pfx/read';
import { readConfiguration } from '../../lib/config/read-configuration';
import { readIdentities } from '../../lib/keystore/sealing/identity';
import { Keystore } from '../../lib/keystore/keystore';
import { readRecipients } from '../../lib/keystore/sealing/recipients';
import { openSealed } from '../../lib/keystore/sealing/sealing';
import { removeWorkplaces, THREE_LINEAGES, Workplace } from '../support/cli';
import { openKeys } from '../support/open-keys';
import { openssl, opensslCertificate, testKey } from '../support/openssl';

const LINEAGE = 'contoso/entra-application';
const PASSWORD = 'Canary-Password-4711';
const EXPORT_PASSWORD = 'Canary-Export-Password-4712';
const WRONG_PASSWORD = 'Canary-Wrong-Password-4713';
const ENV = { PASSWORD, EXPORT_PASSWORD, WRONG_PASSWORD, VB365_SOMETHING: 'Canary-Unused-4714' };

/** What was printed by anything that ran. */
const printed: string[] = [];
/** Bytes that must not come up anywhere, by what they are. */
const canaries = new Map<string, Buffer>();
let workplace: Workplace;

beforeAll(async () => {
  workplace = new Workplace();
  makeInputs();
  await runEverything();
  addText('identity', /AGE-SECRET-KEY-\w+/.exec(readFileSync(workplace.identity, 'utf8'))?.[0] ?? '');
  addSigningKey();
  addText('generated password', workplace.read('secret/generated').trim());
  const keys = await openKeys(new Keystore(workplace.path('keystore')), workplace.identity);
  for (const [index, key] of [...keys, testKey('rsa-2048')].entries()) addKey(`private key ${index}`, key);
  for (const text of Object.values({ PASSWORD, EXPORT_PASSWORD, WRONG_PASSWORD })) addText(text, text);
});

afterAll(removeWorkplaces);

/** In `secret/`, which holds what a person keeps apart. */
function makeInputs(): void {
  const certificate = opensslCertificate({
    signing: ['-sha256', '-days', '365'],
    extensions: ['basicConstraints = critical, CA:FALSE'],
  });
  const pem = testKey('rsa-2048').export({ type: 'pkcs8', format: 'pem' }).toString();
  const crt = workplace.write('wizard.crt', `${certificate.pem}\n`);
  const key = workplace.write('secret/wizard.key', pem);
  workplace.write('secret/broken.key', pem.split('\n').toSpliced(20, 2).join('\n'));
  workplace.write('secret/password', `${PASSWORD}\n`);
  const pfx = workplace.path('secret/wizard.pfx');
  openssl(['pkcs12', '-export', '-inkey', key, '-in', crt, '-out', pfx, '-passout', `pass:${PASSWORD}`]);
  openssl(['pkey', '-in', key, '-aes256', '-out', workplace.path('secret/locked.key'), '-passout', `pass:${PASSWORD}`]);
}

async function runEverything(): Promise<void> {
  const runs = [
    ['issue'],
    ['import', LINEAGE, 'secret/wizard.pfx'],
    ['import', LINEAGE, 'secret/wizard.pfx', '--password-env', 'WRONG_PASSWORD'],
    ['import', LINEAGE, 'secret/wizard.pfx', '--password-env', PASSWORD],
    ['import', LINEAGE, 'secret/wizard.pfx', '--password-file', PASSWORD],
    ['import', LINEAGE, 'secret/wizard.pfx', `--password=${PASSWORD}`],
    ['import', LINEAGE, 'secret/wizard.pfx', '--password-env', 'PASSWORD', '--dry-run'],
    ['import', LINEAGE, 'wizard.crt', '--key', 'secret/broken.key'],
    ['import', LINEAGE, 'wizard.crt', '--key', 'secret/locked.key', '--password-env', 'WRONG_PASSWORD'],
    ['import', LINEAGE, 'secret/password'],
    ['import', LINEAGE, 'secret/wizard.key'],
    ['import', LINEAGE, 'secret/wizard.pfx', '--password-file', 'secret/password'],
    ['import', LINEAGE, 'wizard.crt', '--key', 'secret/wizard.key'],
    ['export', LINEAGE, '--password-env', 'EXPORT_PASSWORD'],
    ['export', LINEAGE, '--password-env', 'EXPORT_PASSWORD', '--encryption', 'legacy', '--out', 'legacy.pfx'],
    ['export', LINEAGE, '--password-env', 'EXPORT_PASSWORD'],
    ['export', LINEAGE, '--password-env', EXPORT_PASSWORD],
    ['export', LINEAGE, '--generate-password', 'secret/generated', '--out', 'generated.pfx'],
    ['export', 'primary/rest-api', '--password-file', 'secret/password'],
    ['audit'],
    ['audit', '--json'],
    ['status'],
    ['status', '--json'],
    ['issue', '--dry-run'],
  ];
  for (const args of runs) {
    const { stdout, stderr } = await workplace.run(args, { env: ENV });
    printed.push(stdout, stderr);
  }
  const synth = await workplace.runProcess(['synth'], { env: ENV });
  expect(synth.code).toBe(0);
  printed.push(synth.stdout, synth.stderr);
}

/** As it is, and as files and messages may hold it. */
function addText(name: string, text: string): void {
  expect(text.length).toBeGreaterThan(15);
  canaries.set(name, Buffer.from(text));
  canaries.set(`${name} in UTF-16`, Buffer.from(text, 'utf16le'));
  canaries.set(`${name} in UTF-16, big endian`, Buffer.from(text, 'utf16le').swap16());
  canaries.set(`${name} in base64`, Buffer.from(Buffer.from(text).toString('base64').slice(0, -4)));
}

/** What `audit` signs with, which is derived and stands in no file. */
function addSigningKey(): void {
  const identity = /AGE-SECRET-KEY-\w+/.exec(readFileSync(workplace.identity, 'utf8'))?.[0] ?? '';
  const label = 'cdktf-vb365: Ed25519 key that signs attestations, version 1';
  const seed = Buffer.from(hkdfSync('sha256', identity, '', label, 32));
  canaries.set('signing key', seed);
  for (const encoding of ['hex', 'base64', 'base64url'] as const) {
    canaries.set(`signing key in ${encoding}`, Buffer.from(seed.toString(encoding).slice(0, -4)));
  }
}

/** Its private exponent in DER and in PEM; the modulus before it is public. */
function addKey(name: string, key: KeyObject): void {
  const { d = '' } = key.export({ format: 'jwk' });
  canaries.set(`${name} in DER`, Buffer.from(d, 'base64url').subarray(16, 80));
  canaries.set(`${name} in JWK`, Buffer.from(d.slice(16, 80)));
  const lines = key.export({ type: 'pkcs8', format: 'pem' }).toString().split('\n');
  for (const line of lines.slice(10, 14)) canaries.set(`${name} in PEM, ${line}`, Buffer.from(line));
}

function found(bytes: Buffer): string[] {
  return [...canaries].filter(([, canary]) => bytes.includes(canary)).map(([name]) => name);
}

/** Every file but the identity and what a person keeps in `secret/`. */
function filesOutside(): string[] {
  const root = dirname(workplace.folder);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith(join('repository', 'secret')) && name !== 'identity.txt')
    .map((name) => join(root, name))
    .filter((file) => statSync(file).isFile());
}

describe('secrets', () => {
  it('are recognized by this test', () => {
    expect(found(readFileSync(workplace.identity))).toContain('identity');
    expect(found(readFileSync(workplace.path('secret/password')))).toContain(PASSWORD);
    expect(found(readFileSync(workplace.path('secret/wizard.key')))).not.toEqual([]);
    expect(found(testKey('rsa-2048').export({ type: 'pkcs8', format: 'der' }))).not.toEqual([]);
  });

  it('are never printed, whether a command works or fails', () => {
    expect(printed.join('')).toContain('imported contoso/entra-application 0002');
    expect(printed.join('')).toContain('error[pfx-password-wrong]');
    expect(found(Buffer.from(printed.join('')))).toEqual([]);
  });

  it('are in no file: neither keystore, PFX nor cdktf.out', () => {
    const files = filesOutside();
    const names = files.map((file) => file.slice(workplace.folder.length + 1));
    expect(names).toEqual(expect.arrayContaining(['keystore/contoso/entra-application/0002.key.age', 'legacy.pfx']));
    expect(names.some((name) => name.startsWith('cdktf.out/stacks/contoso/'))).toBe(true);
    for (const file of files) expect({ file, found: found(readFileSync(file)) }).toEqual({ file, found: [] });
  });

  it('leave no draft behind', () => {
    expect(readdirSync(workplace.folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

describe('errors', () => {
  it.each([
    ['of a PFX', () => readPfx(readFileSync(workplace.path('secret/wizard.pfx')), WRONG_PASSWORD)],
    ['of a PEM key', () => readPemPair([workplace.read('wizard.crt'), workplace.read('secret/broken.key')])],
    [
      'of an encrypted PEM key',
      () =>
        readPemPair([workplace.read('wizard.crt'), workplace.read('secret/locked.key')], { password: WRONG_PASSWORD }),
    ],
    ['of a file of identities', () => readIdentities(workplace.path('secret/wizard.key'))],
    [
      'of an identity that is misspelt',
      () =>
        readIdentities(workplace.write('secret/bad', readFileSync(workplace.identity, 'utf8').replace(/\w\n$/, '\n'))),
    ],
    [
      'of recipients that are an identity',
      () => readRecipients(workplace.write('secret/recipients', readFileSync(workplace.identity))),
    ],
    ['of recipients that are a private key', () => readRecipients(workplace.path('secret/wizard.key'))],
    [
      'of a key that is not sealed',
      () => openSealed(workplace.read('secret/wizard.key'), [readFileSync(workplace.identity, 'utf8')]),
    ],
    [
      'of a backend with a secret',
      () =>
        readConfiguration(
          workplace.write(
            'secret/vb365.yaml',
            `${THREE_LINEAGES}backend: { type: s3, secretKey: ${PASSWORD}, key: "{stack}" }\n`,
          ),
        ),
    ],
  ])('%s hold nothing secret: neither message nor cure, findings, cause or stack', async (_, fail) => {
    const error: unknown = await thrownBy(fail);
    expect(error).toMatchObject({ name: 'Vb365Error' });
    const told = inspect(error, { depth: 20, showHidden: true, maxStringLength: Infinity }) + JSON.stringify(error);
    expect(found(Buffer.from(told))).toEqual([]);
  });
});

async function thrownBy(fail: () => unknown): Promise<unknown> {
  try {
    await fail();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('a sealed key', () => {
  it('is not a private key to whoever has the file only', () => {
    const text = workplace.read('keystore/contoso/entra-application/0002.key.age');
    expect(() => createPrivateKey(text)).toThrow();
  });
});
