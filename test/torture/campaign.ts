import { Dice } from './dice';
import { heal } from './healing';
import { judgeAccounts, judgeEnds, judgeKeystore, remember } from './laws';
import { torturers } from './torments';
import { Victim } from './victim';
import type { Ended } from './victim';

export interface CampaignOptions {
  readonly seed: number;
  /** The first round, and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds after which no further round begins. */
  readonly limit: number;
  /** Rounds at once. */
  readonly concurrency: number;
  /** Told of each violation, when it is found. */
  readonly onViolation: (round: number, what: string) => void;
}

/** What happened, for the table. */
export interface Figures {
  readonly rounds: number;
  readonly commands: number;
  /** How often each torment was done. */
  readonly torments: ReadonlyMap<string, number>;
  /** Commands that were killed, that were refused (exit code 2), and that were a cure or came after one. */
  readonly killed: number;
  readonly refused: number;
  readonly violations: number;
}

/** Torments small keystores, one a round, and looks after each whether what must hold has held. */
export async function campaign({ seed, from, to, limit, concurrency, onViolation }: CampaignOptions): Promise<Figures> {
  const source = await Victim.create();
  const end = performance.now() + limit;
  const torments = new Map<string, number>();
  let [next, rounds, commands, killed, refused, violations] = [from, 0, 0, 0, 0, 0];
  const work = async (): Promise<void> => {
    while (next < to && performance.now() < end) {
      const round = next++;
      const { name, ends, wrong } = await tormentOnce(source.copy(), round, seed);
      torments.set(name, (torments.get(name) ?? 0) + 1);
      rounds += 1;
      commands += ends.length;
      killed += ends.filter(({ code }) => code === null).length;
      refused += ends.filter(({ code }) => code === 2).length;
      violations += wrong.length;
      for (const what of wrong) onViolation(round, `${name}: ${what}`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  source.dispose();
  return { rounds, commands, torments, killed, refused, violations };
}

interface Round {
  readonly name: string;
  readonly ends: readonly Ended[];
  readonly wrong: readonly string[];
}

async function tormentOnce(victim: Victim, round: number, seed: number): Promise<Round> {
  const dice = new Dice(seed * 1_000_003 + round);
  const torturer = torturers[round % torturers.length];
  if (torturer === undefined) throw new Error('there is nobody who torments');
  const before = remember(victim);
  try {
    const torment = await torturer(victim, dice);
    const ends = [...torment.ends];
    const wrong: string[] = [];
    if (torment.damages !== true) {
      wrong.push(
        ...(await judgeKeystore(victim, before, { isOneStep: ends.length === 1 })),
        ...judgeAccounts(victim, ends),
      );
    }
    const after = ends.length;
    const isHanging = ends.some(({ hangs }) => hangs);
    if (!isHanging) wrong.push(...(await heal(victim, ends, torment.damages === true)));
    wrong.push(...judgeEnds(ends));
    if (!isHanging) wrong.push(...(await judgeKeystore(victim, before, { isDamaged: torment.damages === true })));
    const what = ends.slice(0, after).map(({ args, code }) => `vb365 ${args.join(' ')} (${code ?? 'killed'})`);
    return { name: torment.name, ends, wrong: wrong.map((each) => `${each} after ${what.join(', ')}`) };
  } finally {
    victim.dispose();
  }
}
