import { createPublicKey, randomInt } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { readIdentities } from '../../../lib/keystore/sealing/identity';
import { Keystore } from '../../../lib/keystore/keystore';
import { readPendingRequest } from '../../../lib/keystore/requests/pending-request';
import { openSealed } from '../../../lib/keystore/sealing/sealing';
import { Authority } from '../../support/authority';
import { configurationOf, ended, importedOrganization, removeWorkplaces, Workplace } from '../../support/cli';
import { openKeys } from '../../support/open-keys';

const LINEAGE = 'northwind/entra-application';
const KEPT = `keystore/${LINEAGE}`;

const authority = new Authority();
/** Has recipients, and nothing else; not to be changed. */
let empty: Workplace;
/** A request waits in it, and its answer is there; not to be changed. */
let waiting: Workplace;

beforeAll(async () => {
  empty = new Workplace(configurationOf('contoso') + importedOrganization('northwind'));
  await empty.run(['init']);
  waiting = empty.copy();
  await waiting.run(['request', LINEAGE, '--out', 'waiting.csr']);
  waiting.write('answer.crt', authority.sign(waiting.read('waiting.csr')));
});

afterAll(() => {
  removeWorkplaces();
  authority.dispose();
});

/** Kills the command so many milliseconds after it has the lock. */
async function kill(workplace: Workplace, args: readonly string[], delay: number): Promise<void> {
  const lock = workplace.path('keystore/.lock');
  const child = workplace.spawn(args, { stdio: 'ignore' });
  const end = ended(child);
  while (!existsSync(lock) && child.exitCode === null) await wait(1);
  await wait(delay);
  child.kill('SIGKILL');
  await end;
  const longAgo = new Date(Date.now() - 60_000);
  if (existsSync(lock)) utimesSync(lock, longAgo, longAgo);
}

/** The request with the key that belongs to it, or neither. */
async function expectWholeRequest(workplace: Workplace, moment: string): Promise<boolean> {
  const pending = readPendingRequest(workplace.path('keystore'), LINEAGE);
  if (pending === undefined) return false;
  const { identities } = await readIdentities(workplace.identity);
  const key = await openSealed(pending.sealedKey, identities);
  expect({ moment, belongs: createPublicKey(key).equals(pending.request.publicKey) }).toEqual({
    moment,
    belongs: true,
  });
  return true;
}

describe('vb365 request that is killed', () => {
  it('leaves a whole request or none, and the next run has one', async () => {
    const workplace = empty.copy();
    const delay = randomInt(0, 400);
    await kill(workplace, ['request', LINEAGE, '--renew-key', '--force'], delay);
    await expectWholeRequest(workplace, `killed after ${delay} ms`);
    expect((await workplace.run(['request', LINEAGE, '--force'])).code).toBe(0);
    expect(await expectWholeRequest(workplace, 'at the end')).toBe(true);
    expect(workplace.read(`${KEPT}/request.csr`)).toContain(workplace.read('northwind-entra-application.csr'));
  });
});

describe('vb365 import of an answer that is killed', () => {
  it('leaves the request or the generation, and the next run ends with the generation alone', async () => {
    const delay = randomInt(0, 20);
    const moment = `killed after ${delay} ms`;
    const workplace = waiting.copy();
    await kill(workplace, ['import', LINEAGE, 'answer.crt'], delay);
    const keystore = new Keystore(workplace.path('keystore'));
    const isKept = keystore.has(LINEAGE);
    if (!isKept)
      expect({ moment, waits: await expectWholeRequest(workplace, moment) }).toEqual({ moment, waits: true });
    const { code } = await workplace.run(['import', LINEAGE, 'answer.crt']);
    expect({ moment, code }).toEqual({ moment, code: isKept ? 2 : 0 });
    expect(readdirSync(workplace.path(KEPT))).not.toContainEqual(expect.stringMatching('request'));
    expect(await openKeys(keystore, workplace.identity)).toHaveLength(1);
    const { keyFile = '' } = keystore.current(LINEAGE) ?? {};
    expect(readFileSync(keyFile, 'utf8')).toBe(waiting.read(`${KEPT}/request.key.age`));
  });
});
