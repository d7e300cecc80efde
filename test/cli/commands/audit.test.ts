import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { checkAttestations, type Opening } from '../../../lib/keystore/attestation/check-attestations';
import { readAttested } from '../../../lib/keystore/attestation/read-attested';
import { parseRecipientList } from '../../../lib/keystore/attestation/signers';
import { createIdentity, readIdentities } from '../../../lib/keystore/sealing/identity';
import { Keystore } from '../../../lib/keystore/keystore';
import { Sealer } from '../../../lib/keystore/sealing/sealing';
import { looksSound } from '../../../lib/keystore/soundness';
import { removeWorkplaces, Workplace } from '../../support/cli';

const CONTOSO = 'contoso/entra-application';
const REST_API = 'primary/rest-api';
const OPERATORS = 'primary/restore-operator-authentication';
const KEYS = [`${CONTOSO} 0001`, `${CONTOSO} 0002`, `${REST_API} 0001`, `${OPERATORS} 0001`];
const DAY = '2030-02-01';

/** Three lineages, one of them with a superseded generation; not to be changed. */
let done: Workplace;

beforeAll(async () => {
  done = new Workplace();
  await done.run(['issue']);
  await done.run(['renew', CONTOSO]);
});

afterAll(removeWorkplaces);

function openings(workplace: Workplace): string[] {
  const keystore = new Keystore(workplace.path('keystore'));
  const { signers } = parseRecipientList(workplace.read('keystore/recipients.txt'));
  const generations = keystore.readable().map(readAttested);
  return checkAttestations(generations, signers).map(
    ({ generation, opening }) => `${generation.lineage} ${generation.label} ${sayOpening(opening)}`,
  );
}

function sayOpening(opening: Opening): string {
  return 'at' in opening ? `${opening.kind} ${opening.at.toISOString().slice(0, 10)}` : opening.kind;
}

