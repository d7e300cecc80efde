import { setTimeout as sleep } from 'node:timers/promises';
import type { LineageDeclaration } from '../../lib/config/lineages';
import { type VerifyContext, verifyLineage } from '../../lib/verify/lineage';
import { mayBecomeWell, type VerifiedLineage } from '../../lib/verify/report';
import { now } from '../shell/command-options';
import { startProgress } from '../shell/progress';
import { printNote, type Terminal } from '../shell/terminal';

/** Lineages at once: most of the time is spent waiting for answers, and Microsoft Graph throttles who asks much faster. */
const AT_ONCE = 8;

/** Milliseconds between two looks: the first, doubled each time, and the longest. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 15_000;

/**
 * Looks at every lineage, and again at those that time may mend.
 *
 * @param wait milliseconds; 0 for one look
 * @returns in the order of the lineages
 */
export async function lookUntilWell(
  terminal: Terminal,
  declared: readonly LineageDeclaration[],
  context: VerifyContext,
  wait: number,
): Promise<VerifiedLineage[]> {
  const found = new Map<string, VerifiedLineage>();
  const end = performance.now() + wait;
  let waiting = declared;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    for (const verified of await lookAtAll(terminal, waiting, context)) found.set(verified.lineage, verified);
    waiting = waiting.filter(({ name }) => [found.get(name)].some((verified) => verified && mayBecomeWell(verified)));
    const left = end - performance.now();
    if (waiting.length === 0 || left <= 0) break;
    const time = Math.min(pause, left);
    printNote(terminal, `${waiting.length} of ${declared.length} not well yet; looking again in ${seconds(time)} s`);
    await sleep(time);
    context.clouds.forget();
  }
  return declared.flatMap(({ name }) => found.get(name) ?? []);
}

async function lookAtAll(
  terminal: Terminal,
  declared: readonly LineageDeclaration[],
  context: VerifyContext,
): Promise<VerifiedLineage[]> {
  const progress = startProgress(terminal, 'verifying', declared.length);
  const found: VerifiedLineage[] = [];
  // One queue for all workers.
  const queue = declared.values();
  const work = async (): Promise<void> => {
    for (const declaration of queue) {
      found.push(await verifyLineage(declaration, context, now({})));
      progress.advance();
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, declared.length) }, work));
    return found;
  } finally {
    progress.stop();
  }
}

function seconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1_000);
}
