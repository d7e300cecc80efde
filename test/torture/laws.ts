import { createPublicKey } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Keystore } from '../../lib/keystore/keystore';
import { newestAdded } from '../../lib/keystore/newest-added';
import { readPendingRequest } from '../../lib/keystore/requests/pending-request';
import { readIdentities } from '../../lib/keystore/sealing/identity';
import { openSealed } from '../../lib/keystore/sealing/sealing';
import { isValid } from '../../lib/lifecycle/renew/retirement';
import { textOfFile } from '../../lib/system/look';
import { openKeys } from '../support/open-keys';
import { type Ended, NORTHWIND, type Victim } from './victim';

/** What a keystore was before somebody did something to it. */
export interface Memory {
  /** Number and thumbprint of the current certificate of each lineage. */
  readonly currents: ReadonlyMap<string, Current>;
  /** When the newest certificate was added, and which lineages had a valid one then. */
  readonly newest: Date | undefined;
  readonly validAtNewest: readonly string[];
}

const SECRET = /PRIVATE KEY-----|AGE-SECRET-KEY-/;
const LARGEST = 1_000_000;

interface Current {
  readonly number: number;
  readonly thumbprint: string;
}

export function remember({ keystore }: Victim): Memory {
  const lineages = keystore.lineages();
  const newest = newestAdded(keystore.folder)?.added;
  return {
    currents: new Map(lineages.map((name) => [name, currentOf(keystore, name)])),
    newest,
    validAtNewest: lineages.filter(
      (name) => newest && keystore.generations(name).some((each) => isValid(each, newest)),
    ),
  };
}

/** How commands have to end, whatever happens to them: what is wrong with these. */
export function judgeEnds(ends: readonly Ended[]): string[] {
  return ends.flatMap(({ args, code, stdout, stderr, hangs }) => {
    const wrong = [
      ...(hangs ? ['hangs'] : []),
      ...(SECRET.test(stdout + stderr) ? ['prints a secret'] : []),
      ...(/^ +at /m.test(stderr) || stderr.includes('error[internal]') ? [`fails without a word: ${stderr}`] : []),
      ...(code === 2 && !/^error\[.*\n(?:.*\n)*? *cure: /m.test(stderr) ? [`names no cure: ${stderr}`] : []),
      ...(code === null || [0, 1, 2].includes(code) ? [] : [`ends with ${code}: ${stderr}`]),
    ];
    return wrong.map((what) => `vb365 ${args.join(' ')} ${what}`);
  });
}

export interface Circumstances {
  /** Whether one command at the most has run since: the next one may know a newer certificate. @default false */
  readonly isOneStep?: boolean;
  /** Whether files were damaged: what is superseded may have lost its key, which is a warning. @default false */
  readonly isDamaged?: boolean;
}

/**
 * What has to hold of a keystore at any moment that no command is at work.
 *
 */
export async function judgeKeystore(
  victim: Victim,
  before: Memory,
  circumstances: Circumstances = {},
): Promise<string[]> {
  const { isOneStep = false, isDamaged = false } = circumstances;
  const { keystore, workplace } = victim;
  const wrong: string[] = [];
  try {
    await openKeys(keystore, workplace.identity, (_, isCurrent) => isCurrent || !isDamaged);
    await openRequest(victim);
  } catch (error) {
    wrong.push(`a generation or a request is not whole: ${String(error)}`);
  }
  wrong.push(
    ...keystore
      .findings()
      .flatMap(({ severity, id, subject }) => (severity === 'error' ? [`${id} of ${subject}`] : [])),
  );
  for (const [name, current] of before.currents) {
    const kept = keystore.generations(name);
    const isSucceeded = kept.some(({ number }) => number > current.number);
    if (!isSucceeded && currentOf(keystore, name).thumbprint !== current.thumbprint) {
      wrong.push(`${name} has lost its current certificate, and has no successor`);
    }
    const { newest } = before;
    if (isOneStep && newest && before.validAtNewest.includes(name) && !kept.some((each) => isValid(each, newest))) {
      wrong.push(`${name} has no certificate any more that was valid at ${newest.toISOString()}`);
    }
  }
  return [...wrong, ...secretsIn(workplace.folder)];
}

function currentOf(keystore: Keystore, lineage: string): Current {
  const { number = 0, certificate } = keystore.current(lineage) ?? {};
  return { number, thumbprint: certificate?.thumbprintSha256 ?? '' };
}

/** What commands say that they have added has to be there, unless one says that it has taken it away. */
export function judgeAccounts({ keystore }: Victim, ends: readonly Ended[]): string[] {
  const said = ends.map(({ stdout }) => stdout).join('');
  return Array.from(said.matchAll(/^(?:issued|renewed|imported) (\S+) (\d{4})/gm)).flatMap(
    ([, name = '', label = '']) => {
      const isThere = keystore.generations(name).some((generation) => generation.label === label);
      return isThere || said.includes(`retired ${name} ${label}\n`) ? [] : [`${name} ${label} is lost`];
    },
  );
}

async function openRequest({ keystore, workplace }: Victim): Promise<void> {
  const pending = readPendingRequest(keystore.folder, NORTHWIND);
  if (pending === undefined) return;
  const key = await openSealed(pending.sealedKey, (await readIdentities(workplace.identity)).identities);
  if (!createPublicKey(key).equals(pending.request.publicKey)) throw new Error('the key of the request is another one');
}

function secretsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    const file = join(folder, name);
    const isFile = statSync(file, { throwIfNoEntry: false })?.isFile() === true;
    return isFile && SECRET.test(textOfFile(file, LARGEST) ?? '') ? [`${name} holds a secret`] : [];
  });
}
