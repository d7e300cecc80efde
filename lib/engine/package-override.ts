import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { Vb365Error } from '../errors';
import { TERMINAL_MODULE, TERMINAL_REPLACEMENT } from './terminal-module';

const OVERRIDE = { [TERMINAL_MODULE]: TERMINAL_REPLACEMENT };

/** A `package.json` for a folder that has none: npm counts overrides in the package at the root only. */
export const NEW_PACKAGE_JSON = '{\n  "private": true\n}\n';

/**
 * The `package.json` that npm takes for that of the project.
 *
 * @param folder absolute path
 * @returns the nearest one at or above the folder; where there is none, the place for one in the folder
 */
export function packageJsonOf(folder: string): string {
  for (let above = folder; ; above = dirname(above)) {
    if (existsSync(join(above, 'package.json'))) return join(above, 'package.json');
    if (dirname(above) === above) return join(folder, 'package.json');
  }
}

/**
 * A `package.json` in which npm replaces the terminal module of cdktf-cli. Nothing that is there is changed, nor how it is written.
 *
 * @param file where the text comes from, for messages
 * @returns undefined where the text has a word on that module already
 * @throws Vb365Error `package-json-unreadable`
 */
export function withTerminalOverride(text: string, file: string): string | undefined {
  const [, mark = '', json = ''] = /^(\uFEFF?)([\s\S]*)$/.exec(text) ?? [];
  const errors: ParseError[] = [];
  const tree = parseTree(json, errors, { disallowComments: true });
  const overrides = tree && findNodeAtLocation(tree, ['overrides']);
  const [error] = errors;
  if (error !== undefined) throw unreadable(file, lineOf(json, error.offset), printParseErrorCode(error.error));
  if (tree?.type !== 'object') throw unreadable(file, 1, 'it is not an object');
  if (overrides !== undefined) {
    if (overrides.type !== 'object')
      throw unreadable(file, lineOf(json, overrides.offset), '"overrides" is not an object');
    if (json.slice(overrides.offset, overrides.offset + overrides.length).includes(TERMINAL_MODULE)) return undefined;
  }
  const entry = overrides === undefined ? { overrides: OVERRIDE } : OVERRIDE;
  return mark + withLastEntry(json, overrides ?? tree, entry);
}

/** Whether a `package.json` asks for cdktf-cli. */
export function asksForCdktfCli(text: string): boolean {
  const tree = parseTree(text);
  return ['dependencies', 'devDependencies'].some((kind) => tree && findNodeAtLocation(tree, [kind, 'cdktf-cli']));
}

/** The text of an object with one more entry behind those that it has, written as its lines are; the rest stays to the letter. */
function withLastEntry(json: string, object: Node, entry: object): string {
  const [, unit = '  '] = /\n([ \t]+)"/.exec(json) ?? [];
  const eol = json.includes('\r\n') ? '\r\n' : '\n';
  const depth = object.parent === undefined ? 0 : 1;
  const lines = JSON.stringify(entry, undefined, unit)
    .split('\n')
    .map((line) => unit.repeat(depth) + line);
  const added = lines.slice(1, -1).map((line) => eol + line);
  const last = object.children?.at(-1);
  const from = last === undefined ? object.offset + 1 : last.offset + last.length;
  const brace = object.offset + object.length - 1;
  const blank = json.slice(from, brace);
  const head = json.slice(0, from) + (last === undefined ? '' : ',');
  return head + added.join('') + (blank.includes('\n') ? blank : eol + unit.repeat(depth)) + json.slice(brace);
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function unreadable(file: string, line: number, why: string): Vb365Error {
  return new Vb365Error('package-json-unreadable', {
    subject: `${file}:${line}`,
    message: `${file}:${line} is not what npm reads: ${why}`,
    cure: 'mend it, and see that "npm pkg get" prints it',
  });
}
