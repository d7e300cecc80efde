import type { Dirent } from 'node:fs';
import type { ErrorCode } from '../../error-codes';
import type { Finding, Severity } from '../../findings';

/** A finding about a path, which is relative to the keystore and reads the same on every machine. */
export function pathFinding(id: ErrorCode, severity: Severity, path: string, message: string, cure: string): Finding {
  return { id, severity, subject: path, message, cure };
}

/** A symbolic link is judged before anything else: what it points to may lie anywhere, and Git keeps the link only. */
export function judgeLink(entry: Pick<Dirent, 'isSymbolicLink'>, path: string): Finding | undefined {
  if (!entry.isSymbolicLink()) return undefined;
  const message = `${path} is a symbolic link, and links are not followed`;
  return pathFinding('keystore-symbolic-link', 'error', path, message, 'put the real file or folder in its place');
}

/** What is wrong with an entry that should be a file; undefined where nothing is. */
export function judgeFile(entry: Dirent, path: string): Finding | undefined {
  if (entry.isFile()) return undefined;
  const cure = 'move it away, and restore the file from Git';
  return judgeLink(entry, path) ?? pathFinding('keystore-not-a-file', 'error', path, `${path} is not a file`, cure);
}

/** @param expected what stands in that folder instead */
export function foreignEntry(path: string, expected: string): Finding {
  const message = `${path} does not belong to the keystore: in its place stand ${expected}`;
  return pathFinding('keystore-foreign-file', 'advice', path, message, 'move it out of the keystore');
}

/** @param rule how such a name must look */
export function malformedName(path: string, rule: string): Finding {
  const message = `${path} is not read, because of its name: ${rule}`;
  return pathFinding('keystore-name-malformed', 'warning', path, message, 'rename it, or move it out of the keystore');
}
