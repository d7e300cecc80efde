import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { Certificate } from '../../../lib/certificates/certificate';
import { certificateProfile } from '../../../lib/certificates/profile';
import { formatCrtFile } from '../../../lib/keystore/crt-file';
import { Keystore } from '../../../lib/keystore/keystore';
import { Authority } from '../../support/authority';
import { importedOrganization, type Outcome, removeWorkplaces, THREE_LINEAGES, Workplace } from '../../support/cli';
import { openKeys } from '../../support/open-keys';
import { openssl, testKey } from '../../support/openssl';
import { selfSigned } from '../../support/self-signed';

const LINEAGE = 'northwind/entra-application';
const FILE = 'northwind-entra-application.csr';
const KEPT = `keystore/${LINEAGE}`;
const AT = ['--at', '2026-11-20T12:00:00Z'];

const authority = new Authority();

/** A request waits in it; not to be changed. */
let source: Workplace;
/** What the command said of it. */
let made: Outcome;
/** PEM of the certificate that answers it, without its chain. */
let leaf: string;

beforeAll(async () => {
  source = new Workplace(THREE_LINEAGES + importedOrganization('northwind'));
  made = await source.run(['request', LINEAGE, ...AT]);
  leaf = authority.sign(source.read(FILE));
  source.write('answer.pem', authority.issuing + leaf + authority.root);
});

afterAll(() => {
  removeWorkplaces();
  authority.dispose();
});

describe('vb365 request', () => {
  it('writes a request, keeps it with its sealed key, and says what to do next', () => {
    expect(made.code).toBe(0);
    expect(made.stdout.split('\n').slice(-4)).toEqual([
      `wrote the request of ${LINEAGE} to ${FILE}`,
      'Commit the folder keystore to Git: the private key in it is sealed.',
      `Send the request to your certification authority, then run "vb365 import ${LINEAGE} <answer>".`,
      '',
    ]);
    expect(made.stderr).toBe('');
    expect(openssl(['req', '-verify', '-noout', '-text'], source.read(FILE))).toContain('CN = VB365 northwind');
    expect(source.read(`${KEPT}/request.csr`)).toContain(source.read(FILE));
    expect(source.read(`${KEPT}/request.key.age`)).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----/);
    expect(readdirSync(source.path(KEPT))).toEqual(['request.csr', 'request.key.age']);
  });

  it('writes the same request again while it waits, and needs neither recipients nor the lock for it', async () => {
    const workplace = source.copy();
    rmSync(workplace.path(FILE));
    rmSync(workplace.path('keystore/recipients.txt'));
    mkdirSync(workplace.path('keystore/.lock'));
    for (const out of ['again.csr', 'again.csr']) {
      const { code, stdout } = await workplace.run(['request', LINEAGE, '--out', out]);
      expect(code).toBe(0);
      expect(stdout).toMatch(
        /^wrote the request of .* again to again\.csr: it waits for its answer since 2026-11-20\n/,
      );
    }
    expect(workplace.read('again.csr')).toBe(source.read(FILE));
  });

  it('prints the request alone with --out -, and says the rest on standard error', async () => {
    const workplace = source.copy();
    const before = workplace.snapshot();
    const { code, stdout, stderr } = await workplace.run(['request', LINEAGE, '--out', '-']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: source.read(FILE) });
    expect(stderr).toMatch(
      /^wrote the request of .* again to standard output: it waits for its answer since 2026-11-20\n/,
    );
    expect(workplace.snapshot()).toEqual(before);
  });

  it('writes over the file of a request that has been answered, and over no other', async () => {
    const workplace = source.copy();
    expect((await workplace.run(['import', LINEAGE, 'answer.pem'])).code).toBe(0);
    expect((await workplace.run(['request', LINEAGE, ...AT])).code).toBe(0);
    expect(workplace.read(FILE)).not.toBe(source.read(FILE));
    workplace.write('other.csr', 'mine\n');
    expect((await workplace.run(['request', LINEAGE, '--out', 'other.csr'])).code).toBe(2);
    expect(workplace.read('other.csr')).toBe('mine\n');
  });

  it('starts over with --renew-key, also where the old files are damaged', async () => {
    const workplace = source.copy();
    expect((await workplace.run(['request', LINEAGE, '--renew-key'])).code).toBe(0);
    const second = workplace.read(FILE);
    expect(second).not.toBe(source.read(FILE));
    workplace.write(`${KEPT}/request.csr`, 'garbage');
    const broken = await workplace.run(['request', LINEAGE, '--force']);
    expect(broken.stderr).toMatch(
      /^error\[certificate-request-unreadable\] .*\ncure: .*vb365 request .* --renew-key\n$/,
    );
    expect((await workplace.run(['request', LINEAGE, '--renew-key', '--force'])).code).toBe(0);
    expect(workplace.read(FILE)).not.toBe(second);
    expect(readdirSync(workplace.path(KEPT))).toEqual(['request.csr', 'request.key.age']);
  });

  it('warns where the configuration says something else by now', async () => {
    const workplace = source.copy();
    workplace.write('vb365.yaml', workplace.read('vb365.yaml').replace('VB365 northwind', 'Backup of Northwind'));
    const { code, stderr } = await workplace.run(['request', LINEAGE]);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^warning\[request-outdated\] the request of .* of 2026-11-20 asks for another name.*\ncure: /,
    );
  });

  it('is given up with --cancel', async () => {
    const workplace = source.copy();
    const first = await workplace.run(['request', LINEAGE, '--cancel']);
    expect(first).toEqual({ code: 0, stdout: `removed the request of ${LINEAGE}, and its key\n`, stderr: '' });
    expect(existsSync(workplace.path(KEPT))).toBe(false);
    const second = await workplace.run(['request', LINEAGE, '--cancel']);
    expect(second).toEqual({
      code: 0,
      stdout: `Nothing to cancel: no request of ${LINEAGE} waits for an answer.\n`,
      stderr: '',
    });
  });
});

