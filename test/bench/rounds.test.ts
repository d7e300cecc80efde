import { type Comparison, Contestant, measure } from '../../bench/rounds';

describe('measure', () => {
  const order: string[] = [];

  const contestant = (name: string, ...seconds: readonly number[]): Contestant => {
    const left = [...seconds];
    return new Contestant(() => {
      order.push(name);
      return Promise.resolve({ seconds: left.shift() ?? 0, peakMebibytes: 0 });
    });
  };

  const comparisonOf = (ours: Contestant, theirs: Contestant, more: Partial<Comparison> = {}): Comparison => ({
    figure: 'ours / theirs',
    ours: (round) => ours.in(round).seconds,
    theirs: (round) => theirs.in(round).seconds,
    unit: 's',
    bound: { atMost: 2 },
    ...more,
  });

  beforeEach(() => {
    order.length = 0;
  });

  it('goes the other way round in every other round', async () => {
    const [ours, theirs] = [contestant('ours', 1, 1, 1), contestant('theirs', 1, 1, 1)];
    await measure([ours, theirs], { least: 3, most: 3 }, [comparisonOf(ours, theirs)]);

    expect(order).toEqual(['ours', 'theirs', 'theirs', 'ours', 'ours', 'theirs']);
  });

  it('takes the ratio within a round', async () => {
    const [ours, theirs] = [contestant('ours', 2, 20, 60), contestant('theirs', 1, 10, 20)];
    const [row] = await measure([ours, theirs], { least: 3, most: 3 }, [comparisonOf(ours, theirs)]);

    expect(row).toMatchObject({ ours: 20, theirs: 10, ratio: { median: 2, low: 2, high: 3, rounds: 3 } });
  });

  it('ends where the bound lies outside of what is open', async () => {
    const [ours, theirs] = [contestant('ours', 1, 1, 1), contestant('theirs', 1, 1, 1)];
    const [row] = await measure([ours, theirs], { least: 2, most: 9 }, [comparisonOf(ours, theirs)]);

    expect(row?.ratio.rounds).toBe(2);
  });

  it('goes on while the bound lies within it', async () => {
    const [ours, theirs] = [contestant('ours', 1, 3, 1, 3), contestant('theirs', 1, 1, 1, 1)];
    const [row] = await measure([ours, theirs], { least: 2, most: 4 }, [comparisonOf(ours, theirs)]);

    expect(row?.ratio).toEqual({ median: 2, low: 1, high: 3, rounds: 4 });
  });

  it('turns the ratio round where more is better', async () => {
    const [ours, theirs] = [contestant('ours', 1), contestant('theirs', 4)];
    const inverse = comparisonOf(ours, theirs, { inverse: true, bound: { atLeast: 3 } });
    const [row] = await measure([ours, theirs], { least: 1, most: 1 }, [inverse]);

    expect(row).toMatchObject({ ours: 1, theirs: 4, ratio: { median: 4 } });
  });
});
