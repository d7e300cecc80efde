import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { createIdentity } from '../../../lib/keystore/sealing/identity';
import { Keystore } from '../../../lib/keystore/keystore';
import { runGit } from '../../../lib/system/run-git';
import { type Outcome, removeWorkplaces, Workplace } from '../../support/cli';
import { openssl } from '../../support/openssl';
import { itWith } from '../../support/pfx-tools';

const LINEAGE = 'contoso/entra-application';
const PFX = 'contoso-entra-application-0001.pfx';
const PASSWORD = 'Correct-Horse';

/** Holds three lineages; not to be changed. */
let done: Workplace;

beforeAll(async () => {
  done = new Workplace();
  await done.run(['issue']);
});

afterAll(removeWorkplaces);

function exportFrom(workplace: Workplace, ...args: string[]): Promise<Outcome> {
  return workplace.run(['export', LINEAGE, ...args], { env: { PFX_PASSWORD: PASSWORD, EMPTY: '' } });
}

function withPassword(workplace: Workplace, ...args: string[]): Promise<Outcome> {
  return exportFrom(workplace, '--password-env', 'PFX_PASSWORD', ...args);
}

describe('vb365 export', () => {
  it.each(['modern', 'legacy'])('writes a PFX that openssl reads (%s)', async (encryption) => {
    const workplace = done.copy();
    const { code, stdout } = await withPassword(workplace, '--encryption', encryption);
    const thumbprint = new Keystore(workplace.path('keystore')).current(LINEAGE)?.certificate.thumbprint ?? '';
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `exported ${LINEAGE} 0001 to ${PFX} (thumbprint ${thumbprint})\n`,
    });
    const legacy = encryption === 'legacy' ? ['-legacy'] : [];
    const read = ['pkcs12', '-in', workplace.path(PFX), '-nodes', '-passin', `pass:${PASSWORD}`, ...legacy];
    const text = openssl(read);
    expect(text).toContain('friendlyName: Microsoft Entra application certificate contoso 0001');
    expect(text).toContain('Microsoft CSP Name: Microsoft Enhanced RSA and AES Cryptographic Provider');
    expect(text).toContain('BEGIN PRIVATE KEY');
    expect(openssl(['x509', '-noout', '-fingerprint'], text).replaceAll(':', '')).toContain(thumbprint);
  });

  it.each([
    [
      'has expired',
      '2999-01-01',
      'certificate-expired',
      'it expired at',
      `run "vb365 renew ${LINEAGE}" and export that`,
    ],
    ['is not valid yet', '2020-01-01', 'certificate-not-yet-valid', 'it becomes valid at', 'wait until then'],
  ])('warns where the certificate %s, and writes it all the same', async (_, at, id, message, cure) => {
    const workplace = done.copy();
    const { code, stderr } = await withPassword(workplace, '--at', at);
    expect(code).toBe(0);
    expect(stderr).toContain(`warning[${id}] ${LINEAGE} 0001: ${message}`);
    expect(stderr).toContain(`cure: ${cure}`);
    expect(existsSync(workplace.path(PFX))).toBe(true);
    expect((await withPassword(workplace, '--force')).stderr).toBe('');
  });

  it('says of an older one that has expired which to take instead', async () => {
    const workplace = done.copy();
    await workplace.run(['renew', LINEAGE]);
    const { stderr } = await withPassword(workplace, '--generation', '1', '--at', '2999-01-01');
    expect(stderr).toMatch(/^warning\[certificate-expired\] .*\ncure: leave out --generation, .* the current one\n$/);
  });

  describe('for Java', () => {
    const workplaces: Workplace[] = [];

    beforeAll(async () => {
      for (const encryption of ['modern', 'legacy']) {
        const workplace = done.copy();
        await withPassword(workplace, '--encryption', encryption);
        workplaces.push(workplace);
      }
    });

    itWith('keytool')('writes PFX files that keytool reads', () => {
      expect(workplaces).toHaveLength(2);
      for (const workplace of workplaces) {
        const list = ['-list', '-keystore', workplace.path(PFX), '-storetype', 'PKCS12', '-storepass', PASSWORD];
        expect(execFileSync('keytool', list, { encoding: 'utf8' })).toContain('PrivateKeyEntry');
      }
    });
  });

  it('writes a PFX that only its owner can read', async () => {
    const workplace = done.copy();
    await withPassword(workplace);
    expect(statSync(workplace.path(PFX)).mode & 0o777).toBe(0o600);
  });

  it('makes a password that opens the PFX, in a file that only its owner can read', async () => {
    const workplace = done.copy();
    const { code, stdout } = await exportFrom(workplace, '--generate-password', 'out/contoso.password');
    const password = workplace.read('out/contoso.password').trimEnd();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^wrote the password to out\/contoso\.password\nexported /);
    expect(stdout).not.toContain(password);
    expect(password).toMatch(/^[\w-]{32}$/);
    expect(statSync(workplace.path('out/contoso.password')).mode & 0o777).toBe(0o600);
    openssl(['pkcs12', '-in', workplace.path(PFX), '-noout', '-passin', `pass:${password}`]);
  });

  it.each([
    ['in no repository', null, []],
    ['that Git would take in', '', ['p', PFX]],
    ['of which .gitignore names one', 'p\n', [PFX]],
    ['that .gitignore names', '*\n', []],
  ])('tells of files %s', async (_, ignored, told) => {
    const workplace = done.copy();
    if (ignored !== null) {
      runGit(workplace.folder, ['init', '--quiet']);
      workplace.write('.gitignore', ignored);
    }
    const { code, stderr } = await exportFrom(workplace, '--generate-password', 'p');
    expect(code).toBe(0);
    expect(Array.from(stderr.matchAll(/^advice\[output-inside-repository\] (\S+)/gm), ([, file]) => file)).toEqual(
      told,
    );
    expect(stderr.includes('Git')).toBe(told.length > 0);
  });

  it('can be taken in again', async () => {
    const workplace = done.copy();
    await withPassword(workplace);
    const { stderr } = await workplace.run(['import', LINEAGE, PFX, '--password-env', 'P'], { env: { P: PASSWORD } });
    expect(stderr).toContain('error[certificate-already-kept]');
  });

  it('exports the generation that is asked for', async () => {
    const { code, stdout } = await withPassword(done.copy(), '--generation', '1');
    expect(code).toBe(0);
    expect(stdout).toContain('0001');
  });

  it('needs no configuration but the one of the lineage, and works under CI', async () => {
    const workplace = done.copy();
    const outcome = await workplace.run(['export', LINEAGE, '--password-env', 'P'], {
      env: { P: PASSWORD, CI: 'true' },
    });
    expect(outcome.code).toBe(0);
  });
});