describe('vb365 request --cancel', () => {
  it.each([[[]], [['request.key.age']], [['request.key.age', 'request.csr']]])(
    'finishes a run that was stopped after %j were removed',
    async (removed) => {
      const workplace = source.copy();
      mkdirSync(workplace.path(`${KEPT}/.request-removed`));
      for (const name of removed) rmSync(workplace.path(`${KEPT}/${name}`));
      const { code, stdout } = await workplace.run(['request', LINEAGE, '--cancel']);
      expect({ code, stdout }).toEqual({ code: 0, stdout: `removed the request of ${LINEAGE}, and its key\n` });
      expect(existsSync(workplace.path(KEPT))).toBe(false);
    },
  );

  it('takes the request of an organization that has left, and no other name that is not declared', async () => {
    const workplace = source.copy();
    workplace.write('vb365.yaml', THREE_LINEAGES);
    for (const name of ['northwind/server', '../keystore', 'northwind']) {
      const { code, stderr } = await workplace.run(['request', name, '--cancel']);
      expect({ name, code, stderr }).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('lineage-unknown') as string,
      });
    }
    const { code, stdout } = await workplace.run(['request', LINEAGE, '--cancel']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `removed the request of ${LINEAGE}, and its key\n` });
    expect(existsSync(workplace.path(KEPT))).toBe(false);
  });
});

describe('vb365 request fails', () => {
  const KEY = `${KEPT}/request.key.age`;
  const RECIPIENTS = 'keystore/recipients.txt';
  const MINE = 'primary/rest-api';

  it.each<[string, readonly string[], string, Readonly<Record<string, string | null>>]>([
    ['for a lineage that is not declared', ['../../etc/passwd'], 'lineage-unknown', {}],
    ['where a file is in the way', [LINEAGE, '--out', 'taken'], 'output-exists', { taken: 'mine' }],
    ['where a folder is in the way', [LINEAGE, '--out', 'keystore', '--force'], 'output-unwritable', {}],
    ['where a full device is in the way', [LINEAGE, '--out', '/dev/full', '--force'], 'output-unwritable', {}],
    ['where an endless device is in the way', [LINEAGE, '--out', '/dev/zero'], 'output-unwritable', {}],
    ['below a file', [MINE, '--out', 'vb365.yaml/x.csr'], 'output-unwritable', {}],
    ['where a link is in the way', [LINEAGE, '--out', 'link', '--force'], 'output-unwritable', {}],
    ['without recipients', [MINE], 'recipients-missing', { [RECIPIENTS]: null }],
    ['where a recipient is none', [MINE], 'recipients-invalid', { [RECIPIENTS]: 'garbage\n' }],
    ['where a key is missing', [LINEAGE], 'keystore-request-incomplete', { [KEY]: null }],
    ['where a file has the place of a folder', [MINE], 'keystore-unwritable', { 'keystore/primary': '' }],
    ['with options that contradict', [LINEAGE, '--cancel', '--renew-key'], 'usage', {}],
  ])('%s, and changes nothing', async (_, args, code, files) => {
    const workplace = source.copy();
    symlinkSync('vb365.yaml', workplace.path('link'));
    for (const [name, content] of Object.entries(files)) {
      if (content === null) rmSync(workplace.path(name));
      else workplace.write(name, content);
    }
    const before = workplace.snapshot();
    const outcome = await workplace.run(['request', ...args], { env: { CI: 'true' } });
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toMatch(new RegExp(`^error\\[${code}\\] .*\\ncure: .*\\n$`, 'm'));
    expect(workplace.snapshot()).toEqual(before);
  });
});

