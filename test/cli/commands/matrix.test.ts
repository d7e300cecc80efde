import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { ownerOf } from '../../../lib/catalogue/lineage-name';
import { Keystore } from '../../../lib/keystore/keystore';
import { writeBaseFiles } from '../../../lib/matrix/base-files';
import { GitRepository } from '../../../lib/system/git-repository';
import { removeWorkplaces, Workplace } from '../../support/cli';
import { keyOf, later, noon, selfSigned } from '../../support/self-signed';

const SEALED = '-----BEGIN AGE ENCRYPTED FILE-----\nc2VhbGVk\n-----END AGE ENCRYPTED FILE-----\n';
const MAIN = `include: [organizations/*.yaml]
installations:
  - name: primary
    productVersion: '8.3'
    tenantId: 00000000-0000-0000-0000-000000000001
    server: { hostName: vb365.example.com }
    restApi: {}
`;
const CONTOSO = 'infra/organizations/contoso.yaml';
const FABRIKAM = 'infra/organizations/fabrikam.yaml';
const ALL = ['contoso', 'fabrikam', 'primary', 'fabrikam-consent'];

/** A repository whose `infra` holds an installation and two organizations, of which fabrikam has consent apart. */
let template: Workplace;
let temporary: readonly string[];

beforeAll(() => {
  template = new Workplace(null);
  template.write('infra/vb365.yaml', MAIN);
  template.write(CONTOSO, organization('contoso'));
  template.write(FABRIKAM, `${organization('fabrikam')}consent: separate-stack\n`);
  template.write('infra/package-lock.json', '{}\n');
  for (const lineage of ['primary/rest-api', 'contoso/entra-application', 'fabrikam/entra-application']) {
    addGeneration(template, lineage, 0);
  }
  git(template, 'init', '--quiet', '--initial-branch=main');
  commit(template, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
});

beforeEach(() => {
  temporary = temporaryFolders();
});

afterEach(() => {
  expect(temporary).toEqual(expect.arrayContaining(temporaryFolders()));
});

afterAll(removeWorkplaces);

/** What a command makes for itself, and has to remove. */
function temporaryFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('vb365-matrix-'));
}

function organization(name: string): string {
  return `name: ${name}
installation: primary
tenantId: 00000000-0000-0000-0000-000000000002
services: [exchange]
application: { displayName: VB365 ${name} }
`;
}

function addGeneration(place: Workplace, lineage: string, day: number): void {
  const certificate = selfSigned({ notBefore: later(noon, day * 86_400), key: keyOf(ownerOf(lineage)) });
  new Keystore(place.path('infra/keystore')).add(lineage, { certificate, chain: [], accepted: [], sealedKey: SEALED });
}

