import type { z } from 'zod';
import { shown } from '../../words/shown';
import { type ErrorCode, errorCodes } from '../../error-codes';
import { allowedKeys } from './allowed-keys';
import { nearest } from '../../words/did-you-mean';
import { isMapping } from '../../system/mapping';
import type { Problem } from '../sections/problems';
import type { KeyPath } from '../yaml/yaml-places';

/** A problem at a path below the value that was checked. */
interface IssueProblem extends Problem {
  readonly path: KeyPath;
  readonly place: 'key' | 'value';
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
};

/** What a person gets to read about an issue that zod found in `input`. */
export function explainIssue(schema: z.ZodType, input: unknown, issue: z.core.$ZodIssue): IssueProblem[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  const value = valueAt(input, path);
  if (issue.code === 'unrecognized_keys') {
    const known = allowedKeys(schema, path);
    return issue.keys.map((key) => ({ ...unknownKey(key, known), path: [...path, key], place: 'key' }));
  }
  if (issue.code === 'custom') return [custom(issue, path)];
  const place = 'value';
  if (value === undefined) return [{ ...missing(path, allowed(issue)), path, place }];
  return [{ ...(special(path, value) ?? explain(issue, value)), path, place }];
}

/** The value at a path of what was read; undefined where it leads nowhere. */
function valueAt(input: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>((value, step) => {
    if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined;
    return isMapping(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }, input);
}

/** What a check of the schema says in its own words. */
function custom({ message, params = {} }: z.core.$ZodIssueCustom, path: KeyPath): IssueProblem {
  const { id, cure, place } = params;
  return {
    id: isErrorCode(id) ? id : 'configuration-value',
    message,
    cure: typeof cure === 'string' ? cure : 'correct the value',
    path,
    place: place === 'key' ? 'key' : 'value',
  };
}

function unknownKey(key: string, known: readonly string[]): Problem {
  const meant = nearest(key, known);
  return {
    id: 'configuration-key-unknown',
    message: `${shown(key)} is not known here; allowed: ${known.join(', ')}`,
    cure: meant === undefined ? 'remove the key, or correct it' : `write ${meant}, if you mean that`,
  };
}

function missing(path: KeyPath, allowed: string): Problem {
  const key = String(path.at(-1) ?? '');
  return { id: 'configuration-key-missing', message: `${key} is missing; expected: ${allowed}`, cure: `add ${key}` };
}

/** Values with a story of their own. */
function special(path: KeyPath, value: unknown): Problem | undefined {
  const key = path.at(-1);
  if (key === 'productVersion' && typeof value === 'number') {
    const message = `${value} is a number; expected: a version in quotes, because YAML reads 8.10 as 8.1`;
    return { id: 'product-version-not-quoted', message, cure: 'put the version in quotes, such as "8.3"' };
  }
  if (key === 'region' && typeof value === 'string' && value.toLowerCase() === 'germany') {
    const message = '"germany" is closed: Microsoft Cloud Germany was shut down in October 2021';
    return { id: 'region-closed', message, cure: 'use worldwide: German tenants have moved there' };
  }
  return undefined;
}

function explain(issue: z.core.$ZodIssue, value: unknown): Problem {
  const wanted = allowed(issue);
  if (issue.code === 'invalid_type') {
    // What stands in place of a mapping is not repeated: under backend it may be a secret.
    const isNamed = value !== null && issue.expected !== 'object';
    const what = `${isNamed ? shown(value) : 'the value'} is ${kindOf(value)}`;
    const isUnquoted = issue.expected === 'string' && (typeof value === 'number' || typeof value === 'boolean');
    const cure = isUnquoted ? 'put it in quotes' : `give ${wanted}`;
    return { id: 'configuration-type', message: `${what}; expected: ${wanted}`, cure };
  }
  if (issue.code === 'invalid_value') {
    const what = value === null ? 'an empty value' : shown(value);
    const meant = typeof value === 'string' ? nearest(value, optionsOf(issue)) : undefined;
    const cure = meant === undefined ? `choose one of ${wanted}` : `write ${meant}, if you mean that`;
    return { id: 'configuration-value', message: `${what} is not allowed; allowed: ${wanted}`, cure };
  }
  const what = typeof value === 'number' ? shown(value) : kindOf(value);
  return {
    id: 'configuration-value',
    message: `${what} is out of bounds; expected: ${wanted}`,
    cure: `give ${wanted}`,
  };
}

function allowed(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return KINDS[issue.expected] ?? issue.expected;
  if (issue.code === 'too_big') return `a whole number of ${issue.maximum} or less`;
  if (issue.code !== 'too_small') return optionsOf(issue).join(', ');
  if (issue.origin === 'array') return 'a list of one entry or more';
  return issue.origin === 'string' ? 'a text that is not empty' : `a whole number of ${issue.minimum} or more`;
}

function optionsOf(issue: z.core.$ZodIssue): string[] {
  return issue.code === 'invalid_value' ? issue.values.map(String) : [];
}

function kindOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (value === '') return 'an empty text';
  return KINDS[typeof value] ?? 'something else';
}

function isErrorCode(id: unknown): id is ErrorCode {
  return typeof id === 'string' && Object.hasOwn(errorCodes, id);
}
