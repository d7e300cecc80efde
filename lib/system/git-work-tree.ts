import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * Whether a file at this path would lie inside a Git work tree, where a careless `git add` publishes it.
 *
 * The path need not exist; symbolic links are followed. Linked work trees and submodules, whose `.git` is a file, count.
 */
export function isInsideGitWorkTree(path: string): boolean {
  return ancestors(realPathOf(resolve(path))).some((folder) => existsSync(join(folder, '.git')));
}

/** The path with the part of it that exists freed from symbolic links. */
function realPathOf(path: string): string {
  const existing = ancestors(path).find((folder) => existsSync(folder));
  return existing === undefined ? path : realpathSync(existing);
}

/** The path itself, then each folder above it. */
function ancestors(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [path, ...ancestors(parent)];
}