describe('vb365 import of an answer', () => {
  it.each<[string, () => Buffer | string, number]>([
    ['PEM with the chain in any order', () => source.read('answer.pem'), 2],
    ['PEM of the leaf alone', () => leaf, 0],
    ['DER', () => authority.convert('der', leaf), 0],
    ['PKCS#7', () => authority.convert('pkcs7-der', authority.root, leaf, authority.issuing), 2],
    ['PKCS#7 in PEM', () => authority.convert('pkcs7-pem', leaf, authority.issuing), 1],
  ])('takes %s without identity or recipients, under CI, and the request goes', async (_, answer, issuers) => {
    const workplace = source.copy();
    workplace.write('answer', answer());
    rmSync(workplace.path('keystore/recipients.txt'));
    const env = { CI: 'true', VB365_IDENTITY: '/nowhere' };
    const rehearsal = await workplace.run(['import', LINEAGE, 'answer', '--dry-run'], { env });
    expect(rehearsal).toMatchObject({ code: 0, stdout: expect.stringMatching(/^would be imported as /) as string });
    const { code, stdout, stderr } = await workplace.run(['import', LINEAGE, 'answer'], { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^imported northwind\/entra-application 0001: [0-9A-F]{40} \(CN=VB365 northwind\), valid to /,
    );
    expect(readdirSync(workplace.path(KEPT))).toEqual(['0001.crt', '0001.key.age']);
    const keystore = new Keystore(workplace.path('keystore'));
    const chain = keystore.current(LINEAGE)?.chain.map(({ subject }) => subject);
    expect(chain).toEqual(['CN=Test Issuing', 'CN=Test Root'].slice(0, issuers));
    expect(await openKeys(keystore, workplace.identity)).toHaveLength(1);
    expect(workplace.read(`${KEPT}/0001.key.age`)).toBe(source.read(`${KEPT}/request.key.age`));
  });

  it('refuses the answer to another request, names it, and keeps the request', async () => {
    const workplace = source.copy();
    await workplace.run(['request', LINEAGE, '--renew-key']);
    const before = workplace.snapshot();
    const { code, stderr } = await workplace.run(['import', LINEAGE, 'answer.pem']);
    expect(code).toBe(2);
    const { thumbprint } = Certificate.fromPem(leaf);
    expect(stderr).toContain(`error[answer-of-another-request] the request of ${LINEAGE}`);
    expect(stderr).toContain(`another key than ${thumbprint} (CN=VB365 northwind)\ncure: `);
    expect(workplace.snapshot()).toEqual(before);
  });

  it('judges it as every import, and keeps the request where it refuses', async () => {
    const workplace = source.copy();
    workplace.write('short.crt', authority.sign(workplace.read(FILE), 3));
    const before = workplace.snapshot();
    const { code, stderr } = await workplace.run(['import', LINEAGE, 'short.crt']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[certificate-short-validity\] .*[^]*error\[import-refused\] /);
    expect(workplace.snapshot()).toEqual(before);
    const accepted = ['--accept', 'certificate-short-validity'];
    expect((await workplace.run(['import', LINEAGE, 'short.crt', ...accepted])).code).toBe(0);
    expect(workplace.read(`${KEPT}/0001.crt`)).toContain('Accepted: certificate-short-validity');
  });

  it('takes what has a key of its own as before, and the request goes on waiting', async () => {
    const workplace = source.copy();
    const key = testKey('rsa-2048').export({ type: 'pkcs8', format: 'pem' }).toString();
    workplace.write('own.pem', selfSigned().pem + '\n' + key);
    const { code } = await workplace.run(['import', LINEAGE, 'own.pem', '--at', '2026-06-02']);
    expect(code).toBe(0);
    expect(readdirSync(workplace.path(KEPT))).toHaveLength(4);
    expect((await workplace.run(['import', LINEAGE, 'answer.pem'])).stdout).toContain(`imported ${LINEAGE} 0002`);
    expect(readdirSync(workplace.path(KEPT))).toHaveLength(4);
  });

  it('names "vb365 request" where no request waits', async () => {
    const { code, stderr } = await source.run(['import', 'primary/rest-api', 'answer.pem']);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error\[private-key-missing\] .*\(CN=VB365 northwind\), and no request of primary\/rest-api .*\n/,
    );
    expect(stderr).toMatch(/\ncure: .*"vb365 request primary\/rest-api" first\n$/);
  });

  it('tells the request itself from its answer', async () => {
    const { stderr } = await source.run(['import', LINEAGE, FILE]);
    expect(stderr).toMatch(/^error\[answer-unreadable\] northwind-entra-application\.csr: .*request, not the answer/);
  });

  it('shows nothing of an answer that would move the cursor', async () => {
    const profile = { ...certificateProfile('data-cloud', { commonName: 'any' }), commonName: '\u001b[2Jgone' };
    const evil = selfSigned({ profile });
    const workplace = source.copy();
    workplace.write('evil.crt', evil.pem);
    const { stderr } = await workplace.run(['import', LINEAGE, 'evil.crt']);
    expect(stderr).toContain('error[answer-of-another-request]');
    expect(stderr).not.toContain('\u001b');
  });

  it('clears a request away whose answer is kept already: its command was killed just before', async () => {
    const workplace = source.copy();
    const [certificate, ...chain] = Certificate.allFromPem(leaf + authority.issuing);
    if (certificate === undefined) throw new TypeError('the authority signed nothing');
    workplace.write(`${KEPT}/0001.crt`, formatCrtFile(LINEAGE, '0001', { certificate, chain, accepted: [] }));
    workplace.write(`${KEPT}/0001.key.age`, workplace.read(`${KEPT}/request.key.age`));
    const status = await workplace.run(['status']);
    expect(status.stderr).toMatch(/^advice\[keystore-unfinished\] .*was answered by generation 0001/m);
    const { code, stderr } = await workplace.run(['import', LINEAGE, 'answer.pem']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[certificate-already-kept\]/);
    expect(readdirSync(workplace.path(KEPT))).toEqual(['0001.crt', '0001.key.age']);
  });
});

