import { spawn } from 'node:child_process';
import { type Outcome, textOf, type Workplace } from './cli';

/** Commands that can be told the day. */
const DATED = ['audit', 'explain', 'import', 'issue', 'renew', 'request', 'retire', 'status'];

/** On which certificates are issued, where nothing else is said. */
export const FIRST_DAY = '2026-06-01';

/** How a line was carried out. */
export type Followed = Pick<Outcome, 'stdout' | 'stderr'> & { readonly code: number };

export interface FollowOptions {
  /** What commands that can be told the day are told, where the line does not. @default what the clock says */
  readonly day?: string | undefined;
  readonly env?: Readonly<Record<string, string>>;
  /** What comes through standard input of a command of vb365. */
  readonly input?: Buffer | undefined;
  /** What a person types when a prompt with these words comes up. */
  readonly answers?: Readonly<Record<string, string>>;
}

/**
 * Does what a line says in the folder of a workplace: commands of vb365 in this process, everything else by Bash.
 *
 * @param line as a person types it: commands with `&&` between them
 * @returns what the first command said that failed, else the last
 */
export async function follow(workplace: Workplace, line: string, options: FollowOptions = {}): Promise<Followed> {
  let followed: Followed = { code: 0, stdout: '', stderr: '' };
  for (const command of commandsOf(line)) {
    followed = await followOne(workplace, command, options);
    if (followed.code !== 0) return followed;
  }
  return followed;
}

/** What stands between `&&`; lines of other programs in a row stay one, for what a shell remembers. */
function commandsOf(line: string): string[] {
  const commands: string[] = [];
  for (const command of line.split(' && ').map((text) => text.replace(/^npx (?=vb365 )/, ''))) {
    const last = commands.at(-1);
    if (last === undefined || isOurs(last) || isOurs(command)) commands.push(command);
    else commands.splice(-1, 1, `${last} && ${command}`);
  }
  return commands;
}

function isOurs(command: string): boolean {
  return command.startsWith('vb365 ');
}

async function followOne(workplace: Workplace, command: string, options: FollowOptions): Promise<Followed> {
  if (!isOurs(command)) return inBash(workplace, command, options.env);
  const [, ...args] = wordsOf(command);
  const { day, env, input, ...terminal } = options;
  const isDated = day !== undefined && DATED.includes(args[0] ?? '') && !args.includes('--at');
  return workplace.run([...args, ...(isDated ? ['--at', day] : [])], {
    ...{ ...terminal, ...(input && { input }) },
    // Programs that a command starts are found there.
    env: { PATH: process.env.PATH, ...env },
  });
}

/** The words of a command, without what quotes them. */
export function wordsOf(command: string): string[] {
  const words = command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g);
  return Array.from(words, ([, double, single, bare]) => double ?? single ?? bare ?? '');
}

async function inBash(
  { folder, identity }: Workplace,
  line: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Followed> {
  const env = { ...process.env, ...GIT, VB365_IDENTITY: identity, ...more };
  const child = spawn('bash', ['-c', line], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number>((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => {
      done(code ?? -1);
    });
  });
  const [stdout, stderr, code] = await Promise.all([textOf(child.stdout), textOf(child.stderr), ended]);
  return { code, stdout, stderr };
}

/** Git as nobody has set it up, and an author for what is committed. */
const GIT = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
  // A clock before the last commit would be refused.
  GIT_AUTHOR_DATE: `${FIRST_DAY}T00:00:00Z`,
  GIT_COMMITTER_DATE: `${FIRST_DAY}T00:00:00Z`,
};
