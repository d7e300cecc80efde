import { campaign } from './campaign';
import { torturers } from './torments';
import { Dice } from './dice';

describe('the campaign of npm run torture', () => {
  it('finds in one round of each kind nothing that has not held', async () => {
    const violations: string[] = [];
    const onViolation = (round: number, what: string): void => {
      violations.push(`${round}: ${what}`);
    };
    // The last six: each kind, and a second kill.
    const [from, to] = [torturers.length - 6, torturers.length];
    const figures = await campaign({ seed: 1, from, to, limit: 1e9, concurrency: 2, onViolation });
    expect(violations).toEqual([]);
    expect(figures).toMatchObject({ rounds: 6, violations: 0 });
    expect(figures.torments.size).toBe(5);
    expect(figures.killed).toBeGreaterThan(0);
  });
});

describe('Dice', () => {
  it('fall in the same way for the same seed, and in another for another one', () => {
    const rolls = (seed: number): number[] => {
      const dice = new Dice(seed);
      return Array.from({ length: 20 }, () => dice.below(1_000));
    };
    expect(rolls(1)).toEqual(rolls(1));
    expect(rolls(1)).not.toEqual(rolls(2));
    expect(new Set(rolls(1)).size).toBeGreaterThan(15);
  });
});
