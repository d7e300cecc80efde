import { dirname, join, relative, resolve } from 'node:path';
import { shown } from '../../words/shown';
import { Vb365Error } from '../../errors';
import { expandGlob, isGlob } from './glob';
import type { Problems } from '../sections/problems';
import { readSourceFile, type SourceFile } from './source-file';

/**
 * Reads the files that `include` names, each once, in the order of the list and sorted within a pattern.
 *
 * @param main the file that includes
 * @param file its absolute path
 */
export function readIncluded(
  main: SourceFile,
  file: string,
  patterns: readonly string[],
  problems: Problems,
): SourceFile[] {
  const folder = dirname(file);
  const seen = new Set<string>();
  const files: SourceFile[] = [];
  for (const [index, pattern] of patterns.entries()) {
    const path = ['include', index];
    const matches = isGlob(pattern) ? expandGlob(folder, pattern) : [resolve(folder, pattern)];
    // A pattern may well match the file in which it stands; a path that names it is a mistake.
    const others = matches.filter((match) => match !== file);
    if (others.length === 0) problems.add(main, path, 'value', nothingElse(pattern, matches.length > 0));
    for (const match of others) {
      if (seen.has(match)) continue;
      seen.add(match);
      try {
        files.push(readSourceFile(match, join(dirname(main.name), relative(folder, match))));
      } catch (error) {
        if (!(error instanceof Vb365Error)) throw error;
        const { code: id, message } = error;
        // A sample is for the main file.
        const cure = id === 'configuration-file-missing' ? 'correct the path, or remove it from include' : error.cure;
        problems.add(main, path, 'value', { id, message, cure });
      }
    }
  }
  return files;
}

function nothingElse(pattern: string, matchesItself: boolean): Parameters<Problems['add']>[3] {
  return matchesItself
    ? { id: 'include-itself', message: `${shown(pattern)} is this file itself`, cure: 'remove it from include' }
    : {
        id: 'include-without-match',
        message: `no file matches ${shown(pattern)}; * stands for a part of a name, ** for any folders`,
        cure: 'correct the pattern, or remove it from include',
      };
}