function git({ folder }: Pick<Workplace, 'folder'>, ...args: readonly string[]): string {
  const person = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b' };
  const env = { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1', ...person };
  return execFileSync('git', ['-C', folder, ...args], { env, encoding: 'utf8', stdio: 'pipe' }).trim();
}

/** Commits everything, and then does what else is given. */
function commit(place: Pick<Workplace, 'folder'>, ...then: readonly string[]): void {
  git(place, 'add', '--all');
  git(place, 'commit', '--quiet', '--message', 'change');
  if (then.length > 0) git(place, ...then);
}

interface Outcome {
  readonly stacks: readonly string[];
  readonly changes: readonly string[];
  readonly removed: readonly string[] | null;
  readonly changedCode: readonly string[];
  readonly stderr: string;
}

async function matrix(place: Workplace, ...args: readonly string[]): Promise<Outcome> {
  const { code, stdout, stderr } = await place.run(['matrix', '--config', 'infra/vb365.yaml', ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('error[') });
  const json = JSON.parse(stdout) as Omit<Outcome, 'stacks'> & { stacks: { stack: string; change: string }[] };
  return {
    ...json,
    stacks: json.stacks.map(({ stack }) => stack),
    changes: [...new Set(json.stacks.map(({ change }) => change))],
    stderr,
  };
}

async function errorOf(place: Workplace, ...args: readonly string[]): Promise<string | undefined> {
  const { code, stdout, stderr } = await place.run(['matrix', '--config', 'infra/vb365.yaml', ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/\ncure: .+\n$/);
  return /error\[([a-z-]+)\]/.exec(stderr)?.[1];
}

describe('vb365 matrix', () => {
  it('finds nothing where nothing has changed, and touches neither the work tree nor the index', async () => {
    const place = template.copy();
    const before = place.snapshot();
    const { code, stdout, stderr } = await place.run(['matrix', '--config', 'infra/vb365.yaml', '--format', 'github']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^any=false\nhas_deploy=false\ndeploy=\{"include":\[\]\}\n/);
    expect(stderr).toMatch(
      /^No stack is touched, compared with origin\/main at [0-9a-f]{10}, which is checked out: only what is not committed counts\. On the branch itself, name the commit before the push\.\n$/,
    );
    expect(place.snapshot()).toEqual(before);
  });

  it('counts what is not committed, and puts consent behind its owner', async () => {
    const place = template.copy();
    place.write(FABRIKAM, place.read(FABRIKAM).replace('[exchange]', '[exchange, sharepoint]'));
    const { stacks, changes, removed } = await matrix(place);
    expect({ stacks, changes, removed }).toEqual({
      stacks: ['fabrikam', 'fabrikam-consent'],
      changes: ['changed'],
      removed: [],
    });
  });

  it('takes a renewed certificate as a change of its owner alone', async () => {
    const place = template.copy();
    addGeneration(place, 'fabrikam/entra-application', 1);
    expect((await matrix(place)).stacks).toEqual(['fabrikam']);
    commit(place);
    expect((await matrix(place)).stacks).toEqual(['fabrikam']);
  });

  it('takes what does not change a stack as no change', async () => {
    const place = template.copy();
    place.write('infra/vb365.yaml', `# a comment\n${MAIN}certificates: { renewBeforeDays: 40 }\n`);
    place.write('README.md', 'words\n');
    expect((await matrix(place)).stacks).toEqual([]);
  });

  it.each([
    ['the state backend', `${MAIN}backend: { type: gcs, bucket: states }\n`, ALL],
    ['the address of the installation', MAIN.replace('vb365.example.com', 'new.example.com'), ['primary']],
  ])('takes a change of %s as one of each stack that has it', async (_, text, touched) => {
    const place = template.copy();
    place.write('infra/vb365.yaml', text);
    expect((await matrix(place)).stacks).toEqual(touched);
  });

  it('tells new stacks, and those that nothing synthesizes any more', async () => {
    const place = template.copy();
    git(place, 'rm', '--quiet', FABRIKAM);
    place.write('infra/organizations/woodgrove.yaml', organization('woodgrove'));
    addGeneration(place, 'woodgrove/entra-application', 0);
    const { stacks, changes, removed, stderr } = await matrix(place);
    expect({ stacks, changes, removed }).toEqual({
      stacks: ['woodgrove'],
      changes: ['added'],
      removed: ['fabrikam-consent', 'fabrikam'],
    });
    const base = git(place, 'rev-parse', 'HEAD');
    expect(stderr).toContain(
      `Nothing synthesizes the stacks fabrikam-consent, fabrikam any more, and their resources stay: check out ${base} and destroy them from there.\n`,
    );
  });

  it('compares with where HEAD parted from the base, as a pull request does', async () => {
    const place = template.copy();
    git(place, 'checkout', '--quiet', '-b', 'feature');
    place.write(CONTOSO, place.read(CONTOSO).replace('[exchange]', '[sharepoint]'));
    commit(place, 'checkout', '--quiet', 'main');
    place.write(FABRIKAM, place.read(FABRIKAM).replace('[exchange]', '[sharepoint]'));
    commit(place, 'checkout', '--quiet', 'feature');
    expect((await matrix(place, '--base', 'main')).stacks).toEqual(['contoso']);
    const [main, parting, head] = ['main', 'origin/main', 'HEAD'].map((ref) => git(place, 'rev-parse', ref));
    const { stacks, stderr } = await matrix(place, '--base', main ?? '');
    expect(stacks).toEqual(['contoso']);
    const said = `compared with ${main} at ${main?.slice(0, 10)}, from which HEAD parted at ${parting?.slice(0, 10)}.\n`;
    expect(stderr).toContain(said);
    const { stderr: onward } = await matrix(place, '--base', parting ?? '');
    expect(onward).toContain(`${parting?.slice(0, 10)}; HEAD is at ${head?.slice(0, 10)}.\n`);
  });

  it('compares with the base itself where HEAD lies behind it, as after a push that throws commits away', async () => {
    const place = template.copy();
    place.write(CONTOSO, place.read(CONTOSO).replace('[exchange]', '[sharepoint]'));
    commit(place, 'branch', 'before');
    git(place, 'reset', '--quiet', '--hard', 'origin/main');
    const { stacks, stderr } = await matrix(place, '--base', 'before');
    expect(stacks).toEqual(['contoso']);
    const [base, head] = ['before', 'HEAD'].map((ref) => git(place, 'rev-parse', ref).slice(0, 10));
    expect(stderr).toContain(`compared with before at ${base}; HEAD is at ${head}.\n`);
  });

  it('touches every stack where a submodule has moved, in a commit or only in the work tree', async () => {
    const place = template.copy();
    const [old, next] = ['a'.repeat(40), 'b'.repeat(40)];
    git(place, 'update-index', '--add', '--cacheinfo', `160000,${old},modules/shared`);
    git(place, 'commit', '--quiet', '--message', 'submodule');
    git(place, 'branch', 'pinned');
    expect((await matrix(place, '--base', 'pinned')).changedCode).toEqual([]);
    git(place, 'update-index', '--cacheinfo', `160000,${next},modules/shared`);
    expect((await matrix(place, '--base', 'pinned')).changedCode).toEqual(['modules/shared']);
    git(place, 'update-index', '--cacheinfo', `160000,${old},modules/shared`);
    place.write('modules/shared/a.ts', '');
    git({ folder: place.path('modules/shared') }, 'init', '--quiet');
    commit({ folder: place.path('modules/shared') });
    expect((await matrix(place, '--base', 'pinned')).changedCode).toEqual(['modules/shared']);
  });

  it('knows a source file again whose name is not UTF-8', async () => {
    const place = template.copy();
    const name = (end: number): Buffer =>
      Buffer.concat([Buffer.from(`${place.path('infra')}/k`), Buffer.from([end]), Buffer.from('.ts')]);
    for (const end of [0xe4, 0xf6]) writeFileSync(name(end), `${end}\n`);
    commit(place);
    expect((await matrix(place, '--base', 'HEAD')).changedCode).toEqual([]);
    writeFileSync(name(0xf6), 'new\n');
    expect((await matrix(place, '--base', 'HEAD')).changedCode).toEqual(['infra/k\u00F6.ts']);
  });

  it('compares a configuration in JSON by its content', async () => {
    const place = template.copy();
    place.write('infra/vb365.json', JSON.stringify(load(MAIN)));
    commit(place);
    place.write('infra/vb365.json', JSON.stringify(load(MAIN), undefined, 2));
    const { stdout } = await place.run(['matrix', '--config', 'infra/vb365.json', '--base', 'HEAD']);
    expect(JSON.parse(stdout)).toMatchObject({ changedCode: [], stacks: [] });
  });

  it.each([
    ...['infra/package-lock.json', 'package.json', 'infra/cdktf.json', 'infra/lib/own.ts', 'yarn.lock'],
    ...['shared/own.ts', 'shared/data.json', 'infra/tsconfig.build.json'],
  ])('touches every stack where %s has changed', async (file) => {
    const place = template.copy();
    place.write(file, '{ }\n');
    const { stacks, changes, changedCode, stderr } = await matrix(place);
    expect({ stacks, changes, changedCode }).toEqual({ stacks: ALL, changes: ['unknown'], changedCode: [file] });
    expect(stderr).toMatch(`Every stack counts as touched: ${file} has changed.`);
  });

  it.each(['elsewhere/yarn.lock', '.vscode/settings.json', 'infra/node_modules/a/index.js', 'infra/notes.md'])(
    'takes no notice of %s',
    async (file) => {
      const place = template.copy();
      place.write(file, '{ }\n');
      expect((await matrix(place)).stacks).toEqual([]);
    },
  );

  it('compares source code as Git keeps it: with its own line ends, and links as links', async () => {
    const place = template.copy();
    place.write('.gitattributes', '*.ts text eol=crlf\n');
    place.write('infra/own.ts', 'one\r\nother\r\n');
    symlinkSync('own.ts', place.path('infra/link.ts'));
    symlinkSync('loop.ts', place.path('infra/loop.ts'));
    commit(place);
    expect((await matrix(place, '--base', 'HEAD')).changedCode).toEqual([]);
    rmSync(place.path('infra/link.ts'));
    symlinkSync('other.ts', place.path('infra/link.ts'));
    rmSync(place.path('infra/own.ts'));
    expect((await matrix(place, '--base', 'HEAD')).changedCode).toEqual(['infra/link.ts', 'infra/own.ts']);
  });

  it('takes every stack as new where the base does not have the configuration', async () => {
    const place = template.copy();
    git(place, 'mv', 'infra', 'moved');
    const { code, stdout, stderr } = await place.run(['matrix', '--config', 'moved/vb365.yaml', '--format', 'gitlab']);
    expect(code).toBe(0);
    expect(Object.keys(load(stdout) as object)).toEqual([
      'variables',
      'stages',
      'deploy:contoso',
      'deploy:fabrikam',
      'deploy:primary',
      'consent:fabrikam-consent',
    ]);
    expect(stderr).toContain('Every stack counts as touched: the base does not have moved/vb365.yaml.');
  });

  it('takes every stack as new where there was nothing before, as before the first push', async () => {
    const { stacks, changes } = await matrix(template.copy(), '--base', '0'.repeat(40));
    expect({ stacks, changes }).toEqual({ stacks: ALL, changes: ['added'] });
  });

  it.each([
    [
      'has a configuration with an error',
      (place: Workplace) => place.write('infra/vb365.yaml', `${MAIN}colour: red\n`),
    ],
    ['is not YAML', (place: Workplace) => place.write('infra/vb365.yaml', '{\n')],
    ['lacks a certificate', (place: Workplace) => git(place, 'rm', '-rq', '--cached', 'infra/keystore/contoso')],
    [
      'keeps its keystore elsewhere',
      (place: Workplace) => place.write('infra/vb365.yaml', `${MAIN}keystore: ../../keystore\n`),
    ],
  ])('touches every stack where the base %s, and says why', async (_, breakIt) => {
    const place = template.copy();
    breakIt(place);
    git(place, 'add', 'infra/vb365.yaml');
    git(place, 'commit', '--quiet', '--message', 'broken');
    git(place, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
    place.write('infra/vb365.yaml', MAIN);
    const { stacks, changes, removed, stderr } = await matrix(place);
    expect({ stacks, changes, removed }).toEqual({ stacks: ALL, changes: ['unknown'], removed: null });
    expect(stderr).toMatch(/^Every stack counts as touched: the base .+\.\n/);
    expect(stderr).not.toContain(tmpdir());
  });

  it('balances the stacks where there are more than jobs', async () => {
    const place = template.copy();
    place.write('infra/package-lock.json', '{ }\n');
    const args = ['matrix', '--config', 'infra/vb365.yaml', '--format', 'azure', '--max-jobs', '2'];
    const { stdout } = await place.run(args);
    expect(stdout).toContain(
      'variable=deploy;isOutput=true]{"stack_contoso":{"stacks":"contoso"},"stacks_fabrikam_and_1_more":{"stacks":"fabrikam primary"}}\n',
    );
  });
});

describe('vb365 matrix refuses', () => {
  it.each(['-x', '--output=file', '', 'a b', 'main\n'])('the base %j', async (ref) => {
    expect(await errorOf(template.copy(), `--base=${ref}`)).toBe('usage');
  });

  it.each(['0', '257', '1.5', 'many', ''])('%j jobs', async (jobs) => {
    expect(await errorOf(template.copy(), '--max-jobs', jobs)).toBe('usage');
  });

  it.each(['nowhere', 'HEAD:infra/vb365.yaml', 'main..HEAD'])('the base %s, which is no commit', async (ref) => {
    expect(await errorOf(template.copy(), '--base', ref)).toBe('git-ref-unknown');
  });

  it('to guess a base where there is none of the usual', async () => {
    const place = template.copy();
    git(place, 'update-ref', '-d', 'refs/remotes/origin/main');
    expect(await errorOf(place)).toBe('git-ref-unknown');
  });

  it('a folder that is no repository', async () => {
    const place = template.copy();
    rmSync(place.path('.git'), { recursive: true });
    expect(await errorOf(place)).toBe('git-repository-missing');
  });

  it('a clone that lacks the base, or the commit where HEAD parted from it', async () => {
    const origin = template.copy();
    git(origin, 'checkout', '--quiet', '-b', 'feature');
    for (const day of [1, 2]) {
      addGeneration(origin, 'contoso/entra-application', day);
      commit(origin);
    }
    const clone = template.copy();
    rmSync(clone.folder, { recursive: true });
    const args = ['clone', '--quiet', '--depth=1', '--branch=feature', `file://${origin.folder}`, clone.folder];
    git({ folder: origin.folder }, ...args);
    expect(await errorOf(clone, '--base', 'origin/main')).toBe('git-history-shallow');
    git(clone, 'fetch', '--quiet', '--depth=1', 'origin', 'main:refs/remotes/origin/main');
    expect(await errorOf(clone, '--base', 'origin/main')).toBe('git-history-shallow');
    git(clone, 'fetch', '--quiet', '--unshallow');
    expect((await matrix(clone, '--base', 'origin/main')).stacks).toEqual(['contoso']);
  });

  it('a repository whose content is lost', async () => {
    const place = template.copy();
    const id = git(place, 'rev-parse', 'HEAD:infra/vb365.yaml');
    rmSync(place.path(`.git/objects/${id.slice(0, 2)}/${id.slice(2)}`));
    expect(await errorOf(place)).toBe('git-failed');
  });

  it('to work without git', async () => {
    const path = process.env.PATH;
    process.env.PATH = '/nowhere';
    try {
      expect(await errorOf(template.copy())).toBe('git-missing');
    } finally {
      process.env.PATH = path;
    }
  });
});

describe('writeBaseFiles', () => {
  function written(place: Workplace): string[] {
    const folder = new Workplace(null).folder;
    const repository = GitRepository.at(place.path('infra'));
    writeBaseFiles(repository, 'HEAD', 'infra/vb365.yaml', folder);
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort();
  }

  const EXPECTED = [
    'infra/keystore/contoso/entra-application/0001.crt',
    'infra/keystore/fabrikam/entra-application/0001.crt',
    'infra/keystore/primary/rest-api/0001.crt',
    CONTOSO,
    FABRIKAM,
    'infra/vb365.yaml',
  ];

  it('writes the configuration, what it includes and certificates, and no sealed key', () => {
    expect(written(template)).toEqual(EXPECTED);
  });

  it('follows a link to a file of the commit, and none that leads elsewhere', () => {
    const place = template.copy();
    mkdirSync(place.path('shared'));
    writeFileSync(place.path('shared/tailspin.yaml'), organization('tailspin'));
    symlinkSync('../../shared/tailspin.yaml', place.path('infra/organizations/tailspin.yaml'));
    symlinkSync('/etc/hostname', place.path('infra/organizations/host.yaml'));
    symlinkSync('../../../outside.yaml', place.path('infra/organizations/outside.yaml'));
    symlinkSync('loop.yaml', place.path('infra/organizations/loop.yaml'));
    commit(place);
    expect(written(place)).toEqual([...EXPECTED, 'infra/organizations/tailspin.yaml'].sort());
  });

  it('reads a configuration that is a link itself', () => {
    const place = template.copy();
    git(place, 'mv', 'infra/vb365.yaml', 'infra/real.yaml');
    symlinkSync('real.yaml', place.path('infra/vb365.yaml'));
    commit(place);
    expect(written(place)).toEqual(EXPECTED);
  });
});
