import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Ended, Victim } from './victim';

/** How often what a command says is followed before it leads nowhere. */
const ROUNDS = 12;

/**
 * Does what the messages say, as a person would, until the commands that stand before every deployment go through.
 *
 * @param isApart whether in processes of their own: what stands in the keystore may make one hang
 * @returns what is wrong with that
 */
export async function heal(victim: Victim, ends: Ended[], isApart: boolean): Promise<string[]> {
  let waited: readonly string[] = [];
  const run: Run = (args) => (isApart ? victim.run([...args, ...waited]) : victim.runHere([...args, ...waited]));
  let last = '';
  for (let round = 0; round < ROUNDS; round += 1) {
    const tried = [await run(['issue']), await run(['renew']), await run(['retire'])];
    ends.push(...tried);
    const failed = tried.find(({ code }) => code === 2);
    if (failed === undefined) return [];
    last = failed.stderr;
    const [, until] = /wait until ([\d:TZ-]+)/.exec(failed.stderr) ?? [];
    if (until !== undefined) waited = ['--at', until];
    else for (const cure of curesOf(victim, failed.stderr)) ends.push(...(await follow(victim, cure, run)));
  }
  return [`the cures lead nowhere: ${last}`];
}

type Run = (args: readonly string[]) => Promise<Ended>;

interface Cure {
  readonly text: string;
  /** Path in the keystore that the message is about, as far as it names one. */
  readonly path: string | undefined;
}

/** Of errors, each with the sentence before it; a cure stands after the last of several that share it. */
function curesOf({ keystore }: Victim, stderr: string): Cure[] {
  const waiting: string[] = [];
  return stderr.split('\n').flatMap((line) => {
    const [, message] = /^error\[[^\]]*\] (.*)$/.exec(line) ?? [];
    if (message !== undefined) waiting.push(message);
    const [, text] = /^ *cure: (.*)$/.exec(line) ?? [];
    return text === undefined ? [] : waiting.splice(0).map((about) => ({ text, path: pathIn(about, keystore.folder) }));
  });
}

function pathIn(message: string, folder: string): string | undefined {
  const words = message
    .replaceAll(`${folder}/`, '')
    .replaceAll('keystore/', '')
    .split(/[:,]? /);
  return words.find((word) => /[/.]/.test(word))?.replace(/[:,.]+$/, '');
}

async function follow(victim: Victim, { text, path }: Cure, run: Run): Promise<Ended[]> {
  if (path !== undefined && /from Git|from one branch|from HEAD/.test(text)) return restore(victim, path);
  if (path !== undefined && /move (?:it|that file)|put the real|rename it/.test(text)) return restore(victim, path);
  const ends: Ended[] = [];
  for (const [, line = ''] of text.matchAll(/"vb365 ([^"]+)"/g)) {
    const args = line.replace('<file>', () => victim.newCertificate()).split(' ');
    if (!line.includes('<') || args[0] === 'import') ends.push(await run(args));
  }
  const [, at] = /run it with (--at \S+?)[,;]?(?: |$)/.exec(text) ?? [];
  if (ends.length === 0 && at !== undefined) {
    for (const command of ['issue', 'renew']) ends.push(await run([command, ...at.split(' ')]));
  }
  return ends;
}

/** Takes away what stands there, and what Git has of it comes back. */
function restore(victim: Victim, path: string): Ended[] {
  rmSync(join(victim.keystore.folder, path), { recursive: true, force: true });
  for (const what of [path, path.replace(/(\d{4}|request)\.(?:crt|csr|key\.age)$/, '$1.*')]) {
    try {
      victim.git('checkout', 'HEAD', '--', `keystore/${what}`);
    } catch {
      // Git does not have it.
    }
  }
  return [];
}
