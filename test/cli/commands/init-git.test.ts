import { existsSync } from 'node:fs';
import { runGit } from '../../../lib/system/run-git';
import { removeWorkplaces, Workplace } from '../../support/cli';

afterAll(removeWorkplaces);

/** What commands and pipelines write, and people beside them. */
const WRITTEN = [
  ...['vb365-bundle.zip', 'primary.zip', 'b/primary-server-0001.pfx', 'contoso.password', 'identity.txt', 'x.key'],
  ...['plans/contoso/plan', 'plans/contoso/plan.json', 'contoso.tfplan', 'tfplan', 'plan.out', 'contoso.plan.json'],
  ...['review.md', 'report.html', 'renewals.ics', 'primary-rest-api.csr'],
  ...[
    'cdktf.out/stacks/contoso/cdk.tf.json',
    '.terraform/providers/x',
    'terraform.contoso.tfstate',
    'a.tfstate.backup',
  ],
  ...['node_modules/x', '.vb365-0.record', 'keystore/.lock/x', 'keystore/.staging-1/x', 'keystore/a/b/.retired-0001/x'],
];
const KEPT = ['vb365.yaml', 'cdktf.json', 'keystore/a/b/0001.key.age', 'keystore/a/b/0001.crt', '.terraform.lock.hcl'];

function ignored({ folder }: Workplace): string[] {
  const names = [...WRITTEN, ...KEPT].join('\0');
  return runGit(folder, ['check-ignore', '-z', '--stdin'], names).toString().split('\0').slice(0, -1);
}

async function initialized(files: Readonly<Record<string, string>> = {}, isRepository = true): Promise<Workplace> {
  const place = new Workplace();
  if (isRepository) runGit(place.folder, ['init', '--quiet']);
  for (const [name, text] of Object.entries(files)) place.write(name, text);
  const { code } = await place.run(['init']);
  expect(code).toBe(0);
  return place;
}

