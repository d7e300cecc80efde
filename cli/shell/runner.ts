import type { ExitCode, Terminal } from './terminal';

/** Turns what a command does into what commander calls. */
export type Runner = <Args extends unknown[]>(
  command: (terminal: Terminal, ...args: Args) => Promise<ExitCode> | ExitCode,
) => (...args: Args) => Promise<void>;
