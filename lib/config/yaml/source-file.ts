import { readFileSync, type Stats, statSync } from 'node:fs';
import { Vb365Error } from '../../errors';
import { decodeText } from '../../system/text';
import { parseYaml, type YamlFault } from './yaml-text';

/** A file of the configuration after reading: its text for the places, its values for the rest. */
export interface SourceFile {
  /** As messages name it. */
  readonly name: string;
  readonly text: string;
  /** Absent where the text has none. */
  readonly value?: unknown;
  readonly faults: readonly YamlFault[];
}

/**
 * Reads a file of text in UTF-8 or UTF-16, with or without byte order mark, with `\n` or `\r\n`.
 *
 * @param path where it is
 * @param name as messages name it
 * @throws Vb365Error `configuration-file-missing`, `configuration-file-unreadable`, `configuration-not-utf8`.
 */
export function readSourceFile(path: string, name: string): SourceFile {
  const text = decode(readBytes(path, name), name);
  return { name, text, ...parseYaml(text) };
}

function readBytes(path: string, name: string): Uint8Array {
  const status = statusOf(path, name);
  if (status === undefined) {
    throw new Vb365Error('configuration-file-missing', {
      subject: name,
      message: `there is no file ${name}`,
      cure: 'check the path, or let "vb365 init" write a sample',
    });
  }
  if (!status.isFile()) throw unreadable(name, 'is a folder or a device, not a file');
  try {
    return readFileSync(path);
  } catch (cause) {
    throw unreadable(name, 'cannot be read', cause);
  }
}

/** @returns undefined where there is no such file */
function statusOf(path: string, name: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (cause) {
    throw unreadable(name, 'cannot be reached', cause);
  }
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return decodeText(bytes, { fatal: true });
  } catch {
    throw new Vb365Error('configuration-not-utf8', {
      subject: name,
      message: `${name} is not text in UTF-8 or UTF-16`,
      cure: 'save it as UTF-8',
    });
  }
}

function unreadable(name: string, why: string, cause?: unknown): Vb365Error {
  return new Vb365Error('configuration-file-unreadable', {
    subject: name,
    message: `${name} ${why}`,
    cure: 'give a YAML file that this account may read',
    cause,
  });
}
