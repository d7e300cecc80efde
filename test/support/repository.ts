import { mkdirSync } from 'node:fs';
import type { Workplace } from './cli';
import { follow } from './follow';

/** Makes the folder of a workplace the clone of a repository, and commits what is there to `main`; nothing is pushed. */
export async function startRepository(place: Workplace): Promise<void> {
  mkdirSync(place.path('../origin.git'));
  const { code, stderr } = await follow(place, START);
  if (code !== 0) throw new RangeError(stderr);
}

const START = [
  'git init --quiet --bare --initial-branch=main ../origin.git',
  'git init --quiet --initial-branch=main',
  'git remote add origin ../origin.git',
  'git add --all',
  'git commit --quiet --message first',
].join(' && ');