describe('vb365 export over files that are there', () => {
  it.each([
    ['the PFX', PFX],
    ['the file of the password', 'p'],
  ])('refuses without --force, and writes neither file (%s)', async (_, name) => {
    const workplace = done.copy();
    workplace.write(name, 'precious');
    const before = workplace.snapshot();
    const { code, stderr } = await exportFrom(workplace, '--generate-password', 'p');
    expect(code).toBe(2);
    expect(stderr).toBe(
      `error[output-exists] there is a file ${name} already\ncure: name another file, or give --force to write over it\n`,
    );
    expect(workplace.snapshot()).toEqual(before);
  });

  it('replaces both with --force', async () => {
    const workplace = done.copy();
    workplace.write(PFX, 'old');
    workplace.write('p', 'old');
    expect((await exportFrom(workplace, '--generate-password', 'p', '--force')).code).toBe(0);
    const password = workplace.read('p').trimEnd();
    openssl(['pkcs12', '-in', workplace.path(PFX), '-noout', '-passin', `pass:${password}`]);
    expect(statSync(workplace.path(PFX)).mode & 0o777).toBe(0o600);
  });

  it.each([
    [
      'a folder',
      (path: string) => {
        mkdirSync(path);
      },
    ],
    [
      'a symbolic link, such as /dev/stdout',
      (path: string) => {
        symlinkSync('vb365.yaml', path);
      },
    ],
  ])('does not replace %s, even with --force', async (_, make) => {
    const workplace = done.copy();
    make(workplace.path(PFX));
    const { code, stderr } = await exportFrom(workplace, '--generate-password', 'p', '--force');
    expect(code).toBe(2);
    expect(stderr).toContain('error[output-unwritable]');
    expect(existsSync(workplace.path('p'))).toBe(false);
  });
});

