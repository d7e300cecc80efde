import { REASON_VARIABLE } from '../support/find-terraform';

const reason = process.env[REASON_VARIABLE] ?? '';

/**
 * A `describe` for tests that apply with the real terraform and the real provider. Where they cannot be had, its tests are
 * skipped with the reason in their name; `npm run test:e2e` fails then.
 */
export function endToEnd(name: string, tests: () => void): void {
  if (reason === '') {
    describe(name, tests);
    return;
  }
  if (process.env.npm_lifecycle_event === 'test:e2e') throw new Error(reason);
  describe.skip(`${name} (skipped: ${reason})`, tests);
}
