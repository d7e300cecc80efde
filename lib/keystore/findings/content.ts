import { readKeystoreText } from '../../system/read-file';
import { Vb365Error } from '../../errors';
import type { Finding } from '../../findings';
import { hasPrivateKey } from '../../asn1/pem';
import { hasMergeConflict } from '../merge-conflict';
import { fileError } from '../../system/durable-files';
import { pathFinding } from './entry';
import { isSealed } from '../sealing/sealed-text';

/** What mends a sealed key that is of no use. */
export interface SealedKeyCures {
  /** How to come by a new key: continues "or …". */
  readonly replace: string;
  /** Where Git left conflict markers. */
  readonly conflict: string;
  /** Whether nobody needs the key any more: then only one in clear is an error. @default false */
  readonly isSuperseded?: boolean;
}

/** Reads a file and judges its text; what cannot be read or parsed is a finding, too. */
export function judgeContent(path: string, file: string, judge: (text: string) => Finding[]): Finding[] {
  try {
    return judge(readKeystoreText(file));
  } catch (error) {
    const { code, message, cure } =
      error instanceof Vb365Error ? error : fileError('keystore-unreadable', path, 'read', error);
    return [pathFinding(code, 'error', path, message, cure)];
  }
}

/** Judges a `.key.age` file from the outside: what is sealed in it stays unknown. */
export function judgeSealedKey(path: string, file: string, cures: SealedKeyCures): Finding[] {
  const { replace, conflict, isSuperseded = false } = cures;
  return judgeContent(path, file, (text) => {
    if (hasPrivateKey(text)) {
      const cure = `take the key as leaked: remove it from Git and its history, and ${replace}`;
      return [
        pathFinding('keystore-key-in-clear', 'error', path, `${path} holds a private key that is not sealed`, cure),
      ];
    }
    if (hasMergeConflict(text)) {
      const message = `${path} holds conflict markers of Git: two branches changed it at once`;
      return [pathFinding('keystore-merge-conflict', 'error', path, message, conflict)];
    }
    if (isSealed(text)) return [];
    const message = `${path} is not armoured text sealed with age, or is cut off`;
    const cure = `restore the file from Git, or ${replace}`;
    return [pathFinding('keystore-key-not-sealed', isSuperseded ? 'warning' : 'error', path, message, cure)];
  });
}
