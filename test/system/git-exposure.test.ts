import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exposedToGit } from '../../lib/system/git-exposure';
import { runGit } from '../../lib/system/run-git';
import { removeTemporaryFolders, temporaryFolder } from '../keystore/fixtures';

afterAll(removeTemporaryFolders);

/** A repository whose `.gitignore` has these lines. */
function repository(...ignored: readonly string[]): string {
  const folder = temporaryFolder();
  runGit(folder, ['init', '--quiet']);
  writeFileSync(join(folder, '.gitignore'), ignored.join('\n'));
  return folder;
}

function exposed(folder: string, ...names: readonly string[]): string[] {
  const files = exposedToGit(names.map((name) => join(folder, name)));
  return [...files].map(([file, exposure]) => `${file.slice(folder.length + 1)} ${exposure}`);
}

describe('exposedToGit', () => {
  it('is what no .gitignore names, whether it exists or not', () => {
    const folder = repository('*.pfx', '/out/', '!kept.pfx');
    expect(exposed(folder, 'a.pfx', 'kept.pfx', 'out/b/c.zip', 'primary.zip', 'sub/new/p.txt')).toEqual([
      'kept.pfx untracked',
      'primary.zip untracked',
      'sub/new/p.txt untracked',
    ]);
  });

  it('is everything where nothing is ignored, and nothing where everything is', () => {
    expect(exposed(repository(), 'a', 'b')).toEqual(['a untracked', 'b untracked']);
    expect(exposed(repository('*'), 'a', 'b')).toEqual([]);
  });

  it('is what is tracked, although .gitignore names it', () => {
    const folder = repository('*.pfx');
    writeFileSync(join(folder, 'a.pfx'), '');
    runGit(folder, ['add', '--force', 'a.pfx']);
    expect(exposed(folder, 'a.pfx', 'b.pfx')).toEqual(['a.pfx tracked']);
  });

  it('is nothing outside of a repository', () => {
    expect(exposed(temporaryFolder(), 'a.pfx')).toEqual([]);
  });

  it('asks the repository that a file lies in: one inside another, one behind a symbolic link', () => {
    const [outer, elsewhere] = [repository('*.pfx'), repository('*.zip')];
    mkdirSync(join(outer, 'inner'));
    runGit(join(outer, 'inner'), ['init', '--quiet']);
    symlinkSync(elsewhere, join(outer, 'link'));
    const names = ['a.pfx', 'inner/a.pfx', 'link/a.pfx', 'link/new/a.zip'];
    expect(exposed(outer, ...names)).toEqual(['inner/a.pfx untracked', 'link/a.pfx untracked']);
  });

  it('understands names that look like patterns', () => {
    const folder = repository('\\[a\\].pfx');
    expect(exposed(folder, '[a].pfx', 'a.pfx', ':b', '*')).toEqual(['a.pfx untracked', ':b untracked', '* untracked']);
  });

  it('is everything in a work tree of which Git knows nothing', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, '.git'));
    expect(exposed(folder, 'a')).toEqual(['a untracked']);
  });
});
