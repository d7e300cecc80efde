import { readFileSync, rmSync } from 'node:fs';
import { FIRST_DAY } from '../support/follow';
import type { Workplace } from '../support/cli';

/**
 * What a person does: a command as it is printed, one whose placeholders are filled in, or something by hand.
 *
 * What is printed has to stand in the cure word for word.
 */
export type Step = string | Filled | ByHand;

export interface Filled {
  readonly printed: string;
  readonly run: string;
}

type ByHand = (place: Workplace, day: string) => unknown;

/** Something that is wrong, what says so, and what its cure says is to be done. */
export interface Situation {
  /** Of the error or finding. */
  readonly code: string;
  /** How it came to that. */
  readonly when: string;
  /** @default an installation and an organization */
  readonly configuration?: string;
  /** Whether certificates are issued, and committed to Git. @default true */
  readonly isIssued?: boolean;
  /** On `since`. */
  readonly before?: ByHand;
  /** The day on which it came to that. @default the one on which certificates are issued */
  readonly since?: string;
  /** What prints the code. */
  readonly command: string;
  /** The file that comes to it through standard input. */
  readonly input?: string;
  /** In their order. */
  readonly cure: readonly Step[];
  /** What does not print the code any more. @default `command` */
  readonly again?: string;
  /** The day of all commands. @default the one on which certificates are issued */
  readonly day?: string;
  /** The day of the cure and what follows it. @default `day` */
  readonly then?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Where the cure is carried out. @default `env` */
  readonly cureEnv?: Readonly<Record<string, string>>;
  /** Exit codes of commands of the cure that end with another than 0, because more than this is wrong. */
  readonly exits?: Readonly<Record<string, number>>;
}

export const CONTOSO = 'contoso/entra-application';
export const REST_API = 'primary/rest-api';
export { FIRST_DAY };

/** Gives what is done by hand in them its type. */
export function situations(list: readonly Situation[]): readonly Situation[] {
  return list;
}

export function write(name: string, content: string | ((before: string) => string)): ByHand {
  return (place) => place.write(name, typeof content === 'string' ? content : content(place.read(name)));
}

export function remove(...names: readonly string[]): ByHand {
  return (place) => {
    for (const name of names) rmSync(place.path(name), { recursive: true, force: true });
  };
}

/** @param replaced of a file, each text with what comes in its place */
export function edit(name: string, ...replaced: readonly (readonly [string, string])[]): ByHand {
  return (place) => {
    const edited = replaced.reduce(
      (text, [from, to]) => text.replace(from, to),
      readFileSync(place.path(name), 'utf8'),
    );
    if (edited === place.read(name)) throw new RangeError(`${name} has nothing to replace`);
    place.write(name, edited);
  };
}

/** What a cure calls to restore something from Git. */
export function fromGit(path: string): Filled {
  return { printed: 'from Git', run: `git checkout HEAD -- ${path}` };
}

/** Several in a row; commands that can be told the day are given on that of the situation. */
export function all(...steps: readonly (ByHand | string)[]): ByHand {
  return async (place, day) => {
    const { follow } = await import('../support/follow.js');
    for (const step of steps) {
      if (typeof step !== 'string') await step(place, day);
      else {
        const { code, stderr } = await follow(place, step, { day });
        if (code !== 0) throw new RangeError(`${step}: ${stderr}`);
      }
    }
  };
}
