import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isInsideGitWorkTree } from '../../lib/system/git-work-tree';
import { removeTemporaryFolders, temporaryFolder } from '../keystore/fixtures';

afterAll(removeTemporaryFolders);

describe('isInsideGitWorkTree', () => {
  it('is true anywhere below a folder with .git, whether the path exists or not', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, '.git'));
    mkdirSync(join(folder, 'a'));
    for (const path of ['', 'a', 'a/b/c', 'identity.txt']) expect(isInsideGitWorkTree(join(folder, path))).toBe(true);
  });

  it('is true in a linked work tree and in a submodule, whose .git is a file', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.git'), 'gitdir: /elsewhere\n');
    expect(isInsideGitWorkTree(join(folder, 'identity.txt'))).toBe(true);
  });

  it('is true through a symbolic link into a repository', () => {
    const [repository, folder] = [temporaryFolder(), temporaryFolder()];
    mkdirSync(join(repository, '.git'));
    symlinkSync(repository, join(folder, 'link'));
    expect(isInsideGitWorkTree(join(folder, 'link', 'identity.txt'))).toBe(true);
    expect(isInsideGitWorkTree(join(folder, 'identity.txt'))).toBe(false);
  });

  it('is false beside a repository', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'repository', '.git'), { recursive: true });
    expect(isInsideGitWorkTree(join(folder, 'identity.txt'))).toBe(false);
  });
});
