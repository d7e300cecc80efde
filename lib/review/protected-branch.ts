import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Configuration } from '../config/configuration';
import { lineagesOf } from '../config/lineages';
import { readConfiguration } from '../config/read-configuration';
import { Vb365Error } from '../errors';
import { Keystore } from '../keystore/keystore';
import { baseTip } from '../matrix/base-commit';
import { writeBaseFiles } from '../matrix/base-files';
import { GitRepository } from '../system/git-repository';
import { type KeystoreChanges, keystoreChanges, openedIn } from './keystore-changes';
import type { ReviewBase } from './stack/stack-plan';

/** What a review takes from the branch into which a change goes, and why it takes nothing. */
export interface ProtectedBranch {
  /** Undefined where there is none. */
  readonly base: ReviewBase | undefined;
  /** One sentence without a full stop, where something is missing. */
  readonly problem: string | undefined;
}

/** What is reviewed. */
export interface Head {
  readonly configuration: Configuration;
  /** Undefined where there is none. */
  readonly keystore: Keystore | undefined;
  /** Now. */
  readonly at: Date;
}

/**
 * Hands over what the protected branch says now: a change must not decide by what it is judged. It is there until `use` has
 * come to its end.
 *
 * @param file absolute path of the configuration
 * @param head what the working folder says
 * @param ref a branch, a tag or an id. @default `origin/HEAD`, else `origin/main`, else `origin/master`, where there is one
 * @throws Vb365Error where a ref is named: what `GitRepository.at` and `baseTip` throw
 */
export async function withProtectedBranch<T>(
  file: string,
  ref: string | undefined,
  head: Head,
  use: (branch: ProtectedBranch) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'vb365-review-'));
  try {
    return await use(read({ file, ref, head }, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is asked for. */
interface Wanted {
  readonly file: string;
  readonly ref: string | undefined;
  readonly head: Head;
}

function read(wanted: Wanted, folder: string): ProtectedBranch {
  try {
    return readBranch(wanted, folder);
  } catch (error) {
    if (!(error instanceof Vb365Error) || wanted.ref !== undefined) throw error;
    return { base: undefined, problem: problemOf(error) };
  }
}

/** Paths of this machine are nobody's business. */
function problemOf({ code, message }: Vb365Error): string {
  const why = code === 'git-repository-missing' ? 'there is no Git repository here' : message;
  return `the severities of this vb365.yaml count as they are, and nothing else is taken from a protected branch: ${why}; name one with --base`;
}

function readBranch({ file, head, ref }: Wanted, folder: string): ProtectedBranch {
  const repository = GitRepository.at(dirname(file));
  const { ref: name, tip } = baseTip(repository, ref);
  const path = `${repository.prefix}${basename(file)}`;
  const files = writeBaseFiles(repository, tip, path, folder);
  const configuration = files.kind === 'written' ? readConfiguration(files.file) : undefined;
  const keystore = configuration && new Keystore(configuration.keystore);
  const base = { name, configuration, changes: changesOf(configuration, head), hasOpened: openedIn(keystore) };
  if (files.kind === 'written') return { base, problem: undefined };
  const why =
    files.kind === 'absent' ? `does not have ${path}` : `names ${files.path}, which Git does not keep with it`;
  return { base, problem: `${name} ${why}: the rules of this program count as they are, and every certificate is new` };
}

function changesOf(configuration: Configuration | undefined, head: Head): KeystoreChanges {
  const base = {
    keystore: configuration && new Keystore(configuration.keystore),
    declarations: configuration === undefined ? [] : lineagesOf(configuration),
  };
  return keystoreChanges(base, { keystore: head.keystore, declarations: lineagesOf(head.configuration) }, head.at);
}
