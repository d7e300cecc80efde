import { readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type FigureOptions, type Row, scaled } from './figure';
import { runProcess } from './processes';
import { Contestant, measure } from './rounds';
import { type Sample, writeSample } from './sample';

/** What people do without a tool: one process a certificate, one certificate at a time. */
const SHELL_LOOP = `set -e
for number in $(seq "$1"); do
  openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj "/CN=VB365 $number" -keyout "$number.key" -out "$number.crt"
done`;

/**
 * The time of one key varies by about 60 %, so 200 of them still vary by 4 %, and the ratio of one round by 6 %: the
 * median of 7 rounds is off by 5 % now and then, of 24 by 3 %.
 */
const ROUNDS = { least: 7, most: 24 };

/** It takes twice as long, and its bound is far away. */
const LOOP_ROUNDS = { least: 3, most: 3 };

/**
 * Issuing costs what its keys cost: `vb365 issue` from start to end, keys sealed and everything on disk, beside making as
 * many keys alone, and beside a shell loop.
 */
export async function issueFigure({ workspace, effort }: FigureOptions): Promise<readonly Row[]> {
  const count = scaled(effort, 200);
  const sample = await writeSample(workspace.addFolder('issue'), count);
  const loopFolder = workspace.addFolder('openssl');

  const ours = new Contestant(async () => {
    removeCertificates(sample);
    const usage = await workspace.runCommand(['issue'], sample.folder);
    refuseIncomplete(sample);
    return usage;
  });
  const keysAlone = new Contestant(() => workspace.runProgram('generate-keys', [String(count)], sample.folder));
  const shellLoop = new Contestant(() =>
    runProcess('sh', ['-c', SHELL_LOOP, 'sh', String(count)], { cwd: loopFolder }),
  );

  const issuing = `issue ${count} certificates`;
  const besideLoop = await measure([ours, keysAlone, shellLoop], effort.rounds ?? LOOP_ROUNDS, [
    {
      figure: `loop of openssl req / ${issuing}`,
      ours: (round) => ours.in(round).seconds,
      theirs: (round) => shellLoop.in(round).seconds,
      unit: 's',
      inverse: true,
      // There is nothing to gain by a second key at once where there is no second core.
      bound: { atLeast: availableParallelism() > 1 ? 1.6 : 0.9 },
    },
  ]);
  const besideKeys = await measure([ours, keysAlone], effort.rounds ?? ROUNDS, [
    {
      figure: `${issuing} / make ${count} keys alone`,
      ours: (round) => ours.in(round).seconds,
      theirs: (round) => keysAlone.in(round).seconds,
      unit: 's',
      bound: { atMost: 1.1 },
    },
  ]);
  return [...besideKeys, ...besideLoop];
}

function removeCertificates({ keystore }: Sample): void {
  for (const name of readdirSync(keystore)) {
    if (name !== 'recipients.txt') rmSync(join(keystore, name), { recursive: true });
  }
}

/** @throws Error where an organization has not both its files */
function refuseIncomplete({ keystore, organizations }: Sample): void {
  const files = readdirSync(keystore, { recursive: true, encoding: 'utf8' });
  for (const suffix of ['0001.crt', '0001.key.age']) {
    const count = files.filter((file) => file.endsWith(suffix)).length;
    if (count !== organizations) throw new Error(`vb365 issue wrote ${count} files ${suffix}, not ${organizations}`);
  }
}
