import fc from 'fast-check';
import { policyProblems } from '../../lib/config/policy';
import { policySchema } from '../../lib/config/schema/policy';
import { MOST_GENERATIONS, type Renewal, renewalOf, renewalOnDemand } from '../../lib/lifecycle/renew/renewal';
import { type DatedGeneration, isValid, retirable } from '../../lib/lifecycle/renew/retirement';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 5, 1, 12);

interface Policy {
  readonly validityDays: number;
  readonly renewBeforeDays: number;
  readonly retireAfterDays: number;
}

function day(number: number): Date {
  return new Date(START + number * DAY);
}

/** Issued at a date, as `issueSelfSigned` does: backdated by an hour. */
function issue(at: Date, validityDays: number): DatedGeneration {
  return generation(at.getTime() - HOUR, at.getTime() + validityDays * DAY, at);
}

/** Imported at a date: valid since some days before, and to some days after. */
function imported(at: Date, daysBefore: number, daysAfter: number): DatedGeneration {
  return generation(at.getTime() - daysBefore * DAY, at.getTime() + daysAfter * DAY, at);
}

function generation(notBefore: number, notAfter: number, added: Date): DatedGeneration {
  return { certificate: { notBefore: new Date(notBefore), notAfter: new Date(notAfter) }, added };
}

/** A lineage without keys, and the account of all that happened to it. */
class Model {
  readonly history: Issued[] = [];
  published: Issued[] = [];

  constructor(readonly policy: Policy) {
    this.#add(issue(day(0), policy.validityDays), day(0));
  }

  get current(): Issued {
    return this.published.at(-1)!;
  }

  /** @returns whether a successor was added */
  renew(at: Date): boolean {
    return this.#follow(renewalOf(this.published, this.policy, at), issue(at, this.policy.validityDays), at);
  }

  /** @returns whether a person, who does not wait until it is due, got the successor */
  add(successor: DatedGeneration, at: Date): boolean {
    return this.#follow(renewalOnDemand(this.published, this.policy, at), successor, at);
  }

  /** @returns how many generations have left */
  retire(at: Date): number {
    const leaving = retirable(this.published, this.policy.retireAfterDays, at);
    this.#leave(leaving, at);
    return leaving.length;
  }

  #follow(renewal: Renewal<Issued>, successor: DatedGeneration, at: Date): boolean {
    if (renewal.kind !== 'due') return false;
    this.#leave(renewal.leaving, at);
    this.#add(successor, at);
    return true;
  }

  #add(added: DatedGeneration, at: Date): void {
    const issued = { ...added, issuedAt: at };
    this.history.push(issued);
    this.published = [...this.published, issued];
  }

  #leave(leaving: readonly Issued[], at: Date): void {
    for (const generation of leaving) {
      generation.leftAt = at;
      expect(generation).not.toBe(this.current);
    }
    this.published = this.published.filter((generation) => !leaving.includes(generation));
  }
}

interface Issued extends DatedGeneration {
  readonly issuedAt: Date;
  leftAt?: Date;
}

interface Run {
  readonly hours: number;
  readonly command: 'renew' | 'retire';
}

/** A run, or what a person does between. */
type Deed =
  | Run
  | { readonly hours: number; readonly command: 'renew on demand' }
  | { readonly hours: number; readonly command: 'import'; readonly daysBefore: number; readonly daysAfter: number };

/** Every policy that a configuration may hold; short ones more often, because they crowd. */
const policyArbitrary = fc
  .oneof(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 2, max: 3650 }))
  .chain((validityDays) =>
    fc.record({
      validityDays: fc.constant(validityDays),
      renewBeforeDays: fc.integer({ min: 1, max: validityDays - 1 }),
      retireAfterDays: fc.integer({ min: 1, max: validityDays }),
    }),
  );

const command = fc.constantFrom('renew' as const, 'retire' as const);

/**
 * Runs some hours after one another: close together, which fills a lineage up, or with days left out and jumps of the clock
 * of up to two validities.
 */
const scheduleArbitrary = fc.tuple(policyArbitrary, fc.boolean()).chain(([policy, isDense]) => {
  const few = fc.integer({ min: 0, max: 48 });
  const hours = isDense ? few : fc.oneof(few, fc.integer({ min: 0, max: policy.validityDays * 48 }));
  return fc.record({ policy: fc.constant(policy), runs: fc.array(fc.record({ hours, command }), { maxLength: 100 }) });
});

