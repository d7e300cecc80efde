import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * The files that a pattern matches: `*` within one part of the path, `**` for any number of folders. A leading dot has to
 * be written out. Sorted by code unit, so that no locale changes the order.
 *
 * @param folder absolute, against which the pattern is resolved
 * @param pattern with `/` between its parts on every platform
 * @returns absolute paths; none where nothing matches
 */
export function expandGlob(folder: string, pattern: string): string[] {
  const parts = pattern.split('/').filter((part, index, all) => part !== '**' || all[index - 1] !== '**');
  const fixed = parts.findIndex((part) => part.includes('*'));
  const root = resolve(folder, parts.slice(0, fixed).join('/') || (pattern.startsWith('/') ? '/' : '.'));
  return [...new Set(walk(root, parts.slice(fixed)))].sort();
}

/** Whether the text is a pattern rather than a path. */
export function isGlob(text: string): boolean {
  return text.includes('*');
}

function walk(folder: string, parts: readonly string[]): string[] {
  const [part = '*', ...rest] = parts;
  if (part === '**') {
    const below = rest.length === 0 ? ['*'] : rest;
    const deeper = list(folder).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
    return [...walk(folder, below), ...deeper.flatMap((entry) => walk(join(folder, entry.name), parts))];
  }
  const expression = new RegExp(`^${part.split(/\*+/).map(escape).join('.*')}$`, 'su');
  return list(folder)
    .filter((entry) => expression.test(entry.name) && (part.startsWith('.') || !entry.name.startsWith('.')))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      // A symbolic link counts as what it leads to.
      const kind = entry.isSymbolicLink() ? statSync(path, { throwIfNoEntry: false }) : entry;
      if (rest.length === 0) return kind?.isFile() === true ? [path] : [];
      return kind?.isDirectory() === true ? walk(path, rest) : [];
    });
}

function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function escape(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
