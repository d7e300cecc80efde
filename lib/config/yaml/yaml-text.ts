import { load, YAMLException } from 'js-yaml';
import type { ErrorCode } from '../../error-codes';
import { type KeyPath, YamlPlaces } from './yaml-places';

/** Values of one document: a thousand organizations have some thirty thousand. Beyond it, aliases multiply each other. */
const MOST_VALUES = 2_000_000;

/** What is wrong with a text before anybody looks at its values. */
export interface YamlFault {
  readonly id: ErrorCode;
  readonly message: string;
  readonly cure: string;
  /** Absent where it is about the whole text. */
  readonly offset?: number;
  readonly path?: KeyPath;
}

interface YamlResult {
  /** Absent where the text has none. */
  readonly value?: unknown;
  readonly faults: readonly YamlFault[];
}

/** Reads one YAML 1.2 document of the core schema: texts, numbers, booleans, null, lists, mappings. Never throws. */
export function parseYaml(text: string): YamlResult {
  try {
    return limited(load(text));
  } catch (error) {
    if (isAbout(error, /^duplicated mapping key/)) return withDuplicates(text);
    return { faults: [faultOf(error)] };
  }
}

/** Reads on, so that every duplicate and whatever else is wrong comes out at once. */
function withDuplicates(text: string): YamlResult {
  try {
    const { value, faults } = limited(load(text, { json: true }));
    const duplicates = new YamlPlaces(text).duplicates.map(({ offset, path }): YamlFault => ({
      id: 'configuration-key-duplicate',
      message: 'the key stands in the same mapping twice',
      cure: 'keep one of the two',
      offset,
      path,
    }));
    return { value, faults: [...duplicates, ...faults] };
  } catch (error) {
    return { faults: [faultOf(error)] };
  }
}

function limited(value: unknown): YamlResult {
  const open = [value];
  for (let count = 0; open.length > 0; count++) {
    if (count > MOST_VALUES || open.length > MOST_VALUES) {
      const message = `aliases of the file unfold to more than ${MOST_VALUES} values, or into themselves`;
      return { faults: [{ id: 'configuration-too-large', message, cure: 'write the values out, without aliases' }] };
    }
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    for (const child of Object.values(next)) if (typeof child === 'object' && child !== null) open.push(child);
  }
  return { value, faults: [] };
}

function faultOf(error: unknown): YamlFault {
  if (isAbout(error, /^expected a document/)) {
    const cure = 'describe the installations and organizations in it; "vb365 init" writes a sample';
    return { id: 'configuration-empty', message: 'the file holds nothing', cure };
  }
  if (isAbout(error, /^expected a single document/)) {
    const message = 'the file holds several YAML documents (---); one is allowed';
    return { id: 'configuration-several-documents', message, cure: 'join them, or list the other files under include' };
  }
  return {
    id: 'configuration-yaml-syntax',
    message: `the file is not YAML here: ${reasonOf(error)}`,
    cure: 'correct the indentation, quotes or brackets at this place or before it',
    ...(error instanceof YAMLException && error.mark !== undefined ? { offset: error.mark.position } : {}),
  };
}

function isAbout(error: unknown, pattern: RegExp): boolean {
  return error instanceof YAMLException && pattern.test(error.reason);
}

/** The parser's reason without what it quotes from the text, which may be a secret. */
function reasonOf(error: unknown): string {
  if (!(error instanceof YAMLException)) return 'it cannot be read';
  return error.reason.replaceAll(/ ?(?:"[^"]*"|!<.*>|: .*$)/gs, '');
}
