import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { createIdentity, readIdentities } from '../../../lib/keystore/sealing/identity';
import { Keystore } from '../../../lib/keystore/keystore';
import { sealedKeysOf } from '../../../lib/keystore/sealing/sealed-keys';
import { ended, removeWorkplaces, Workplace } from '../../support/cli';
import { openKeys } from '../../support/open-keys';

const CONTOSO = 'contoso/entra-application';
const REST_API = 'primary/rest-api';
const OPERATORS = 'primary/restore-operator-authentication';
const KEYS = [`${CONTOSO} 0001`, `${CONTOSO} 0002`, `${REST_API} 0001`, `${OPERATORS} 0001`];

/** Three lineages, one of them with a superseded generation; not to be changed. */
let done: Workplace;

beforeAll(async () => {
  done = new Workplace();
  await done.run(['issue']);
  await done.run(['renew', CONTOSO]);
});

afterAll(removeWorkplaces);

/** Another person: the file of the identity, beside that of the workplace, and the recipient. */
async function newPerson(workplace: Workplace): Promise<{ readonly identity: string; readonly recipient: string }> {
  const identity = `${workplace.identity}.other`;
  return { identity, recipient: await createIdentity(identity, new Date(0)) };
}

async function ownRecipient(workplace: Workplace): Promise<string> {
  return (await readIdentities(workplace.identity)).recipients[0]!;
}

function keystoreOf(workplace: Workplace): Keystore {
  return new Keystore(workplace.path('keystore'));
}

async function opens(workplace: Workplace, identity: string): Promise<number> {
  const keystore = keystoreOf(workplace);
  const { identities } = await readIdentities(identity);
  const { openEach } = await import('../../../lib/keystore/sealing/reseal.js');
  const keys = keystore.lineages().flatMap((lineage) => sealedKeysOf(keystore.folder, lineage));
  let count = 0;
  await openEach(keys, identities, () => {
    count += 1;
    return Promise.resolve(undefined);
  });
  return count;
}

