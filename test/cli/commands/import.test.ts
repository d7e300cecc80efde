import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { Keystore } from '../../../lib/keystore/keystore';
import { importedOrganization, type Outcome, removeWorkplaces, THREE_LINEAGES, Workplace } from '../../support/cli';
import { openKeys } from '../../support/open-keys';
import { openssl, opensslCertificate, type TestKey, testKey } from '../../support/openssl';
import { selfSigned } from '../../support/self-signed';

const LINEAGE = 'contoso/entra-application';
const PASSWORD = 'Correct-Horse';

/** Files to import, and a configuration; nothing is in its keystore; not to be changed. */
let source: Workplace;

beforeAll(() => {
  source = new Workplace(THREE_LINEAGES + importedOrganization('northwind'));
  makeFiles('wizard', 'rsa-2048', 365, PASSWORD);
  makeFiles('short', 'rsa-3072', 3, '');
});

afterAll(removeWorkplaces);

/** `.key`, `.crt` and `.pfx` of a certificate that lasts some days from now. */
function makeFiles(name: string, key: TestKey, days: number, password: string): void {
  const extensions = ['basicConstraints = critical, CA:FALSE'];
  const signing = ['-sha256', '-days', String(days)];
  const certificate = opensslCertificate({ key, signing, subject: `/CN=${name}`, extensions });
  const crt = source.write(`${name}.crt`, `${certificate.pem}\n`);
  const pem = source.write(`${name}.key`, testKey(key).export({ type: 'pkcs8', format: 'pem' }));
  const pfx = ['-out', source.path(`${name}.pfx`), '-passout', `pass:${password}`];
  openssl(['pkcs12', '-export', '-inkey', pem, '-in', crt, ...pfx]);
}

async function importInto(workplace: Workplace, args: readonly string[], env = {}): Promise<Outcome> {
  return workplace.run(['import', ...args], { env: { PFX_PASSWORD: PASSWORD, ...env } });
}

