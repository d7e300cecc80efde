import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRecipients, writeRecipients } from '../../../lib/keystore/sealing/recipients';
import { containing, rejectionOf, removeTemporaryFolders, temporaryFolder } from '../fixtures';

/** A recipient, and its identity, which opens nothing but what this file seals. */
const ALICE = 'age172jvgjpjlxg2pjuqj03hr2lggdmzcurgk2epwtnkfwvpj24j2p8samlfjc';
const SECRET = 'AGE-SECRET-KEY-138ZR2YT6E32AFS05UARYE27XAGHQHNGH94A7KH5QT47VUAME6LCQ0NT6LU';

afterAll(removeTemporaryFolders);

function fileWith(text: string): string {
  const file = join(temporaryFolder(), 'recipients.txt');
  writeFileSync(file, text);
  return file;
}

async function newRecipient(): Promise<string> {
  const { generateX25519Identity, identityToRecipient } = await import('age-encryption');
  return identityToRecipient(await generateX25519Identity());
}

describe('readRecipients', () => {
  it('reads one recipient a line, without comments and empty lines, each once', async () => {
    const bob = await newRecipient();
    const text = `# administrators\n${ALICE}\n\n  # the pipeline\n  ${bob}  \n${ALICE}\n`;
    expect(await readRecipients(fileWith(text))).toEqual([ALICE, bob]);
    expect(await readRecipients(fileWith(`\uFEFF${text.replaceAll('\n', '\r\n')}`))).toEqual([ALICE, bob]);
  });

  it('takes post-quantum recipients', async () => {
    const { generateHybridIdentity, identityToRecipient } = await import('age-encryption');
    const recipient = await identityToRecipient(await generateHybridIdentity());
    expect(await readRecipients(fileWith(recipient))).toEqual([recipient]);
  });

  it('waits for no pipe that stands in place of the file', async () => {
    const file = join(temporaryFolder(), 'recipients.txt');
    execFileSync('mkfifo', [file]);
    expect(await rejectionOf(readRecipients(file))).toMatchObject({
      code: 'recipients-unreadable',
      message: containing('it is not a file'),
      cure: containing('from Git'),
    });
  });

  it.each(['', '\n\n', '# nobody yet\n', '\uFEFF'])('says that there are none in %j', async (text) => {
    const file = fileWith(text);
    expect(await rejectionOf(readRecipients(file))).toMatchObject({ code: 'recipients-missing', subject: file });
  });

  it('says that there is no file, and what makes one', async () => {
    const error = await rejectionOf(readRecipients(join(temporaryFolder(), 'recipients.txt')));
    expect(error).toMatchObject({ code: 'recipients-missing', cure: containing('vb365 init') });
  });

  it('says that a folder cannot be read', async () => {
    const folder = join(temporaryFolder(), 'recipients.txt');
    mkdirSync(folder);
    expect((await rejectionOf(readRecipients(folder))).code).toBe('recipients-unreadable');
  });

  it.each([
    ['recipient-malformed', 'a misspelt recipient', ALICE.replace(/.$/, (last) => (last === 'q' ? 'p' : 'q'))],
    ['recipient-malformed', 'a recipient that is cut off', ALICE.slice(0, -1)],
    ['recipient-malformed', 'upper case', ALICE.toUpperCase()],
    ['recipient-malformed', 'two on one line', `${ALICE} ${ALICE}`],
    ['recipient-malformed', 'a comment behind a recipient', `${ALICE} # alice`],
    [
      'recipient-malformed',
      'the recipient of a plugin',
      'age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t',
    ],
    ['recipient-malformed', 'a conflict marker', '<<<<<<< HEAD'],
    [
      'recipient-is-ssh-key',
      'an SSH key',
      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHsKLqeplhpW+uObz5dvMgjz1OxfM/XXUB+VHtZ6isGN alice',
    ],
    ['recipient-is-identity', 'an identity', SECRET],
    ['recipient-is-identity', 'an identity in lower case', SECRET.toLowerCase()],
    ['recipient-is-identity', 'the identity of a plugin', 'AGE-PLUGIN-YUBIKEY-17XYZ'],
    ['recipient-is-identity', 'a private key', '-----BEGIN OPENSSH PRIVATE KEY-----'],
  ])('reports %s for %s, with its line', async (id, _, line) => {
    const file = fileWith(`${ALICE}\n${line}\n`);
    const error = await rejectionOf(readRecipients(file));
    expect(error.code).toBe('recipients-invalid');
    expect(error.findings).toEqual([
      expect.objectContaining({ id, severity: 'error', place: { file, line: 2 }, subject: `${file}:2` }),
    ]);
  });

  it('reports every bad line at once', async () => {
    const file = fileWith('nonsense\n# fine\nssh-rsa AAAA\n');
    const error = await rejectionOf(readRecipients(file));
    expect(error.message).toBe(`${file} holds what is not a recipient, in lines 1, 3`);
    expect(error.findings.map(({ id, place }) => [id, place?.line])).toEqual([
      ['recipient-malformed', 1],
      ['recipient-is-ssh-key', 3],
    ]);
  });

  it.each([SECRET, SECRET.toLowerCase(), 'hunter2', 'AGE-PLUGIN-X-1SECRETPART'])(
    'never repeats what could be secret',
    async (line) => {
      const error = await rejectionOf(readRecipients(fileWith(line)));
      expect(JSON.stringify([error, error.message, error.cure, error.stack]).toLowerCase()).not.toContain(
        line.toLowerCase(),
      );
    },
  );
});

describe('writeRecipients', () => {
  it('writes a list that is read back, and nothing beside it', async () => {
    const folder = join(temporaryFolder(), 'keystore');
    const file = join(folder, 'recipients.txt');
    writeRecipients(file, [ALICE]);

    expect(await readRecipients(file)).toEqual([ALICE]);
    expect(readdirSync(folder)).toEqual(['recipients.txt']);
  });

  it('leaves a list alone that is there', async () => {
    const file = fileWith(`${ALICE}\n`);
    writeRecipients(file, [await newRecipient()]);

    expect(await readRecipients(file)).toEqual([ALICE]);
  });
});
