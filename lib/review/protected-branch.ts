import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { readConfiguration } from '../config/read-configuration';
import { Vb365Error } from '../errors';
import { baseTip } from '../matrix/base-commit';
import { writeBaseFiles } from '../matrix/base-files';
import { GitRepository } from '../system/git-repository';
import type { ReviewBase } from './stack/stack-plan';

/** What a review takes from the branch into which a change goes, and why it takes nothing. */
export interface ProtectedBranch {
  /** Undefined where there is none. */
  readonly base: ReviewBase | undefined;
  /** One sentence without a full stop, where something is missing. */
  readonly problem: string | undefined;
}

/**
 * Hands over what the protected branch says now: a change must not decide by what it is judged. It is there until `use` has
 * come to its end.
 *
 * @param file absolute path of the configuration
 * @param ref a branch, a tag or an id. @default `origin/HEAD`, else `origin/main`, else `origin/master`, where there is one
 * @throws Vb365Error where a ref is named: what `GitRepository.at` and `baseTip` throw
 */
export async function withProtectedBranch<T>(
  file: string,
  ref: string | undefined,
  use: (branch: ProtectedBranch) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'vb365-review-'));
  try {
    return await use(read(file, ref, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function read(file: string, ref: string | undefined, folder: string): ProtectedBranch {
  try {
    return readBranch(file, ref, folder);
  } catch (error) {
    if (!(error instanceof Vb365Error) || ref !== undefined) throw error;
    return { base: undefined, problem: problemOf(error) };
  }
}

/** Paths of this machine are nobody's business. */
function problemOf({ code, message }: Vb365Error): string {
  const why = code === 'git-repository-missing' ? 'there is no Git repository here' : message;
  return `the severities of this vb365.yaml count as they are, and nothing else is taken from a protected branch: ${why}; name one with --base`;
}

function readBranch(file: string, ref: string | undefined, folder: string): ProtectedBranch {
  const repository = GitRepository.at(dirname(file));
  const { ref: name, tip } = baseTip(repository, ref);
  const path = `${repository.prefix}${basename(file)}`;
  const files = writeBaseFiles(repository, tip, path, folder);
  if (files.kind === 'written') return { base: baseOf(name, files.file), problem: undefined };
  const problem =
    files.kind === 'absent'
      ? `${name} does not have ${path}: the rules of this program count as they are`
      : `${name} names ${files.path}, which Git does not keep with it: the rules of this program count as they are`;
  return { base: { name, configuration: undefined }, problem };
}

function baseOf(name: string, file: string): ReviewBase {
  return { name, configuration: readConfiguration(file) };
}