describe('a request that waits', () => {
  it('stands in the way of nothing: issue makes what is self-signed, and names the answer as the cure of what is not', async () => {
    const workplace = source.copy();
    const { code, stderr } = await workplace.run(['request', 'primary/rest-api'], { env: { CI: 'true' } });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^note: primary\/rest-api is declared as self-signed: .*"source: imported"/);
    const issue = await workplace.run(['issue']);
    expect(issue.code).toBe(1);
    expect(issue.stdout).toContain('issued primary/rest-api 0001');
    expect(readdirSync(workplace.path('keystore/primary/rest-api'))).toHaveLength(4);
    expect(issue.stderr).toContain('declares as imported; its request of 2026-11-20 waits for the answer\n');
    expect(issue.stderr).toContain(`vb365 import ${LINEAGE} <answer>\n`);
  });

  it('keeps its recipients: where their list is lost, no command makes another', async () => {
    const workplace = source.copy();
    for (const file of ['keystore/recipients.txt', '../identity.txt']) rmSync(workplace.path(file));
    const before = workplace.snapshot();
    for (const args of [['issue'], ['request', 'primary/rest-api']]) {
      const { code, stderr } = await workplace.run(args);
      expect({ code, stderr }).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('recipients-missing') as string,
      });
    }
    expect(workplace.snapshot()).toEqual(before);
  });

  it('is named by status, beside the lineage that it is for', async () => {
    const { stderr, stdout } = await source.run(['status']);
    expect(stderr).toMatch(/^advice\[keystore-request-pending\] /m);
    expect(stdout).toMatch(/northwind\/entra-application +- +missing/);
  });
});
