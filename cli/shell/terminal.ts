import { Vb365Error } from '../../lib/errors';
import { type Finding, formatPlace, type SourcePlace } from '../../lib/findings';
import { errnoOf, fileError } from '../../lib/system/durable-files';
import { withTerraformProgram } from '../../lib/system/terraform-program';
import { pathFrom, printable, withPathsFrom } from '../../lib/words/printable';

/** Where a command reads from and writes to: the process, or a test's own. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  cwd(): string;
}

/** 0: done. 1: looked, and something needs attention. 2: could not do it. */
export type ExitCode = 0 | 1 | 2;

export function printLine(terminal: Terminal, line = ''): void {
  terminal.stdout.write(`${line}\n`);
}

/** What a command has done, where it prints no data: people and pipelines take what is on standard error for a fault. */
export function printResult(terminal: Terminal, line: string): void {
  printLine(terminal, printable(line));
}

export function printJson(terminal: Terminal, value: unknown): void {
  printLine(terminal, JSON.stringify(value, undefined, 2));
}

/** What a person should know while standard output stays for data. */
export function printNote(terminal: Terminal, line: string): void {
  terminal.stderr.write(`${printable(line)}\n`);
}

/** Each finding with its place; a cure that several in a row share stands after the last of them. */
export function printFindings(terminal: Terminal, findings: readonly Finding[]): void {
  const cwd = terminal.cwd();
  for (const [index, { severity, id, place, subject, message, cure }] of findings.entries()) {
    printNote(terminal, withPathsFrom(cwd, `${severity}[${id}] ${aboutPlace(cwd, place, subject, message)}`));
    if (findings[index + 1]?.cure !== cure) printNote(terminal, cureOf(terminal, cure));
  }
}

/** What went wrong as `error[code] subject: message` with its cure, after its findings where it has some. */
export function printError(terminal: Terminal, thrown: unknown): void {
  const cwd = terminal.cwd();
  const error = thrown instanceof Vb365Error ? thrown : describeUnforeseen(thrown);
  printFindings(terminal, error.findings);
  printNote(terminal, withPathsFrom(cwd, `error[${error.code}] ${aboutSubject(error.subject, error.message)}`));
  printNote(terminal, cureOf(terminal, error.cure));
}

function cureOf(terminal: Terminal, cure: string): string {
  return `cure: ${withPathsFrom(terminal.cwd(), withTerraformProgram(cure, terminal.env))}`;
}

/** Most messages name their subject anyway. */
function aboutSubject(subject: string | undefined, message: string): string {
  return subject === undefined || message.includes(subject) ? message : `${subject}: ${message}`;
}

/** The place, the subject and the message, each once: a subject may be the place, and a message may begin with its file. */
function aboutPlace(cwd: string, place: SourcePlace | undefined, subject: string, message: string): string {
  if (place === undefined) return aboutSubject(subject, message);
  const seen = formatPlace({ ...place, file: pathFrom(cwd, place.file) });
  const isPlace = [formatPlace(place), seen].some((text) => text.startsWith(subject));
  const sentence = isPlace ? message : aboutSubject(subject, message);
  const isSaid = place.line === undefined && [place.file, seen].some((file) => sentence.startsWith(file));
  return isSaid ? sentence : `${seen}: ${sentence}`;
}

/** Without the stack: it tells a user nothing, and its frames may quote what they were given. */
function describeUnforeseen(thrown: unknown): Vb365Error {
  const { message, name = 'Error', path, syscall } = partsOf(thrown);
  if (errnoOf(thrown) !== undefined && path !== undefined) return fileError('system-refused', path, 'use', thrown);
  if (syscall !== undefined) {
    return new Vb365Error('system-refused', {
      message: `the operating system refused something: ${message ?? 'it does not say what'}`,
      cure: 'check your rights, the disk, and that HOME is set, and run the command again',
    });
  }
  return new Vb365Error('internal', {
    message: message === undefined ? 'something that is not an error was thrown' : `${name}: ${message}`,
    cure: 'report this line, and what you ran, as a bug',
  });
}

/** Texts of an error, by name: errors of node's own modules come from another realm under some loaders. */
function partsOf(thrown: unknown): Partial<Readonly<Record<'message' | 'name' | 'path' | 'syscall', string>>> {
  if (typeof thrown !== 'object' || thrown === null) return {};
  return {
    ...('message' in thrown && typeof thrown.message === 'string' && { message: thrown.message }),
    ...('name' in thrown && typeof thrown.name === 'string' && { name: thrown.name }),
    ...('path' in thrown && typeof thrown.path === 'string' && { path: thrown.path }),
    ...('syscall' in thrown && typeof thrown.syscall === 'string' && { syscall: thrown.syscall }),
  };
}

/** For a command that waits until another one has written to the keystore. */
export const WAITING = 'waiting for another command that writes to the keystore';

/** Columns of a terminal that does not say how wide it is. */
const USUAL_WIDTH = 80;

/** Columns that a person sees side by side; undefined where nobody watches: then a row stays a line, to be searched and cut. */
export function widthOf({ stdout }: Terminal): number | undefined {
  if (stdout.isTTY !== true) return undefined;
  return stdout.columns === undefined || stdout.columns === 0 ? USUAL_WIDTH : stdout.columns;
}

/** How tables look here. */
export function tableStyleOf(terminal: Terminal): { readonly colour: boolean; readonly width: number | undefined } {
  return { colour: wantsColour(terminal), width: widthOf(terminal) };
}

/** A CI system says so in `CI`; anything but an empty value, `0` and `false` counts. */
export function isContinuousIntegration(env: Terminal['env']): boolean {
  return !['', '0', 'false'].includes((env.CI ?? '').toLowerCase());
}

/** Colours are for people: on a terminal that shows them, unless they say no (https://no-color.org). */
function wantsColour({ env, stdout }: Terminal): boolean {
  return stdout.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';
}
