import { estimate, median } from '../../bench/estimate';

describe('median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 2.5],
    [[], NaN],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});

describe('estimate', () => {
  const first = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

  // Ranks of the table in Conover, Practical Nonparametric Statistics, and in ISO 16269-7.
  it.each([
    [1, 1, 1],
    [5, 1, 5],
    [6, 1, 6],
    [8, 1, 8],
    [9, 2, 8],
    [15, 4, 12],
    [24, 7, 18],
  ])('leaves of %i values open what lies from rank %i to rank %i', (count, low, high) => {
    expect(estimate(first(count).reverse())).toEqual({ median: (count + 1) / 2, low, high, rounds: count });
  });
});