describe('vb365 reseal', () => {
  it('lets somebody in who was added, to superseded keys too, and keeps the certificates and the keys', async () => {
    const workplace = done.copy();
    const before = await openKeys(keystoreOf(workplace), workplace.identity);
    const { identity, recipient } = await newPerson(workplace);
    workplace.write('keystore/recipients.txt', `${await ownRecipient(workplace)}\n${recipient}\n`);
    expect(await opens(workplace, identity)).toBe(0);
    const { code, stdout, stderr } = await workplace.run(['reseal'], { env: { CI: 'true' } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [summary, audit, commit, warning] = stdout.trimEnd().split('\n').slice(KEYS.length);
    expect(stdout.split('\n').slice(0, KEYS.length)).toEqual(KEYS.map((key) => `resealed ${key}`));
    expect(summary).toBe('Sealed 4 private keys to 2 recipients.');
    expect(audit).toMatch(/^Run "vb365 audit": /);
    expect(commit).toBe('Commit the folder keystore to Git.');
    expect(warning).toMatch(/^Whoever has left may have copies .* history of Git .*"vb365 renew --all"/);
    for (const person of [workplace.identity, identity]) {
      const after = await openKeys(keystoreOf(workplace), person);
      expect(after.map((key, index) => key.equals(before[index]!))).toEqual([true, true, true, true]);
    }
    expect(keystoreOf(workplace).findings()).toEqual([]);
  });

  it('shuts out whoever was taken off the list', async () => {
    const workplace = done.copy();
    const { identity, recipient } = await newPerson(workplace);
    workplace.write('keystore/recipients.txt', recipient);
    const { code } = await workplace.run(['reseal', '--without-me']);
    expect(code).toBe(0);
    expect(await opens(workplace, workplace.identity)).toBe(0);
    expect(await opens(workplace, identity)).toBe(4);
  });

  it('takes a lineage that is not declared any more, and of several only those that are named', async () => {
    const workplace = done.copy();
    workplace.write('vb365.yaml', 'keystore: keystore\n');
    expect((await workplace.run(['reseal', '--dry-run'])).stdout.match(/^would reseal /gm)).toHaveLength(4);
    const { stdout } = await done.run(['reseal', '--dry-run', REST_API, REST_API]);
    expect(stdout).toBe(`would reseal ${REST_API} 0001\n`);
  });

  it('goes on where a key cannot be opened, and says which', async () => {
    const workplace = done.copy();
    const { recipient } = await newPerson(workplace);
    const list = workplace.read('keystore/recipients.txt');
    workplace.write('keystore/recipients.txt', recipient);
    await workplace.run(['reseal', CONTOSO, '--without-me']);
    workplace.write('keystore/recipients.txt', list);
    const before = workplace.read(`keystore/${CONTOSO}/0001.key.age`);
    const { code, stdout, stderr } = await workplace.run(['reseal']);
    expect(code).toBe(1);
    expect(stdout).toContain('Sealed 2 of 4 private keys to 1 recipient.\n');
    expect(stderr.match(/^error\[key-not-sealed-to-identity\] .*$/gm)).toHaveLength(2);
    // Of the current one alone: another successor would not make the superseded one open.
    expect(stderr.match(/where nobody has one, .*/g)).toEqual([
      'where nobody has one, let "vb365 retire" take the superseded generation away',
      `where nobody has one, run "vb365 renew ${CONTOSO}"`,
    ]);
    expect(workplace.read(`keystore/${CONTOSO}/0001.key.age`)).toBe(before);
  });

  it('leaves a lineage without any key to issue', async () => {
    const workplace = done.copy();
    rmSync(workplace.path(`keystore/${REST_API}`), { recursive: true });
    const { code, stdout, stderr } = await workplace.run(['reseal', REST_API]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('error[certificate-missing-in-keystore]');
  });

  it('finds nothing to do in an empty keystore', async () => {
    const workplace = done.copy();
    for (const owner of ['contoso', 'primary']) rmSync(workplace.path(`keystore/${owner}`), { recursive: true });
    const { code, stdout } = await workplace.run(['reseal']);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'Nothing to reseal: the keystore holds no private key.\n',
    });
    expect((await workplace.run(['reseal', '--json'])).stdout).toBe('[]\n');
  });

  it('writes nothing in a dry run, and opens every key for it', async () => {
    const before = done.snapshot();
    const { code, stdout, stderr } = await done.run(['reseal', '--dry-run']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(KEYS.map((key) => `would reseal ${key}\n`).join(''));
    expect(done.snapshot()).toEqual(before);
  });

  it('prints with --json what it has resealed', async () => {
    const { code, stdout } = await done.copy().run(['reseal', REST_API, '--json']);
    expect({ code, rows: JSON.parse(stdout) as unknown }).toEqual({
      code: 0,
      rows: [{ lineage: REST_API, generation: '0001', file: `${REST_API}/0001.key.age`, recipients: 1 }],
    });
  });
});

describe('vb365 reseal that is refused', () => {
  it.each([
    ['without any recipient', '# nobody\n', 'recipients-missing', []],
    ['with a line that is no recipient', 'age1nonsense\n', 'recipients-invalid', []],
    ['for others only', undefined, 'recipients-without-you', []],
    ['for a lineage that nobody has declared', undefined, 'lineage-unknown', ['contoso/server']],
  ])('%s changes nothing', async (_, list, id, names) => {
    const workplace = done.copy();
    workplace.write('keystore/recipients.txt', list ?? (await newPerson(workplace)).recipient);
    const before = workplace.snapshot();
    for (const dryRun of [[], ['--dry-run']]) {
      const { code, stdout, stderr } = await workplace.run(['reseal', ...names, ...dryRun]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(`error[${id}]`);
    }
    expect(workplace.snapshot()).toEqual(before);
  });

  it('without an identity changes nothing', async () => {
    const before = done.snapshot();
    const { code, stderr } = await done.run(['reseal'], { env: { VB365_IDENTITY: `${done.identity}.absent` } });
    expect(code).toBe(2);
    expect(stderr).toContain('error[identity-missing]');
    expect(done.snapshot()).toEqual(before);
  });
});

describe('vb365 reseal that is killed', () => {
  it('leaves every key sealed to the old list or to the new one, and the next run does the rest', async () => {
    const workplace = done.copy();
    const own = await ownRecipient(workplace);
    const { identity, recipient } = await newPerson(workplace);
    // Thirty others make each key take long enough for a kill between two of them.
    workplace.write('keystore/recipients.txt', [own, recipient, ...(await manyRecipients(30))].join('\n'));
    let halfway = 0;
    for (const moment of [0, 2]) {
      const copy = workplace.copy();
      await killAfter(copy, moment);
      const count = await opens(copy, identity);
      halfway += count > 0 && count < KEYS.length ? 1 : 0;
      expect(await openKeys(keystoreOf(copy), copy.identity)).toHaveLength(KEYS.length);
      copy.write('keystore/recipients.txt', `${own}\n${recipient}\n`);
      expect((await copy.run(['reseal'])).code).toBe(0);
      expect(await openKeys(keystoreOf(copy), identity)).toHaveLength(KEYS.length);
      expect(keystoreOf(copy).findings()).toEqual([]);
      expect(readdirSync(copy.path('keystore')).filter((name) => name.startsWith('.'))).toEqual([]);
    }
    expect(halfway).toBeGreaterThan(0);
  });

  it('says what it has resealed when it is stopped, and ends by the signal', async () => {
    const workplace = done.copy();
    const many = [await ownRecipient(workplace), ...(await manyRecipients(30))];
    workplace.write('keystore/recipients.txt', many.join('\n'));
    const child = workplace.spawn(['reseal']);
    const [end, stopped] = [ended(child), once(child, 'exit')];
    const chunks: string[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
    await untilResealed(workplace, child, 1);
    child.kill('SIGTERM');
    await end;
    expect(await stopped).toEqual([null, 'SIGTERM']);
    expect(chunks.join('')).toMatch(/^(?:resealed \S+ \d{4}\n){1,3}$/);
    expect(existsSync(workplace.path('keystore/.lock'))).toBe(false);
  });
});

async function manyRecipients(count: number): Promise<string[]> {
  const { generateX25519Identity, identityToRecipient } = await import('age-encryption');
  const make = async (): Promise<string> => identityToRecipient(await generateX25519Identity());
  return Promise.all(Array.from({ length: count }, make));
}

/** Kills the command as soon as so many keys are replaced. */
async function killAfter(workplace: Workplace, count: number): Promise<void> {
  const child = workplace.spawn(['reseal'], { stdio: 'ignore' });
  const end = ended(child);
  await untilResealed(workplace, child, count);
  child.kill('SIGKILL');
  await end;
  // A lock that nobody touches belongs to a killed process after some seconds.
  rmSync(workplace.path('keystore/.lock'), { recursive: true, force: true });
}

async function untilResealed(workplace: Workplace, child: ChildProcess, count: number): Promise<void> {
  const files = KEYS.map((key) => workplace.path(`keystore/${key.replace(' ', '/')}.key.age`));
  const before = files.map((file) => statSync(file).ino);
  const replaced = (): number => files.filter((file, index) => statSync(file).ino !== before[index]).length;
  while (!existsSync(workplace.path('keystore/.lock')) && child.exitCode === null) await wait(1);
  while (replaced() < count && child.exitCode === null) await wait(1);
}
