import fc from 'fast-check';
import { MOST_GENERATIONS, renewalOf, renewalOnDemand, withWindow } from '../../../lib/lifecycle/renew/renewal';
import { type DatedGeneration, isValid } from '../../../lib/lifecycle/renew/retirement';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SECOND = 1 / 86_400;
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
  return {
    certificate: {
      notBefore: new Date(at.getTime() - HOUR),
      notAfter: new Date(at.getTime() + validityDays * DAY),
    },
  };
}

describe('renewalOf', () => {
  const policy: Policy = { validityDays: 100, renewBeforeDays: 30, retireAfterDays: 14 };
  const [first, second, third] = [issue(day(0), 100), issue(day(70), 100), issue(day(80), 100)];

  it.each([
    [-1, 'fresh'],
    [0, 'fresh'],
    [70 - SECOND, 'fresh'],
    [70, 'due'],
    [100, 'due'],
    [1_000, 'due'],
  ])('on day %d of a hundred a certificate is %s', (at, kind) => {
    expect(renewalOf([first], policy, day(at)).kind).toBe(kind);
  });

  it('leaves a lineage without a certificate to issuing', () => {
    expect(renewalOf([], policy, day(0))).toEqual({ kind: 'fresh' });
  });

  it('decides by the current certificate, whatever the older ones are', () => {
    expect(renewalOf([first, second], policy, day(90))).toEqual({ kind: 'fresh' });
    expect(renewalOf([issue(day(0), 500), second], policy, day(150)).kind).toBe('due');
  });

  it('takes nothing away where there is room', () => {
    expect(renewalOf([first, second], policy, day(150))).toEqual({ kind: 'due', leaving: [] });
  });

  it('makes room for a fourth by the oldest alone', () => {
    expect(renewalOf([first, second, third], policy, day(150))).toEqual({ kind: 'due', leaving: [first] });
  });

  it('makes room where imports have left more than three', () => {
    const lineage = [first, second, third, issue(day(81), 100)];
    expect(renewalOf(lineage, policy, day(160))).toEqual({ kind: 'due', leaving: [first, second] });
  });

  it('waits where none of three may leave', () => {
    const hasty: Policy = { validityDays: 10, renewBeforeDays: 9, retireAfterDays: 10 };
    const lineage = [0, 1, 2].map((at) => issue(day(at), 10));
    expect(renewalOf(lineage, hasty, day(3))).toEqual({ kind: 'full' });
    expect(renewalOf(lineage, hasty, day(10 + SECOND))).toEqual({ kind: 'due', leaving: lineage.slice(0, 1) });
  });
});

describe('withWindow', () => {
  const policy = { validityDays: 365, renewBeforeDays: 30 };

  it.each([
    [undefined, 30],
    [1, 1],
    [60, 60],
    [364, 364],
    [365, 364],
    [9_999, 364],
  ])('given %p days, makes the window %d', (within, renewBeforeDays) => {
    expect(withWindow(policy, within)).toEqual({ validityDays: 365, renewBeforeDays });
  });
});

describe('renewalOnDemand', () => {
  const generations = fc.array(
    fc
      .tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 100 }))
      .map(([at, days]) => issue(day(at), days)),
    { minLength: 1, maxLength: 5 },
  );
  const anyDay = fc.integer({ min: -60, max: 160 }).map(day);

  it('makes room, whatever the clock says, by none without which nothing was valid at a moment that is known', () => {
    fc.assert(
      fc.property(generations, anyDay, anyDay, (lineage, at, present) => {
        const renewal = renewalOnDemand(lineage, { retireAfterDays: 14 }, at, present);
        if (renewal.kind === 'full') return;
        const stays = lineage.filter((one) => !renewal.leaving.includes(one));
        expect(stays.length).toBeLessThan(Math.max(MOST_GENERATIONS, stays.length + renewal.leaving.length));
        expect(stays.at(-1)).toBe(lineage.at(-1));
        expect(stays.some((one) => isValid(one, present))).toBe(lineage.some((one) => isValid(one, present)));
      }),
    );
  });

  it('makes room by what a wrong clock has left in the future', () => {
    const [used, premature, current] = [issue(day(0), 100), issue(day(1_000), 100), issue(day(1_001), 100)];
    const renewal = renewalOnDemand([used, premature, current], { retireAfterDays: 14 }, day(1), day(0));
    expect(renewal).toEqual({ kind: 'due', leaving: [premature] });
  });
});
