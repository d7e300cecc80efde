import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * Whether a file at this path would lie inside a Git work tree.
 *
 * The path need not exist; symbolic links are followed. Linked work trees and submodules, whose `.git` is a file, count.
 */
export function isInsideGitWorkTree(path: string): boolean {
  return workTreeOf(realPathOf(path)) !== undefined;
}

/**
 * The innermost work tree that a file at this path would lie in.
 *
 * @param path as `realPathOf` gives it
 * @returns absolute path of its root; undefined outside of every work tree
 */
export function workTreeOf(path: string): string | undefined {
  return ancestors(path).find((folder) => existsSync(join(folder, '.git')));
}

/** The absolute path with the part of it that exists freed from symbolic links. */
export function realPathOf(path: string): string {
  const wanted = resolve(path);
  const existing = ancestors(wanted).find((folder) => existsSync(folder));
  return existing === undefined ? wanted : join(realpathSync(existing), relative(existing, wanted));
}

/** The path itself, then each folder above it. */
function ancestors(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [path, ...ancestors(parent)];
}