/** Runs, and between them imports of certificates of any age and renewals that are not due. */
const deedsArbitrary = scheduleArbitrary.chain(({ policy, runs }) => {
  const days = fc.integer({ min: 0, max: policy.validityDays });
  const hours = fc.integer({ min: 0, max: 96 });
  const deed: fc.Arbitrary<Deed> = fc.oneof(
    fc.constantFrom<Deed>(...runs, { hours: 0, command: 'retire' }),
    fc.record({ hours, command: fc.constant('renew on demand' as const) }),
    fc.record({ hours, command: fc.constant('import' as const), daysBefore: days, daysAfter: days }),
  );
  return fc.record({ policy: fc.constant(policy), deeds: fc.array(deed, { maxLength: 40 }) });
});

/** Does what people and runs do; `after` looks at the lineage after each. */
function playDeeds(policy: Policy, deeds: readonly Deed[], after: (model: Model) => void = () => undefined): Model {
  const model = new Model(policy);
  let at = day(0);
  for (const deed of deeds) {
    at = new Date(at.getTime() + deed.hours * HOUR);
    if (deed.command === 'renew') model.renew(at);
    else if (deed.command === 'retire') model.retire(at);
    else if (deed.command === 'import') model.add(imported(at, deed.daysBefore, deed.daysAfter), at);
    else model.add(issue(at, policy.validityDays), at);
    after(model);
  }
  return model;
}

/** Plays a schedule; `after` looks at the lineage after each run. */
function play(
  policy: Policy,
  runs: readonly Run[],
  after: (model: Model, at: Date, run: Run) => void = () => undefined,
): { readonly model: Model; readonly renewedAt: readonly Date[]; readonly end: Date } {
  const model = new Model(policy);
  const renewedAt: Date[] = [];
  let at = day(0);
  for (const run of runs) {
    at = new Date(at.getTime() + run.hours * HOUR);
    if (run.command === 'renew') {
      renewedAt.push(at);
      model.renew(at);
    } else {
      model.retire(at);
    }
    after(model, at, run);
  }
  return { model, renewedAt, end: at };
}

/**
 * Moments at which the lineage had no published certificate that was valid. What is published changes at the moments of runs
 * only and nothing valid ends but by its own date, so the second after each end is enough.
 */
function outages({ history }: Model, end: Date): Issued[] {
  return history.filter(({ certificate: { notAfter } }) => {
    const moment = new Date(notAfter.getTime() + 1000);
    if (moment > end) return false;
    return !history.some(
      (other) =>
        other.issuedAt <= moment && isValid(other, moment) && (other.leftAt === undefined || other.leftAt > moment),
    );
  });
}

/** From when on a run is sure to add a successor: inside the window, and with room for it. */
function safeFrom({ issuedAt }: Issued, { validityDays, renewBeforeDays, retireAfterDays }: Policy): Date {
  const window = validityDays - renewBeforeDays;
  // With two windows in an overlap, three generations are never all inside it: there is always room.
  const room = 2 * window >= retireAfterDays ? 0 : renewBeforeDays;
  return new Date(issuedAt.getTime() + Math.max(window, room) * DAY);
}

/** Crowded: every successor comes a day after the one before, and leaves after the longest overlap. */
const CROWDED = { validityDays: 30, renewBeforeDays: 29, retireAfterDays: 30 };

/** Laws about these would say nothing if the dice left them out. */
const PAUSED = { policy: CROWDED, runs: [{ hours: 24 * 90, command: 'renew' as const }] };
const FILLED = { policy: CROWDED, runs: Array.from({ length: 5 }, () => ({ hours: 25, command: 'renew' as const })) };
const RETIRED = {
  policy: { ...CROWDED, retireAfterDays: 1 },
  deeds: [
    { hours: 25, command: 'renew' as const },
    { hours: 48, command: 'retire' as const },
  ],
};

