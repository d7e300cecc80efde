import fc from 'fast-check';
import {
  type DatedGeneration,
  isValid,
  neededAt,
  oldestRetirableFrom,
  retirable,
} from '../../../lib/lifecycle/renew/retirement';

const DAY = 86_400_000;
const START = Date.UTC(2026, 5, 1, 12);

/** A generation whose validity goes from one day to another; fractions count. */
function generation(from: number, to: number): DatedGeneration {
  return { certificate: { notBefore: day(from), notAfter: day(to) } };
}

/** As one that was imported, or whose date is false. */
function addedOn(number: number, one: DatedGeneration): DatedGeneration {
  return { ...one, added: day(number) };
}

function day(number: number): Date {
  return new Date(START + number * DAY);
}

const SECOND = 1 / 86_400;

const generationArbitrary = fc
  .tuple(
    fc.integer({ min: -50, max: 50 }),
    fc.integer({ min: 0, max: 100 }),
    fc.option(fc.integer({ min: -60, max: 160 }), { nil: undefined }),
  )
  .map(([from, days, added]) => {
    const one = generation(from, from + days);
    return added === undefined ? one : addedOn(added, one);
  });
/** As imports and clocks that run wrong may leave them, too. */
const lineageArbitrary = fc.array(generationArbitrary, { maxLength: 6 });
const overlapArbitrary = fc.integer({ min: 1, max: 60 });
const dayArbitrary = fc.integer({ min: -60, max: 160 }).map(day);

describe('retirable', () => {
  it.each([
    ['before its successor is valid', 29 - SECOND, false],
    ['when its successor becomes valid', 29, false],
    ['a second before the overlap ends', 43 - SECOND, false],
    ['when the overlap ends', 43, true],
    ['after its own end', 51, true],
  ])('decides about a superseded generation %s', (_, at, leaves) => {
    const lineage = [generation(0, 50), generation(29, 79)];
    expect(retirable(lineage, 14, day(at))).toEqual(leaves ? lineage.slice(0, 1) : []);
  });

  it.each([
    ['in its last second', 30, false],
    ['after it', 30 + SECOND, true],
  ])('lets one that expires inside the overlap go %s', (_, at, leaves) => {
    const lineage = [generation(0, 30), generation(29, 79)];
    expect(retirable(lineage, 14, day(at))).toEqual(leaves ? lineage.slice(0, 1) : []);
  });

  it.each([
    ['a successor that was valid long before it came', 40, 54 - SECOND, 54],
    ['a successor that came before it was valid', 10, 43 - SECOND, 43],
    ['a moment of adding that is yet to come', 70, 84 - SECOND, 84],
  ])('measures from the later of both with %s', (_, added, before, from) => {
    const lineage = [generation(0, 90), addedOn(added, generation(29, 120))];
    expect(retirable(lineage, 14, day(before))).toEqual([]);
    expect(retirable(lineage, 14, day(from))).toEqual(lineage.slice(0, 1));
    expect(oldestRetirableFrom(lineage, 14)).toEqual(day(from));
  });

  it('lets an expired one go, however far in the future its successor was added', () => {
    const lineage = [generation(0, 50), addedOn(10_000, generation(29, 120))];
    expect(retirable(lineage, 14, day(50 + SECOND))).toEqual(lineage.slice(0, 1));
    expect(oldestRetirableFrom(lineage, 14)).toEqual(day(50));
  });

  it('keeps an expired one until its successor is valid', () => {
    const lineage = [generation(0, 10), generation(20, 79)];
    expect(retirable(lineage, 14, day(15))).toEqual([]);
    expect(retirable(lineage, 14, day(20))).toEqual(lineage.slice(0, 1));
  });

  it('keeps a valid one whose successor has expired before it', () => {
    const lineage = [generation(0, 100), generation(10, 20)];
    expect(retirable(lineage, 5, day(50))).toEqual([]);
  });

  it('measures a valid one against the next that stays, where the one between leaves as expired', () => {
    const lineage = [generation(0, 100), generation(10, 20), generation(49, 150)];
    expect(retirable(lineage, 5, day(50))).toEqual([lineage[1]]);
    expect(retirable(lineage, 5, day(54))).toEqual(lineage.slice(0, 2));
  });

  it('never retires the current one, not even long after its end', () => {
    expect(retirable([generation(0, 1)], 1, day(5_000))).toEqual([]);
    expect(retirable([], 1, day(0))).toEqual([]);
  });

  it('leaves, of any lineage at any date, the current one, and a valid one where there was one', () => {
    fc.assert(
      fc.property(lineageArbitrary, overlapArbitrary, dayArbitrary, (lineage, overlap, at) => {
        const leaving = retirable(lineage, overlap, at);
        const staying = lineage.filter((one) => !leaving.includes(one));
        expect(staying.at(-1)).toBe(lineage.at(-1));
        expect(staying.some((one) => isValid(one, at))).toBe(lineage.some((one) => isValid(one, at)));
      }),
    );
  });

  it('finds nothing more in what it has left', () => {
    fc.assert(
      fc.property(lineageArbitrary, overlapArbitrary, dayArbitrary, (lineage, overlap, at) => {
        const leaving = retirable(lineage, overlap, at);
        const staying = lineage.filter((one) => !leaving.includes(one));
        expect(retirable(staying, overlap, at)).toEqual([]);
      }),
    );
  });
});

describe('oldestRetirableFrom', () => {
  it.each([
    ['the end of the overlap', generation(0, 50), 43],
    ['its own end, if that is earlier', generation(0, 30), 30],
    ['the start of its successor, if it ended before', generation(0, 10), 29],
  ])('is %s', (_, oldest, expected) => {
    expect(oldestRetirableFrom([oldest, generation(29, 79), generation(60, 110)], 14)).toEqual(day(expected));
  });

  it('is the second from which on one of two valid ones is retirable', () => {
    fc.assert(
      fc.property(generationArbitrary, generationArbitrary, overlapArbitrary, (oldest, successor, overlap) => {
        const from = oldestRetirableFrom([oldest, successor], overlap)!;
        const shifted = (seconds: number): Date => new Date(from.getTime() + seconds * 1000);
        expect(retirable([oldest, successor], overlap, shifted(-1))).toEqual([]);
        fc.pre(isValid(successor, shifted(1)));
        expect(retirable([oldest, successor], overlap, shifted(1))).toEqual([oldest]);
      }),
    );
  });

  it('is nothing where there is no successor', () => {
    expect(oldestRetirableFrom([generation(0, 50)], 14)).toBeUndefined();
  });
});

describe('neededAt', () => {
  it('keeps a certificate that is valid at a moment wherever there is one, and no more than that', () => {
    fc.assert(
      fc.property(lineageArbitrary, overlapArbitrary, dayArbitrary, dayArbitrary, (lineage, overlap, at, moment) => {
        const leaving = retirable(lineage, overlap, at);
        const needed = neededAt(lineage, leaving, moment);
        const stays = lineage.filter((one) => !leaving.includes(one) || one === needed);
        expect(stays.some((one) => isValid(one, moment))).toBe(lineage.some((one) => isValid(one, moment)));
        const without = stays.filter((one) => one !== needed);
        if (needed !== undefined) expect(without.some((one) => isValid(one, moment))).toBe(false);
      }),
    );
  });

  it('is silent where no moment is known', () => {
    expect(neededAt([generation(0, 50)], [generation(0, 50)], undefined)).toBeUndefined();
  });
});
