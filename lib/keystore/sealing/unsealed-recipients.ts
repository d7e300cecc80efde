import { basename, join } from 'node:path';
import type { ErrorCode } from '../../error-codes';
import { Vb365Error } from '../../errors';
import type { Finding } from '../../findings';
import { GitRepository } from '../../system/git-repository';
import { textOfFile } from '../../system/look';
import { counted } from '../../words/counted';
import { shortList } from '../../words/lists';
import { parseRecipientList } from '../attestation/signers';
import { KEY_SUFFIX, listGenerations } from '../listing';
import { newRecipients } from './recipient-changes';
import { recipientCountOf } from './sealed-text';
import { readKeystoreText } from '../../system/read-file';
import { decodeText } from '../../system/text';

/** More than any list of recipients. */
const MOST_BYTES = 1_000_000;
const MOST_NAMED = 10;

/**
 * Recipients that the next certificates are sealed to, and the newest ones are not: whoever gets into the list gets every key
 * that follows. To whom a key is sealed cannot be seen, so that two things are asked which need no secret: whom the list of
 * the last commit that sealed a key has not, and whether keys have another number of recipients.
 *
 * @param root folder of the keystore
 * @param lineages whose newest keys are looked at
 * @returns nothing where nothing is sealed yet
 */
export function judgeUnsealedRecipients(root: string, lineages: readonly string[]): Finding[] {
  const file = join(root, 'recipients.txt');
  const text = textOfFile(file, MOST_BYTES);
  if (text === undefined) return [];
  const keys = lineages.flatMap((lineage) => newestKey(join(root, lineage)) ?? []);
  if (keys.length === 0) return [];
  const found = newSinceCommit(root, file, text);
  return found.length > 0 ? found : otherCount(file, text, keys);
}

function newSinceCommit(root: string, file: string, text: string): Finding[] {
  const last = listOfLastSealing(root, basename(file));
  if (last === undefined) return [];
  const { added } = newRecipients(last.text, text);
  if (added.length === 0) return [];
  const id: ErrorCode = 'recipient-new';
  const message = `${file} has ${counted(added.length, 'new recipient')}, who can open what is sealed from now on, and nothing that was sealed up to commit ${last.commit.slice(0, 10)}: ${shortList(added, MOST_NAMED)}`;
  const cure = `where you know who that is, commit the list, and run "vb365 reseal" for the keys that are there; else take the line out, and ask "git log -p -- ${file}" who wrote it`;
  return [{ id, severity: 'warning', subject: file, message, cure, place: { file } }];
}

/** Undefined where Git cannot tell: there is none, or nothing has been committed. */
function listOfLastSealing(root: string, name: string): { readonly commit: string; readonly text: string } | undefined {
  try {
    const repository = GitRepository.at(root);
    const commit = repository.lastAddition(repository.prefix, KEY_SUFFIX);
    if (commit === undefined) return undefined;
    const entries = repository.tree(commit).filter(({ path }) => path === `${repository.prefix}${name}`);
    const [text] = repository.contents(entries);
    return text && { commit, text: decodeText(text) };
  } catch (error) {
    if (error instanceof Vb365Error) return undefined;
    throw error;
  }
}

function otherCount(file: string, text: string, keys: readonly string[]): Finding[] {
  const { recipients } = parseRecipientList(text);
  const others = keys.flatMap((key) => countOf(key) ?? []).filter((count) => count !== recipients.length);
  if (others.length === 0) return [];
  const id: ErrorCode = 'recipient-count-differs';
  const counts = [...new Set(others)].sort((one, other) => one - other).join(' or ');
  const message = `${file} lists ${counted(recipients.length, 'recipient')}, to whom all is sealed from now on, and the newest ${others.length === 1 ? 'key' : 'keys'} of ${counted(others.length, 'lineage')} ${others.length === 1 ? 'is' : 'are'} sealed to ${counts}: ${shortList(recipients, MOST_NAMED)}`;
  const cure = `where you know each of them, run "vb365 reseal"; else ask "git log -p -- ${file}" who wrote the line, and take it out`;
  return [{ id, severity: 'warning', subject: file, message, cure, place: { file } }];
}

/** Absolute path of the newest sealed key of a lineage. */
function newestKey(folder: string): string | undefined {
  return listGenerations(folder).findLast(({ keyFile }) => keyFile !== undefined)?.keyFile;
}

/** Undefined where the file cannot be read, which is a finding of the keystore, or was moved by another command. */
function countOf(keyFile: string): number | undefined {
  try {
    return recipientCountOf(readKeystoreText(keyFile));
  } catch {
    return undefined;
  }
}