describe('any schedule of renew and retire, over years', () => {
  it('is played with policies that a configuration may hold', () => {
    fc.assert(
      fc.property(policyArbitrary, (policy) => {
        expect(policySchema.safeParse(policy).success).toBe(true);
        expect(policyProblems({ source: 'self-signed', keySize: 2048, ...policy })).toEqual([]);
      }),
    );
  });

  it('keeps a published valid certificate at every instant, if a run happened inside the window', () => {
    let count = 0;
    fc.assert(
      fc.property(scheduleArbitrary, ({ policy, runs }) => {
        const { model, renewedAt, end } = play(policy, runs);
        for (const expired of outages(model, end)) {
          count += 1;
          const from = safeFrom(expired, policy);
          expect(renewedAt.filter((at) => at >= from && at <= expired.certificate.notAfter)).toEqual([]);
        }
      }),
      { numRuns: 1_000, examples: [[PAUSED]] },
    );
    // Schedules with too long a pause are among them, or the law would say nothing.
    expect(count).toBeGreaterThan(0);
  });

  it('never fails with a renew every day, whatever the policy and the runs of retire', () => {
    fc.assert(
      fc.property(
        policyArbitrary,
        fc.array(fc.record({ hours: fc.integer({ min: 0, max: 24 }), retires: fc.boolean() }), { maxLength: 200 }),
        (policy, days) => {
          const runs = days.flatMap(({ hours, retires }): Run[] => [
            { hours, command: 'renew' },
            ...(retires ? [{ hours: 0, command: 'retire' as const }] : []),
          ]);
          const { model, end } = play(policy, runs, ({ published }, at) => {
            expect(published.some((generation) => isValid(generation, at))).toBe(true);
          });
          expect(outages(model, end)).toEqual([]);
        },
      ),
    );
  });

  it('has a valid current certificate after each run of renew', () => {
    fc.assert(
      fc.property(scheduleArbitrary, ({ policy, runs }) => {
        play(policy, runs, (model, at, run) => {
          if (run.command === 'renew') expect(isValid(model.current, at)).toBe(true);
        });
      }),
    );
  });

  it('lets no valid generation go before its successor was in the keystore for the overlap, whoever added it', () => {
    let count = 0;
    fc.assert(
      fc.property(deedsArbitrary, ({ policy, deeds }) => {
        const { history } = playDeeds(policy, deeds);
        for (const [index, { leftAt, certificate }] of history.entries()) {
          if (leftAt === undefined || certificate.notAfter < leftAt) continue;
          count += 1;
          const successors = history
            .slice(index + 1)
            .filter((other) => (other.leftAt === undefined || other.leftAt > leftAt) && isValid(other, leftAt));
          const published = successors.map(({ issuedAt }) => leftAt.getTime() - issuedAt.getTime());
          expect(Math.max(...published)).toBeGreaterThanOrEqual(policy.retireAfterDays * DAY);
        }
      }),
      { numRuns: 1_000, examples: [[RETIRED]] },
    );
    // Some have left that way, or the law would say nothing.
    expect(count).toBeGreaterThan(0);
  });

  it('never publishes more than three, whatever people import and renew between', () => {
    fc.assert(
      fc.property(deedsArbitrary, ({ policy, deeds }) => {
        playDeeds(policy, deeds, ({ published }) => {
          expect(published.length).toBeLessThanOrEqual(MOST_GENERATIONS);
        });
      }),
    );
  });

  it('never publishes more than three', () => {
    let count = 0;
    fc.assert(
      fc.property(scheduleArbitrary, ({ policy, runs }) => {
        play(policy, runs, ({ published }, at) => {
          expect(published.length).toBeLessThanOrEqual(MOST_GENERATIONS);
          count += renewalOf(published, policy, at).kind === 'full' ? 1 : 0;
        });
      }),
      { numRuns: 500, examples: [[FILLED]] },
    );
    // A fourth was kept from coming.
    expect(count).toBeGreaterThan(0);
  });

  it('does by two runs of a command at once what one does', () => {
    fc.assert(
      fc.property(scheduleArbitrary, ({ policy, runs }) => {
        const once = play(policy, runs).model;
        const twice = play(
          policy,
          runs.flatMap((run) => [run, { ...run, hours: 0 }]),
        ).model;
        expect(twice.history).toEqual(once.history);
      }),
    );
  });

  it('adds at most one successor a day, however often it runs', () => {
    fc.assert(
      fc.property(scheduleArbitrary, ({ policy, runs }) => {
        const { history } = play(policy, runs).model;
        for (const [index, { issuedAt }] of history.slice(1).entries()) {
          expect(issuedAt.getTime() - history[index]!.issuedAt.getTime()).toBeGreaterThanOrEqual(DAY);
        }
      }),
    );
  });
});