describe('vb365 export fails', () => {
  it.each([
    ['for a lineage that is not declared', ['export', 'contoso/data-cloud'], 'lineage-unknown'],
    ['for generation 0', ['export', LINEAGE, '--generation', '0'], 'generation-unknown'],
    ['for generation 2', ['export', LINEAGE, '--generation', '2'], 'generation-unknown'],
    ['for generation -1', ['export', LINEAGE, '--generation=-1'], 'generation-unknown'],
    ['for a generation in words', ['export', LINEAGE, '--generation', 'one'], 'generation-unknown'],
    ['without a password', ['export', LINEAGE], 'password-needed'],
    ['with an empty password', ['export', LINEAGE, '--password-env', 'EMPTY'], 'password-empty'],
    ['with an empty password file', ['export', LINEAGE, '--password-file', '/dev/null'], 'password-empty'],
    [
      'with a password given and one to be made',
      ['export', LINEAGE, '--password-env', 'PFX_PASSWORD', '--generate-password', 'p'],
      'password-source-ambiguous',
    ],
    [
      'with PFX and password in one file',
      ['export', LINEAGE, '--generate-password', 'p', '--out', './p'],
      'output-same-file',
    ],
    [
      'into a folder that is a file',
      ['export', LINEAGE, '--generate-password', 'p', '--out', 'vb365.yaml/x.pfx'],
      'output-unwritable',
    ],
    ['with an unknown encryption', ['export', LINEAGE, '--encryption', 'rot13'], 'usage'],
  ])('%s', async (_, args, code) => {
    const before = done.snapshot();
    const outcome = await done.run(args, { env: { PFX_PASSWORD: PASSWORD, EMPTY: '' } });
    expect(outcome.code).toBe(2);
    expect(outcome.stdout).toBe('');
    expect(outcome.stderr).toMatch(new RegExp(`^error\\[${code}\\] .*\\ncure: .*\\n$`));
    expect(done.snapshot()).toEqual(before);
  });

  it('without a certificate', async () => {
    const { code, stderr } = await withPassword(new Workplace());
    expect(code).toBe(2);
    expect(stderr).toContain('error[certificate-missing-in-keystore]');
  });

  it('without an identity', async () => {
    const env = { VB365_IDENTITY: `${done.identity}.absent`, P: PASSWORD };
    const { code, stderr } = await done.run(['export', LINEAGE, '--password-env', 'P'], { env });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[identity-missing\] .*\ncure: set VB365_IDENTITY to the path .*\n$/);
  });

  it('with the identity of somebody else', async () => {
    const other = `${done.identity}.other`;
    await createIdentity(other, new Date('2026-06-01'));
    const env = { VB365_IDENTITY: other, P: PASSWORD };
    const { code, stderr } = await done.run(['export', LINEAGE, '--password-env', 'P'], { env });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[key-not-sealed-to-identity\] .*\ncure: .*\n$/);
    expect(existsSync(done.path(PFX))).toBe(false);
  });

  it.each([
    ['changed', (lines: string[]) => lines.with(8, flip(lines[8] ?? '')), 'sealed-key-damaged'],
    ['cut off', (lines: string[]) => lines.slice(0, 8), 'key-not-sealed'],
    ['empty', () => [], 'key-not-sealed'],
  ])('where the sealed key is %s', async (_, damage, code) => {
    const workplace = done.copy();
    const file = 'keystore/contoso/entra-application/0001.key.age';
    workplace.write(file, damage(workplace.read(file).split('\n')).join('\n'));
    const outcome = await withPassword(workplace);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain(`error[${code}]`);
    expect(existsSync(workplace.path(PFX))).toBe(false);
  });

  it('where the key is the one of another certificate', async () => {
    const workplace = done.copy();
    workplace.write(
      'keystore/contoso/entra-application/0001.key.age',
      workplace.read('keystore/primary/rest-api/0001.key.age'),
    );
    expect((await withPassword(workplace)).stderr).toContain('error[certificate-of-another-key]');
  });
});

function flip(line: string): string {
  return (line.startsWith('A') ? 'B' : 'A') + line.slice(1);
}
