import { readFileSync } from 'node:fs';
import { follow, type FollowOptions, FIRST_DAY } from '../support/follow';
import { removeWorkplaces, Workplace } from '../support/cli';
import { startRepository } from '../support/repository';
import type { Situation } from './situation';

/** A cure that was carried out, as it was printed. */
export interface CarriedOut {
  readonly code: string;
  readonly text: string;
  /** What of it was done, word for word. */
  readonly done: readonly string[];
}

/**
 * Tries each: its command prints the code, the cure that stands below it is carried out, and the code is not printed again.
 *
 * @returns those that were, as soon as the tests have run
 */
export function carryOut(subject: string, situations: readonly Situation[]): readonly CarriedOut[] {
  const carriedOut: CarriedOut[] = [];
  describe(`the cures of ${subject}`, () => {
    afterAll(removeWorkplaces);
    let issued: Workplace;

    beforeAll(async () => {
      issued = new Workplace();
      await issue(issued);
    });

    it.each(situations)('mend $code: $when', async (situation) => {
      const place = await placeOf(situation, issued);
      const {
        code,
        command,
        again = command,
        cure,
        since = FIRST_DAY,
        day = since,
        then = day,
        env = {},
        cureEnv = env,
        exits = {},
      } = situation;
      await situation.before?.(place, since);
      const { input } = situation;
      const said = await follow(place, command, {
        day,
        env,
        input: input === undefined ? undefined : readFileSync(place.path(input)),
      });
      const { severity, cure: text } = findingOf(code, said.stderr + said.stdout);
      const done: string[] = [];
      const options: FollowOptions = { day: then, env: cureEnv };
      for (const step of cure) {
        if (typeof step === 'function') await step(place, then);
        else {
          const { printed, run } = typeof step === 'string' ? { printed: step, run: step } : step;
          expect(text).toContain(printed);
          done.push(printed);
          const ended = await follow(place, run, options);
          expect({ run, ...ended }).toEqual({ ...ended, run, code: exits[printed] ?? 0 });
        }
      }
      const after = await follow(place, again, options);
      expect(after).not.toMatchObject({ code: 2 });
      expect(after.stderr + after.stdout).not.toContain(`${severity}[${code}]`);
      carriedOut.push({ code, text, done });
    });
  });
  return carriedOut;
}

/** What is printed of a code first, with the cure below it: several in a row share one. */
function findingOf(code: string, output: string): { readonly severity: string; readonly cure: string } {
  const [, severity = '', cure] = new RegExp(`^ *(\\w+)\\[${code}\\] [^]*?^ *cure: (.*)$`, 'm').exec(output) ?? [];
  if (cure === undefined) throw new RangeError(`there is no ${code}: ${output}`);
  return { severity, cure };
}

async function placeOf({ configuration, isIssued = true }: Situation, issued: Workplace): Promise<Workplace> {
  if (configuration === undefined && isIssued) return issued.copy();
  const place = new Workplace(configuration);
  if (isIssued) await issue(place);
  return place;
}

/** Certificates of the first day, in a repository with an origin beside it. */
async function issue(place: Workplace): Promise<void> {
  await place.run(['issue', '--at', FIRST_DAY]);
  await startRepository(place);
}