async function sealedToSomebodyElse(): Promise<string> {
  const { generateX25519Identity, identityToRecipient } = await import('age-encryption');
  const sealer = await Sealer.create([await identityToRecipient(await generateX25519Identity())]);
  return sealer.seal(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
}

/** Something else than a key, sealed to an own recipient. */
async function sealedNothing(workplace: Workplace): Promise<string> {
  const age = await import('age-encryption');
  const encrypter = new age.Encrypter();
  encrypter.addRecipient((await readIdentities(workplace.identity)).recipients[0]!);
  return age.armor.encode(await encrypter.encrypt(''));
}

describe('vb365 audit', () => {
  it('attests every key that it opens, and leaves what is attested as it is', async () => {
    const workplace = done.copy();
    const { code, stdout, stderr } = await workplace.run(['audit', '--at', DAY]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')).toEqual([
      ...KEYS.map((key) => `attested ${key}`),
      'Opened 4 private keys, and compared each of them with its certificate.',
      'Attested 4 anew: commit the folder keystore to Git.',
      '',
    ]);
    expect(openings(workplace)).toEqual(KEYS.map((key) => `${key} opened ${DAY}`));
    const before = workplace.snapshot();
    const again = await workplace.run(['audit', '--at', '2030-03-01']);
    expect(again.stdout).toMatch(/^opened contoso[^]*its certificate\.\n$/);
    expect(workplace.snapshot()).toEqual(before);
    expect(await workplace.run(['status'])).toMatchObject({ code: 0, stderr: '3 lineages: 3 valid, 1 superseded\n' });
    expect(looksSound(workplace.path(`keystore/${CONTOSO}`))).toBe(true);
  });

  it('writes nothing in a dry run, and of several lineages only those that are named', async () => {
    const workplace = done.copy();
    const before = workplace.snapshot();
    const rehearsed = await workplace.run(['audit', '--dry-run', REST_API]);
    expect(rehearsed).toEqual({
      code: 0,
      stdout: `opened ${REST_API} 0001\nOpened 1 private key, and compared it with its certificate.\n`,
      stderr: '',
    });
    expect(workplace.snapshot()).toEqual(before);
    const { stdout } = await workplace.run(['audit', '--json', REST_API, REST_API]);
    const file = `${REST_API}/0001.key.age`;
    expect(JSON.parse(stdout)).toEqual([{ lineage: REST_API, generation: '0001', file, attested: 'now' }]);
    expect(existsSync(workplace.path(`keystore/${CONTOSO}/0001.attestation`))).toBe(false);
  });

  it.each([
    ['is sealed to somebody else', 'key-not-sealed-to-identity', sealedToSomebodyElse],
    ['holds nothing', 'sealed-key-damaged', sealedNothing],
    [
      'is that of another certificate',
      'certificate-of-another-key',
      (workplace: Workplace) => Promise.resolve(workplace.read(`keystore/${REST_API}/0001.key.age`)),
    ],
  ])('names a key that %s, and attests the others', async (_, code, sealed) => {
    const workplace = done.copy();
    workplace.write(`keystore/${CONTOSO}/0002.key.age`, await sealed(workplace));
    const audited = await workplace.run(['audit', '--at', DAY]);
    expect(audited.code).toBe(1);
    expect(audited.stderr).toMatch(new RegExp(`^error\\[${code}\\] ${CONTOSO}/0002\\.key\\.age`, 'm'));
    expect(audited.stdout).not.toContain(`${CONTOSO} 0002`);
    expect(openings(workplace)).toEqual(
      KEYS.map((key) => (key === `${CONTOSO} 0002` ? `${key} unopened` : `${key} opened ${DAY}`)),
    );
  });

  it('attests no lineage that has the key of another owner', async () => {
    const workplace = done.copy();
    for (const suffix of ['crt', 'key.age']) {
      const target = workplace.path(`keystore/${REST_API}/0002.${suffix}`);
      cpSync(workplace.path(`keystore/${CONTOSO}/0001.${suffix}`), target);
    }
    const { code, stdout, stderr } = await workplace.run(['audit', '--at', DAY]);
    expect(code).toBe(1);
    expect(stderr.match(/^error\[keystore-key-shared\]/gm)).toHaveLength(2);
    expect(stdout.match(/^attested .*/gm)).toEqual([`attested ${OPERATORS} 0001`]);
  });

  it('compares the key of a request with the request', async () => {
    const workplace = done.copy();
    await workplace.run(['request', REST_API]);
    expect((await workplace.run(['audit', REST_API])).stdout).toContain(`opened ${REST_API} request\n`);
    workplace.write(`keystore/${REST_API}/request.key.age`, workplace.read(`keystore/${CONTOSO}/0001.key.age`));
    const { code, stderr } = await workplace.run(['audit', REST_API]);
    expect(code).toBe(1);
    expect(stderr).toContain(`error[request-of-another-key] ${REST_API}/request.key.age`);
  });

  it('says that a key is kept elsewhere, which nobody can open', async () => {
    const workplace = done.copy();
    const file = `keystore/${REST_API}/0001`;
    workplace.write(`${file}.crt`, workplace.read(`${file}.crt`).replace('\n\n', '\nKey: elsewhere\n\n'));
    rmSync(workplace.path(`${file}.key.age`));
    const { code, stderr } = await workplace.run(['audit', REST_API]);
    expect(code).toBe(0);
    expect(stderr).toContain(`advice[keystore-key-elsewhere] ${REST_API}/0001.crt`);
    expect(openings(workplace)).toContain(`${REST_API} 0001 unopened`);
  });

  it('has to be run again where keys were sealed anew', async () => {
    const workplace = done.copy();
    await workplace.run(['audit', '--at', DAY]);
    expect((await workplace.run(['reseal', CONTOSO])).stdout).toContain('Run "vb365 audit"');
    expect(openings(workplace)[0]).toBe(`${KEYS[0]} resealed ${DAY}`);
    await workplace.run(['audit', '--at', '2030-03-01']);
    expect(openings(workplace)[0]).toBe(`${KEYS[0]} opened 2030-03-01`);
    expect(workplace.read(`keystore/${CONTOSO}/0001.attestation`).match(/^Signer/gm)).toHaveLength(1);
  });

  it('keeps what others have attested, and drops what is about something else', async () => {
    const workplace = done.copy();
    const other = `${workplace.identity}.other`;
    const recipient = await createIdentity(other, new Date(0));
    workplace.write('keystore/recipients.txt', `${workplace.read('keystore/recipients.txt')}${recipient}\n`);
    await workplace.run(['reseal']);
    await workplace.run(['audit', '--at', DAY]);
    const path = `keystore/${CONTOSO}/0001.attestation`;
    const foreign = workplace.read(`keystore/${REST_API}/0001.attestation`);
    workplace.write(path, `${workplace.read(path)}\n${foreign}`);
    const status = await workplace.run(['status']);
    expect(status.stderr).toContain('warning[keystore-attestation-unfit]');
    await workplace.run(['audit'], { env: { VB365_IDENTITY: other } });
    expect(workplace.read('keystore/recipients.txt').match(/^# signer/gm)).toHaveLength(2);
    expect(workplace.read(path).match(/^Signer/gm)).toHaveLength(2);
    expect((await workplace.run(['status'])).stderr).not.toContain('attestation');
  });

  it('adds its signer where the list has the recipient alone, and attests nothing where it has neither', async () => {
    const workplace = done.copy();
    const { recipients } = await readIdentities(workplace.identity);
    workplace.write('keystore/recipients.txt', `${recipients[0]}\n`);
    expect((await workplace.run(['audit', '--dry-run'])).stderr).toMatch(/^would add your signer/);
    expect(workplace.read('keystore/recipients.txt')).toBe(`${recipients[0]}\n`);
    expect((await workplace.run(['audit'])).stderr).toMatch(
      /^Added your signer to keystore\/recipients\.txt: # signer/,
    );

    const person = `${workplace.identity}.other`;
    workplace.write('keystore/recipients.txt', `${await createIdentity(person, new Date(0))}\n`);
    rmSync(workplace.path(`keystore/${CONTOSO}/0001.attestation`));
    const { code, stderr } = await workplace.run(['audit']);
    expect(code).toBe(1);
    expect(stderr).toContain('warning[signer-unlisted]');
    expect(existsSync(workplace.path(`keystore/${CONTOSO}/0001.attestation`))).toBe(false);
  });

  it('finds a signer that somebody has put in place of its own', async () => {
    const workplace = done.copy();
    const list = workplace.read('keystore/recipients.txt');
    workplace.write('keystore/recipients.txt', list.replace(/ed25519:.{43}/, `ed25519:${'A'.repeat(43)}`));
    const { code, stderr } = await workplace.run(['audit']);
    expect(code).toBe(1);
    expect(stderr).toContain('error[signer-replaced]');
  });

  it('retires an attestation with its generation, and says where one was left', async () => {
    const workplace = done.copy();
    await workplace.run(['audit']);
    await workplace.run(['retire', '--confirmed', CONTOSO]);
    expect(existsSync(workplace.path(`keystore/${CONTOSO}/0001.attestation`))).toBe(false);
    workplace.write(`keystore/${CONTOSO}/0001.attestation`, workplace.read(`keystore/${CONTOSO}/0002.attestation`));
    const { code, stderr } = await workplace.run(['status']);
    expect(code).toBe(0);
    expect(stderr).toContain(`advice[keystore-foreign-file] ${CONTOSO}/0001.attestation`);
  });

  it('says what two branches left, and mends it', async () => {
    const workplace = done.copy();
    await workplace.run(['audit']);
    const path = `keystore/${CONTOSO}/0001.attestation`;
    workplace.write(path, `<<<<<<< HEAD\n${workplace.read(path)}=======\n>>>>>>> other\n`);
    expect((await workplace.run(['status'])).stderr).toContain('warning[keystore-merge-conflict]');
    expect((await workplace.run(['issue'])).code).toBe(0);
    await workplace.run(['audit']);
    expect((await workplace.run(['status'])).stderr).not.toContain('conflict');
  });
});

describe('a recipient to whom nothing is sealed yet', () => {
  /** In Git, with a second recipient in the list. */
  async function joined(options: {
    readonly isRepository: boolean;
  }): Promise<{ workplace: Workplace; recipient: string }> {
    const workplace = done.copy();
    const git = (...args: readonly string[]): void => {
      execFileSync('git', ['-C', workplace.folder, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args]);
    };
    if (options.isRepository) {
      git('init', '--quiet');
      git('add', '--all');
      git('commit', '--quiet', '--message', 'issue');
    }
    const recipient = await createIdentity(`${workplace.identity}.other`, new Date(0));
    workplace.write('keystore/recipients.txt', `${workplace.read('keystore/recipients.txt')}${recipient}\n`);
    if (options.isRepository) git('commit', '--quiet', '--all', '--message', 'join');
    return { workplace, recipient };
  }

  it.each([
    [true, 'recipient-new'],
    [false, 'recipient-count-differs'],
  ])('is told by status, renew and request, in Git: %j', async (isRepository, id) => {
    const { recipient, workplace } = await joined({ isRepository });
    for (const command of [['status'], ['renew', '--dry-run', REST_API], ['renew', CONTOSO], ['request', REST_API]]) {
      const { code, stderr } = await workplace.run(command);
      expect([command, code]).toEqual([command, command.includes('--dry-run') ? 1 : 0]);
      expect(stderr).toMatch(new RegExp(`^warning\\[${id}\\] .*${recipient}`, 'm'));
    }
  });

  it('is told no more once keys were sealed to it, and committed', async () => {
    const { workplace } = await joined({ isRepository: false });
    await workplace.run(['reseal']);
    expect((await workplace.run(['status'])).stderr).not.toContain('recipient');
  });
});

describe('what an audit writes', () => {
  it('can be checked by hand', async () => {
    const workplace = done.copy();
    await workplace.run(['audit', '--at', DAY, REST_API]);
    const text = workplace.read(`keystore/${REST_API}/0001.attestation`);
    const sealed = readFileSync(workplace.path(`keystore/${REST_API}/0001.key.age`), 'utf8');
    expect(text).toContain(`Sealed key: ${createHash('sha256').update(sealed).digest('hex')}\n`);
    expect(text).toContain(`Opened: ${DAY}T00:00:00Z\n`);
    expect(text.split('\n').map((line) => line.split(':', 1)[0])).toEqual([
      ...['Lineage', 'Generation', 'Thumbprint', 'SHA-256', 'Sealed key', 'Opened', 'Signer', 'Signature', ''],
    ]);
  });
});
