import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { Keystore } from '../../../lib/keystore/keystore';
import { configurationOf, ended, removeWorkplaces, Workplace } from '../../support/cli';
import { openKeys } from '../../support/open-keys';

/** With the two of the installation: six lineages. */
const SIX_LINEAGES = configurationOf('adatum', 'contoso', 'fabrikam', 'northwind');
const KILLS = 10;

afterAll(removeWorkplaces);

describe('vb365 issue that is killed', () => {
  it(`leaves whole generations only, at each of ${KILLS} moments, and the next run does the rest`, async () => {
    let workplace = await initialized();
    let halfway = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const moment = await killAtSomeMoment(workplace);
      const kept = await expectWhole(workplace, moment);
      halfway += kept > 0 && kept < 6 ? 1 : 0;
      if (kept < 6 && kill % 3 !== 2) continue;
      await expectRestIssued(workplace, 6 - kept);
      workplace = await initialized();
    }
    // The moments are random; a run in which none fell into the work would prove nothing.
    expect(halfway).toBeGreaterThan(0);
  });
});

describe('vb365 issue that is stopped', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('by %s says what it has issued, and ends by it', async (signal) => {
    const workplace = new Workplace(configurationOf(...Array.from({ length: 60 }, (_, index) => `o${index}`)));
    const child = workplace.spawn(['issue']);
    const [end, stopped] = [ended(child), once(child, 'exit')];
    const chunks: string[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
    while (countGenerations(workplace) < 2 && child.exitCode === null) await wait(5);
    child.kill(signal);
    await end;
    expect(await stopped).toEqual([null, signal]);
    const said = Array.from(chunks.join('').matchAll(/^issued (.*) 0001$/gm), ([, lineage]) => lineage);
    const kept = new Keystore(workplace.path('keystore')).lineages();
    expect(said.length).toBeGreaterThan(0);
    expect(said.length).toBeLessThan(62);
    expect(kept).toEqual(expect.arrayContaining(said));
    expect(existsSync(workplace.path('keystore/.lock'))).toBe(false);
  });
});

describe('two vb365 issue at once', () => {
  it('issue each lineage once, and lose none', async () => {
    const workplace = new Workplace(SIX_LINEAGES);
    const runs = await Promise.all([workplace.runProcess(['issue']), workplace.runProcess(['issue'])]);
    expect(runs.map(({ code, stderr }) => [code, stderr.includes('error')])).toEqual([
      [0, false],
      [0, false],
    ]);
    const issued = runs.flatMap(({ stdout }) => stdout.split('\n').filter((line) => line.startsWith('issued '))).sort();
    const keystore = new Keystore(workplace.path('keystore'));
    expect(issued).toEqual(keystore.lineages().map((lineage) => `issued ${lineage} 0001`));
    expect(issued).toHaveLength(6);
    expect(await openKeys(keystore, workplace.identity)).toHaveLength(6);
    expect(keystore.findings()).toEqual([]);
  });

  it('share the work by --shard', async () => {
    const workplace = await initialized();
    const shards = ['1/3', '2/3', '3/3'];
    const runs = await Promise.all(shards.map((shard) => workplace.run(['issue', '--shard', shard])));
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(runs.map(({ stdout }) => stdout.match(/^issued /gm)?.length)).toEqual([2, 2, 2]);
    expect(new Keystore(workplace.path('keystore')).lineages()).toHaveLength(6);
  });
});

async function initialized(): Promise<Workplace> {
  const workplace = new Workplace(SIX_LINEAGES);
  expect((await workplace.run(['init'])).code).toBe(0);
  return workplace;
}

/**
 * Kills the command soon after so many of its certificates are there: by counting, not by time alone, so that the kill
 * falls into the work on a slow machine too.
 *
 * @returns which moment, for the message
 */
async function killAtSomeMoment(workplace: Workplace): Promise<string> {
  const child = workplace.spawn(['issue'], { stdio: 'ignore' });
  const end = ended(child);
  const before = countGenerations(workplace);
  const target = before + randomInt(0, Math.max(1, 6 - before));
  while (!existsSync(workplace.path('keystore/.lock')) && child.exitCode === null) await wait(1);
  while (countGenerations(workplace) < target && child.exitCode === null) await wait(1);
  const delay = randomInt(0, 60);
  await wait(delay);
  child.kill('SIGKILL');
  await end;
  letLockGoStale(workplace);
  return `killed ${delay} ms after certificate ${target}`;
}

function countGenerations(workplace: Workplace): number {
  return new Keystore(workplace.path('keystore')).lineages().length;
}

/** A lock that nobody touches belongs to a killed process after some seconds; here they have passed. */
function letLockGoStale(workplace: Workplace): void {
  const lock = workplace.path('keystore/.lock');
  const longAgo = new Date(Date.now() - 60_000);
  if (existsSync(lock)) utimesSync(lock, longAgo, longAgo);
}

/** @returns how many generations there are */
async function expectWhole(workplace: Workplace, moment: string): Promise<number> {
  const names = readdirSync(workplace.path('keystore'), { recursive: true, encoding: 'utf8' });
  const placed = names.filter((name) => /\/\d{4}\.crt$/.test(name) && !name.includes('/.'));
  for (const name of placed) {
    expect({ moment, key: names.includes(name.replace(/crt$/, 'key.age')) }).toEqual({ moment, key: true });
  }
  const keystore = new Keystore(workplace.path('keystore'));
  const keys = await openKeys(keystore, workplace.identity);
  expect({ moment, count: keys.length }).toEqual({ moment, count: keystore.lineages().length });
  return keys.length;
}

async function expectRestIssued(workplace: Workplace, count: number): Promise<void> {
  const { code, stdout } = await workplace.run(['issue']);
  expect({ code, count: stdout.match(/^issued /gm)?.length ?? 0 }).toEqual({ code: 0, count });
  const keystore = new Keystore(workplace.path('keystore'));
  expect(await openKeys(keystore, workplace.identity)).toHaveLength(6);
  expect(keystore.lineages().flatMap((lineage) => keystore.generations(lineage))).toHaveLength(6);
  expect(keystore.findings()).toEqual([]);
  if (count > 0) expect(readdirSync(keystore.folder).filter((name) => name.startsWith('.'))).toEqual([]);
}
