import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createIdentity, identityFile, readIdentities } from '../../../lib/keystore/sealing/identity';
import { openSealed, Sealer } from '../../../lib/keystore/sealing/sealing';
import { runGit } from '../../../lib/system/run-git';
import { containing, rejectionOf, removeTemporaryFolders, sharedKeys, temporaryFolder, treeOf } from '../fixtures';

const NOON = new Date('2026-06-01T12:00:00Z');

afterAll(removeTemporaryFolders);

function fileWith(text: string, mode = 0o600): string {
  const file = join(temporaryFolder(), 'identity.txt');
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
}

describe('identityFile', () => {
  it('is what VB365_IDENTITY says, made absolute', async () => {
    expect(await identityFile({ VB365_IDENTITY: '/keys/mine.txt' })).toBe('/keys/mine.txt');
    expect(await identityFile({ VB365_IDENTITY: 'mine.txt' })).toBe(resolve('mine.txt'));
  });

  it.each([{}, { VB365_IDENTITY: '' }])(
    'lies in the configuration folder of the person otherwise',
    async (environment) => {
      const file = await identityFile(environment);
      expect(file).toMatch(/[\\/]vb365[\\/](?:Config[\\/])?identity\.txt$/);
      expect(resolve(file)).toBe(file);
    },
  );
});

describe('createIdentity', () => {
  it('writes what age-keygen writes, and only its owner can read it', async () => {
    const file = join(temporaryFolder(), 'config', 'vb365', 'identity.txt');
    const recipient = await createIdentity(file, NOON);
    expect(readFileSync(file, 'utf8').split('\n')).toEqual([
      '# created: 2026-06-01T12:00:00.000Z',
      `# public key: ${recipient}`,
      expect.stringMatching(/^AGE-SECRET-KEY-1[0-9A-Z]{58}$/) as string,
      '',
    ]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
    expect(treeOf(join(file, '..'))).toEqual(['identity.txt']);
  });

  it('opens what is sealed to the recipient it gives back', async () => {
    const file = join(temporaryFolder(), 'identity.txt');
    const sealed = await (await Sealer.create([await createIdentity(file, NOON)])).seal(sharedKeys().privateKey);
    const { identities } = await readIdentities(file);
    expect((await openSealed(sealed, identities)).equals(sharedKeys().privateKey)).toBe(true);
  });

  it('never overwrites one that is there', async () => {
    const file = fileWith('mine');
    expect(await rejectionOf(createIdentity(file, NOON))).toMatchObject({ code: 'identity-exists', subject: file });
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(treeOf(join(file, '..'))).toEqual(['identity.txt']);
  });

  it('makes one identity where two are made at once', async () => {
    const file = join(temporaryFolder(), 'identity.txt');
    const outcomes = await Promise.allSettled([createIdentity(file, NOON), createIdentity(file, NOON)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('is not made inside a repository', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, '.git'));
    const file = join(folder, 'keys', 'identity.txt');
    const error = await rejectionOf(createIdentity(file, NOON));
    expect(error).toMatchObject({ code: 'identity-inside-repository', cure: containing('VB365_IDENTITY') });
    expect(treeOf(folder)).toEqual(['.git']);
  });

  it('is made inside a repository that ignores it, and told of as soon as it does not', async () => {
    const folder = temporaryFolder();
    runGit(folder, ['init', '--quiet']);
    writeFileSync(join(folder, '.gitignore'), '/identity.txt\n');
    const file = join(folder, 'identity.txt');
    await createIdentity(file, NOON);
    expect((await readIdentities(file)).findings).toEqual([]);
    writeFileSync(join(folder, '.gitignore'), '');
    expect((await readIdentities(file)).findings).toMatchObject([
      { id: 'identity-inside-repository', severity: 'warning' },
    ]);
  });

  it('says why it cannot be written', async () => {
    const file = join(fileWith(''), 'identity.txt');
    expect(await rejectionOf(createIdentity(file, NOON))).toMatchObject({ code: 'identity-unwritable', subject: file });
  });
});

describe('readIdentities', () => {
  it('reads every identity, with its recipient', async () => {
    const [one, other] = [join(temporaryFolder(), 'one'), join(temporaryFolder(), 'other')];
    const recipients = [await createIdentity(one, NOON), await createIdentity(other, NOON)];
    const text = `\uFEFF${readFileSync(one, 'utf8')}\n${readFileSync(other, 'utf8')}`.replaceAll('\n', '\r\n');
    const read = await readIdentities(fileWith(text));
    expect(read.recipients).toEqual(recipients);
    expect(read.identities).toHaveLength(2);
    expect(read.findings).toEqual([]);
  });

  it.each([0o604, 0o640, 0o666, 0o610])('warns of a file that others can use (mode %d)', async (mode) => {
    const made = join(temporaryFolder(), 'identity.txt');
    await createIdentity(made, NOON);
    const file = fileWith(readFileSync(made, 'utf8'), mode);
    expect((await readIdentities(file)).findings).toEqual([
      expect.objectContaining({
        id: 'identity-readable-by-others',
        severity: 'warning',
        subject: file,
        message: containing(mode.toString(8)),
      }),
    ]);
  });

  it('says where it looked when there is none', async () => {
    const file = join(temporaryFolder(), 'identity.txt');
    expect(await rejectionOf(readIdentities(file))).toMatchObject({
      code: 'identity-missing',
      subject: file,
      cure: containing('VB365_IDENTITY'),
    });
  });

  it('says that a folder or a circle of links cannot be read', async () => {
    const folder = temporaryFolder();
    symlinkSync('loop', join(folder, 'loop'));
    expect((await rejectionOf(readIdentities(folder))).code).toBe('identity-unreadable');
    expect((await rejectionOf(readIdentities(join(folder, 'loop')))).code).toBe('identity-unreadable');
  });

  it.each(['age-encryption.org/v1\n-> scrypt abc 18\n', '-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n'])(
    'says that a file is encrypted',
    async (text) => {
      expect((await rejectionOf(readIdentities(fileWith(text)))).code).toBe('identity-encrypted');
    },
  );

  it.each([
    ['an empty file', '', 'holds no line'],
    ['comments only', '# created: today\n', 'holds no line'],
    ['a misspelt identity', 'AGE-SECRET-KEY-1QQQQ', 'line 1 is not an identity'],
    ['a recipient', '# x\nage1yhlaz3lfjlnt2ydzrl7ql9kn56mthtjv8d90n5ljgul2ly3aw3hscd5epp', 'line 2 is not an identity'],
    ['the identity of a plugin', 'AGE-PLUGIN-YUBIKEY-1QQQQ', 'needs a plugin'],
    ['an SSH key', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz', 'SSH keys are not read'],
  ])('refuses %s, and repeats nothing of it', async (_, text, message) => {
    const error = await rejectionOf(readIdentities(fileWith(text)));
    expect(error).toMatchObject({ code: 'identity-malformed', message: containing(message) });
    expect(error.cause).toBeUndefined();
    for (const secret of ['1QQQQ', 'b3BlbnNz']) expect(JSON.stringify([error, error.message])).not.toContain(secret);
  });
});