describe('vb365 import', () => {
  it.each([
    ['a PFX, its password in a variable', ['wizard.pfx', '--password-env', 'PFX_PASSWORD']],
    ['a PFX, its password in a file', ['wizard.pfx', '--password-file', 'password']],
    ['a PFX, its password in a file of Windows PowerShell', ['wizard.pfx', '--password-file', 'password-utf16']],
    ['a pair of PEM files', ['wizard.crt', '--key', 'wizard.key']],
    ['one PEM file', ['both.pem']],
    ['one PEM file in UTF-16', ['both-utf16.pem']],
    ['a pair of PEM files in UTF-16', ['crt-utf16', '--key', 'key-utf16']],
    ['a PFX in base64 that is UTF-16', ['pfx-utf16', '--password-env', 'PFX_PASSWORD']],
    ['PKCS#7 beside its key', ['wizard.p7b', '--key', 'wizard.key']],
    ['PKCS#7 in DER beside its key', ['der.p7b', '--key', 'wizard.key']],
    ['PKCS#7 that Windows calls a certificate, beside its key in UTF-16', ['windows.p7b', '--key', 'key-utf16']],
    ['PKCS#7 and its key in one file', ['p7b-and-key.pem']],
    ['a certificate in DER beside its key', ['wizard.cer', '--key', 'wizard.key']],
  ])('takes %s', async (_, args) => {
    const workplace = source.copy();
    workplace.write('password', `${PASSWORD}\r\nsecond line`);
    workplace.write('password-utf16', Buffer.from(`\uFEFF${PASSWORD}\r\n`, 'utf16le'));
    workplace.write('both.pem', workplace.read('wizard.key') + workplace.read('wizard.crt'));
    const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text.replaceAll('\n', '\r\n')}`, 'utf16le');
    workplace.write('both-utf16.pem', utf16(workplace.read('both.pem')));
    for (const each of ['key', 'crt']) workplace.write(`${each}-utf16`, utf16(workplace.read(`wizard.${each}`)));
    workplace.write('pfx-utf16', utf16(readFileSync(workplace.path('wizard.pfx')).toString('base64')));
    const [crt, p7b] = [workplace.path('wizard.crt'), workplace.path('wizard.p7b')];
    openssl(['crl2pkcs7', '-nocrl', '-certfile', crt, '-out', p7b]);
    openssl(['pkcs7', '-in', p7b, '-outform', 'der', '-out', workplace.path('der.p7b')]);
    openssl(['x509', '-in', crt, '-outform', 'der', '-out', workplace.path('wizard.cer')]);
    workplace.write('windows.p7b', workplace.read('wizard.p7b').replaceAll('PKCS7', 'CERTIFICATE'));
    workplace.write('p7b-and-key.pem', workplace.read('wizard.p7b') + workplace.read('wizard.key'));
    const { code, stdout } = await importInto(workplace, [LINEAGE, ...args]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^imported contoso\/entra-application 0001: [0-9A-F]{40} \(CN=wizard\), valid to \d{4}-/m);
    const keystore = new Keystore(workplace.path('keystore'));
    expect(keystore.current(LINEAGE)?.certificate.subject).toBe('CN=wizard');
    expect(await openKeys(keystore, workplace.identity)).toHaveLength(1);
  });

  it('gives what issue asks for', async () => {
    const workplace = source.copy();
    await importInto(workplace, ['northwind/entra-application', 'wizard.crt', '--key', 'wizard.key']);
    expect((await workplace.run(['issue'])).code).toBe(0);
  });

  it('refuses the same certificate twice', async () => {
    const workplace = source.copy();
    const args = [LINEAGE, 'wizard.pfx', '--password-env', 'PFX_PASSWORD'];
    await importInto(workplace, args);
    const before = workplace.snapshot();
    const { code, stderr } = await importInto(workplace, args);
    expect(code).toBe(2);
    expect(stderr).toContain('error[certificate-already-kept]');
    expect(Object.keys(workplace.snapshot())).toEqual(Object.keys(before));
  });

  it('follows up with the next generation', async () => {
    const workplace = source.copy();
    await importInto(workplace, [LINEAGE, 'wizard.crt', '--key', 'wizard.key']);
    const { stdout } = await importInto(workplace, [
      ...[LINEAGE, 'short.crt', '--key', 'short.key'],
      ...['--accept', 'certificate-short-validity'],
    ]);
    expect(stdout).toContain(`imported ${LINEAGE} 0002`);
  });
});

describe('vb365 import of certificates that were made earlier', () => {
  /** Imports one that is valid since a day of 2026, and for a year. */
  async function importSince(workplace: Workplace, since: string, at: string, ...rest: string[]): Promise<Outcome> {
    workplace.write(`${since}.crt`, selfSigned({ notBefore: new Date(since) }).pem);
    workplace.write('all.key', testKey('rsa-2048').export({ type: 'pkcs8', format: 'pem' }));
    return importInto(workplace, [LINEAGE, `${since}.crt`, '--key', 'all.key', '--at', at, ...rest]);
  }

  async function labelsOf(workplace: Workplace): Promise<string[]> {
    const { stdout } = await workplace.run(['status', '--json', '--at', '2026-06-01']);
    const rows = JSON.parse(stdout) as { lineage: string; generation: string }[];
    return rows.filter(({ lineage }) => lineage === LINEAGE).map(({ generation }) => generation);
  }

  it('gives the old one the whole overlap, from the import on', async () => {
    const workplace = source.copy();
    const { stdout } = await importSince(workplace, '2026-04-01', '2026-05-01');
    expect(stdout).toMatch(/^Commit the folder keystore to Git, and deploy it\.$/m);
    await importSince(workplace, '2026-04-02', '2026-06-01T08:00:00Z');
    expect(workplace.read(`keystore/${LINEAGE}/0002.crt`)).toContain('\nAdded: 2026-06-01T08:00:00Z\n');
    const retire = async (at: string): Promise<string> =>
      (await workplace.run(['retire', '--dry-run', '--at', at])).stdout;
    expect(await retire('2026-06-15T07:59:59Z')).toMatch(/^Nothing to retire/);
    expect(await retire('2026-06-15T08:00:00Z')).toBe(`would retire ${LINEAGE} 0001\n`);
    expect(new Keystore(workplace.path('keystore')).findings()).toEqual([]);
  });

  it('makes no fourth: it waits, and takes the oldest away as soon as that may leave', async () => {
    const workplace = source.copy();
    for (const day of ['01', '02', '03']) await importSince(workplace, `2026-04-${day}`, '2026-05-01');
    const before = workplace.snapshot();
    const refused = await importSince(workplace, '2026-04-04', '2026-05-14');
    expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(
      /^error\[lineage-full\] contoso\/entra-application has 3 .* ends at 2026-05-15T00:00:00Z.*\ncure: run "vb365 import contoso\/entra-application <file>" again after that, or after "vb365 retire --confirmed .*\n$/,
    );
    const rehearsed = await importSince(workplace, '2026-04-04', '2026-05-14', '--dry-run');
    expect(rehearsed.code).toBe(1);
    expect(rehearsed.stderr).toMatch(/^error\[lineage-full\] /);
    expect(rehearsed.stdout).toMatch(/^would be refused for /);
    const again = await importSince(workplace, '2026-04-03', '2026-05-15');
    expect(again.stderr).toContain('error[certificate-already-kept]');
    expect(await labelsOf(workplace)).toEqual(['0003', '0002', '0001']);

    const would = await importSince(workplace, '2026-04-04', '2026-05-15', '--dry-run');
    expect({ code: would.code, stdout: would.stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^would retire contoso\/entra-application 0001\nwould be imported as /) as string,
    });
    expect(Object.keys(workplace.snapshot()).filter((name) => name.includes('keystore'))).toEqual(
      Object.keys(before).filter((name) => name.includes('keystore')),
    );
    const done = await importSince(workplace, '2026-04-04', '2026-05-15');
    expect(done.stdout).toMatch(
      /^retired contoso\/entra-application 0001\nimported contoso\/entra-application 0004: /m,
    );
    expect(await labelsOf(workplace)).toEqual(['0004', '0003', '0002']);
  });

  it('goes on while there is room in a lineage that cannot be read, and stops where there is none', async () => {
    const workplace = source.copy();
    await importSince(workplace, '2026-04-01', '2026-05-01');
    workplace.write(`keystore/${LINEAGE}/0001.crt`, 'cut off');
    for (const day of ['02', '03']) {
      expect((await importSince(workplace, `2026-04-${day}`, '2026-05-01')).code).toBe(0);
    }
    const { code, stderr } = await importSince(workplace, '2026-04-04', '2026-05-01');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[keystore-certificate-unreadable\] /m);
  });
});

describe('vb365 import of an unfit certificate', () => {
  it('refuses it with every finding, and makes nothing: no identity, no keystore', async () => {
    const workplace = source.copy();
    const before = workplace.snapshot();
    const { code, stdout, stderr } = await importInto(workplace, [LINEAGE, 'short.pfx']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error\[certificate-short-validity\] .*\ncure: .*\n/);
    expect(stderr).toMatch(
      /error\[import-refused\] the certificate [0-9A-F]{40} \(CN=short\) is not fit for .*\ncure: .*\n$/,
    );
    expect(workplace.snapshot()).toEqual(before);
  });

  it('ends with the options that would accept it', async () => {
    const { stderr } = await importInto(source, [LINEAGE, 'short.pfx']);
    const ids = Array.from(stderr.matchAll(/^error\[(certificate-[\w-]+)\]/gm), ([, id]) => id ?? '');
    expect(stderr.trimEnd().endsWith(ids.map((id) => `--accept ${id}`).join(' '))).toBe(true);
  });

  it.each([
    ['the key', ['short.crt', '--key', 'broken.key'], 'broken.key'],
    ['the certificate', ['broken.crt', '--key', 'short.key'], 'broken.crt'],
  ])('names the file of %s where that is damaged', async (_, args, file) => {
    const workplace = source.copy();
    for (const each of ['key', 'crt']) {
      workplace.write(`broken.${each}`, workplace.read(`short.${each}`).replace(/\n.{30}/, '\n'));
    }
    const { stderr } = await importInto(workplace, [LINEAGE, ...args]);
    expect(stderr).toContain(`] ${file}: `);
  });

  it('takes it where the finding is accepted, and notes that beside the certificate', async () => {
    const workplace = source.copy();
    const accept = ['--accept', 'certificate-short-validity', '--accept', 'certificate-usage-mismatch'];
    const { code, stdout } = await importInto(workplace, [LINEAGE, 'short.pfx', ...accept]);
    expect(code).toBe(0);
    expect(stdout).toContain(
      'accepted certificate-short-validity: noted in keystore/contoso/entra-application/0001.crt',
    );
    expect(workplace.read('keystore/contoso/entra-application/0001.crt')).toContain(
      'Accepted: certificate-short-valid',
    );
    const { stderr } = await workplace.run(['issue', '--dry-run']);
    expect(stderr).not.toContain('certificate-short-validity');
  });

  it.each([
    ['certificate-expired', 'finding-not-acceptable'],
    ['certificate-shiny', 'finding-unknown'],
  ])('does not accept %s', async (id, code) => {
    const outcome = await importInto(source, [LINEAGE, 'short.pfx', '--accept', id]);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain(`error[${code}]`);
  });
});

describe('vb365 import --dry-run', () => {
  it.each([
    ['would be imported as', 'wizard', 0],
    ['would be refused for', 'short', 1],
  ])('%s, exits accordingly and writes nothing', async (verdict, name, expected) => {
    const before = source.snapshot();
    const { code, stdout } = await importInto(source, [
      ...[LINEAGE, `${name}.crt`, '--key', `${name}.key`],
      '--dry-run',
    ]);
    expect(code).toBe(expected);
    expect(stdout).toMatch(new RegExp(`^${verdict} ${LINEAGE}: [0-9A-F]{40} \\(CN=${name}\\), valid to [\\d-]+\\n$`));
    expect(source.snapshot()).toEqual(before);
  });
});

describe('vb365 import --dry-run of a certificate that is kept already', () => {
  it('would refuse it', async () => {
    const workplace = source.copy();
    const args = [LINEAGE, 'wizard.crt', '--key', 'wizard.key'];
    await importInto(workplace, args);
    const { code, stdout, stderr } = await importInto(workplace, [...args, '--dry-run']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^would be refused for /);
    expect(stderr).toMatch(/^error\[certificate-already-kept\] the certificate [0-9A-F]{40} is generation 0001 of /);
  });
});

describe('vb365 import fails', () => {
  it.each([
    ['without a file or thumbprint', [], 'import-source-ambiguous'],
    ['with both', ['wizard.pfx', '--thumbprint', 'A'.repeat(40)], 'import-source-ambiguous'],
    ['with a thumbprint and a key', ['--thumbprint', 'A'.repeat(40), '--key', 'wizard.key'], 'import-source-ambiguous'],
    ['with a malformed thumbprint', ['--thumbprint', 'xyz'], 'thumbprint-malformed'],
    ['where the file is not there', ['absent.pfx'], 'import-file-unreadable'],
    ['where the file is a folder', ['folder'], 'import-file-unreadable'],
    ['where the file never ends', ['/dev/zero'], 'import-file-too-large'],
    ['where the file is empty', ['/dev/null'], 'pfx-not-a-pfx'],
    ['where the file is something else', ['vb365.yaml'], 'pfx-not-a-pfx'],
    ['where the key is not there', ['wizard.crt', '--key', 'absent.key'], 'import-file-unreadable'],
    ['where there is no key', ['wizard.crt'], 'private-key-missing'],
    ['where a PFX is given with a key', ['wizard.pfx', '--key', 'wizard.key'], 'import-pem-expected'],
    ['where the key is DER', ['wizard.crt', '--key', 'der.key'], 'import-pem-expected'],
    ['where the file of the key holds none', ['wizard.crt', '--key', 'short.crt'], 'private-key-missing'],
    ['where the key is another one', ['wizard.crt', '--key', 'short.key'], 'certificate-of-another-key'],
    ['where nobody can be asked for a password', ['wizard.pfx'], 'password-needed'],
    ['with the wrong password', ['wizard.pfx', '--password-env', 'WRONG'], 'pfx-password-wrong'],
    ['with no such variable', ['wizard.pfx', '--password-env', 'ABSENT'], 'password-variable-missing'],
    ['with no such password file', ['wizard.pfx', '--password-file', 'absent'], 'password-file-unreadable'],
    ['with two passwords', ['wizard.pfx', '--password-env', 'A', '--password-file', 'b'], 'password-source-ambiguous'],
  ])('%s', async (_, args, code) => {
    const workplace = source.copy();
    mkdirSync(workplace.path('folder'));
    openssl(['pkey', '-in', workplace.path('wizard.key'), '-outform', 'der', '-out', workplace.path('der.key')]);
    const before = workplace.snapshot();
    const outcome = await importInto(workplace, [LINEAGE, ...args], { WRONG: 'wrong' });
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toMatch(new RegExp(`^error\\[${code}\\] .*\\ncure: .*\\n$`));
    expect(workplace.snapshot()).toEqual(before);
  });

  it.each([
    '../../etc/passwd',
    '/etc/passwd',
    '..',
    'contoso',
    'contoso/..',
    'Contoso/entra-application',
    '',
    '\u001b[2J',
  ])('for the lineage %j, which is not declared', async (lineage) => {
    const { code, stderr } = await importInto(source, [lineage, 'wizard.pfx']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[lineage-unknown\] the configuration declares no lineage .*\ncure: .*\n$/);
    expect(stderr).not.toContain('\u001b');
    expect(readdirSync(source.folder)).not.toContain('keystore');
  });

  it('under CI without recipients, and makes none', async () => {
    const workplace = source.copy();
    const before = workplace.snapshot();
    const args = [LINEAGE, 'wizard.crt', '--key', 'wizard.key'];
    const { code, stderr } = await importInto(workplace, args, { CI: 'true' });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[recipients-missing\]/);
    expect(workplace.snapshot()).toEqual(before);
  });
});