describe('.gitignore of vb365 init', () => {
  it('keeps out what commands write, and nothing that belongs into Git', async () => {
    expect(ignored(await initialized())).toEqual(WRITTEN);
  });

  it.each([
    ['is empty', ''],
    ['does not end its last line', '*.pfx'],
    ['has other line ends and forms', '*.pfx\r\n/cdktf.out\r\n*.tfstate*\r\n'],
  ])('is completed once where one %s', async (_, text) => {
    const place = await initialized({ '.gitignore': text });
    const completed = place.read('.gitignore');
    expect(ignored(place)).toEqual(WRITTEN);
    expect(completed.startsWith(text.trimEnd())).toBe(true);
    expect(completed.replaceAll('\r\n', '').includes('\n')).toBe(!text.includes('\r\n'));
    expect((await place.run(['init'])).stdout).not.toContain('.gitignore');
    expect(place.read('.gitignore')).toBe(completed);
  });

  it('gets no line that it has in another form, and none against a line that says the opposite', async () => {
    const { folder } = await initialized({ '.gitignore': '*.p*\n!authority.pem\n!*.ics\n/plans\n' });
    const names = ['a.pfx', 'authority.pem', 'x.ics', 'plans/x', 'x.zip'].join('\0');
    const said = runGit(folder, ['check-ignore', '-z', '--stdin'], names).toString();
    expect(said).toBe('a.pfx\0plans/x\0x.zip\0');
  });

  it('is completed outside of a repository, too: it is there before the first git add', async () => {
    const place = await initialized({ '.gitignore': '*.pfx\n' }, false);
    expect(place.read('.gitignore')).toMatch(/^\*\.pfx\n\n# .*\nnode_modules\/\n/);
    expect(place.read('.gitignore').match(/^\*\.pfx$/gm)).toHaveLength(1);
  });

  it('does not count on what one account keeps out for itself', async () => {
    const place = new Workplace();
    runGit(place.folder, ['init', '--quiet']);
    runGit(place.folder, ['config', 'core.excludesFile', place.write('mine', '*.zip\n')]);
    place.write('.gitignore', '');
    await place.run(['init']);
    expect(place.read('.gitignore')).toMatch(/^\*\.zip$/m);
  });
});

describe('.gitattributes of vb365 init', () => {
  const SEALED = 'keystore/contoso/entra-application/0001.key.age';
  const PUBLIC = 'keystore/contoso/entra-application/0001.crt';

  function commit({ folder }: Workplace, ...args: string[]): void {
    runGit(folder, ['add', '--all']);
    const who = ['-c', 'user.name=x', '-c', 'user.email=x@example.com'];
    runGit(folder, [...who, 'commit', '--quiet', '--message', 'x', ...args]);
  }

  async function repository(): Promise<Workplace> {
    const place = await initialized({ [SEALED]: 'a\nb\n', [PUBLIC]: '1\n2\n3\n4\n5\n6\n7\n', 'other.txt': 'x\n' });
    runGit(place.folder, ['branch', '--move', 'main']);
    commit(place);
    return place;
  }

  it('keeps each byte of the keystore where Git converts line ends', async () => {
    const { folder } = await repository();
    runGit(folder, ['-c', 'core.autocrlf=true', 'rm', '--quiet', '-r', 'keystore', 'other.txt']);
    runGit(folder, ['-c', 'core.autocrlf=true', 'reset', '--quiet', '--hard']);
    const read = (name: string): string => runGit(folder, ['hash-object', '--no-filters', name]).toString();
    const kept = (name: string): string => runGit(folder, ['rev-parse', `HEAD:${name}`]).toString();
    expect([SEALED, PUBLIC].map(read)).toEqual([SEALED, PUBLIC].map(kept));
    expect(read('other.txt')).not.toBe(kept('other.txt'));
  });

  it('shows no lines of sealed keys, and those of certificates', async () => {
    const place = await repository();
    for (const name of [SEALED, PUBLIC]) place.write(name, 'changed\n');
    const shown = runGit(place.folder, ['diff']).toString();
    expect(shown).toContain(`Binary files a/${SEALED} and b/${SEALED} differ`);
    expect(shown).toContain('+changed');
    expect(shown.match(/^\+changed$/gm)).toHaveLength(1);
  });

  it('lets Git combine no two versions of a file of the keystore', async () => {
    const place = await repository();
    runGit(place.folder, ['switch', '--quiet', '--create', 'theirs']);
    place.write(PUBLIC, '1\n2\n3\n4\n5\n6\ntheirs\n');
    commit(place);
    runGit(place.folder, ['switch', '--quiet', 'main']);
    place.write(PUBLIC, 'ours\n2\n3\n4\n5\n6\n7\n');
    commit(place);
    expect(() => runGit(place.folder, ['merge', '--quiet', 'theirs'])).toThrow();
    expect(runGit(place.folder, ['ls-files', '--unmerged']).toString()).toContain(PUBLIC);
    expect(place.read(PUBLIC)).toBe('ours\n2\n3\n4\n5\n6\n7\n');
  });

  it('is completed once where there is one', async () => {
    const place = await initialized({ '.gitattributes': '* text=auto\n/keystore/** -text -merge\n' });
    const completed = place.read('.gitattributes');
    expect(completed).toMatch(
      /^\* text=auto\n\/keystore\/\*\* -text -merge\n\n# .*\n\/keystore\/\*\*\/\*\.age -diff\n$/,
    );
    expect((await place.run(['init'])).stdout).toBe('Nothing to make: everything is there.\n');
    expect(place.read('.gitattributes')).toBe(completed);
  });

  it.each([
    ['with blanks and patterns in its name', 'our certs/[eu]', '.gitattributes', 'our certs/[eu]'],
    ['elsewhere', '../keys', '../keys/.gitattributes', '../keys'],
  ])('is of a keystore %s, too', async (_, keystore, file, folder) => {
    const place = new Workplace(`keystore: '${keystore}'\n${new Workplace().read('vb365.yaml')}`);
    await place.run(['init']);
    expect(existsSync(place.path(file))).toBe(true);
    const root = keystore.startsWith('..') ? place.path('..') : place.folder;
    runGit(root, ['init', '--quiet']);
    const said = runGit(place.folder, ['check-attr', 'text', 'diff', '--', `${folder}/a/b/0001.key.age`]).toString();
    expect(said.match(/: (?:text|diff): unset$/gm)).toHaveLength(2);
  });
});
