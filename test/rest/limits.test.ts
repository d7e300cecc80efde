import { REST_SERVICE } from '../../lib/rest/http';
import { type NetworkFailure, networkFailureOf } from '../../lib/system/network-failure';
import { defaultRestLimits, isWorthRepeating, parseRetryAfter, pauseAfter } from '../../lib/rest/limits';

const answered = (status: number, retryAfterMilliseconds?: number): Parameters<typeof pauseAfter>[0] => ({
  status,
  retryAfterMilliseconds,
});

function failureOf(code: string): NetworkFailure {
  return networkFailureOf({ code }, REST_SERVICE);
}

describe('isWorthRepeating', () => {
  it.each([
    ['GET', answered(429), true],
    ['PUT', answered(503), true],
    ['POST', answered(502), true],
    ['GET', answered(500), true],
    ['PUT', answered(500), false],
    ['GET', answered(200), false],
    ['GET', answered(401), false],
    ['GET', answered(403), false],
    ['GET', failureOf('ECONNREFUSED'), true],
    ['PUT', failureOf('UND_ERR_SOCKET'), true],
    ['GET', failureOf('ENOTFOUND'), false],
    ['GET', failureOf('EPROTO'), false],
  ] as const)('says of %s and %j: %s', (method, attempt, expected) => {
    expect(isWorthRepeating(method, attempt)).toBe(expected);
  });
});

describe('pauseAfter', () => {
  it('doubles, up to ten times the first pause', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 50].map((attempts) =>
      pauseAfter(failureOf('ECONNREFUSED'), attempts, defaultRestLimits),
    );
    expect(pauses).toEqual([500, 1000, 2000, 4000, 5000, 5000, 5000]);
  });

  it('honours what the server asks for, up to half a minute', () => {
    expect(pauseAfter(answered(429, 7000), 1, defaultRestLimits)).toBe(7000);
    expect(pauseAfter(answered(429, 3_600_000), 1, defaultRestLimits)).toBe(30_000);
    expect(pauseAfter(answered(429, 0), 1, defaultRestLimits)).toBe(500);
  });
});

describe('parseRetryAfter', () => {
  const date = 'Fri, 20 Nov 2026 12:00:00 GMT';

  it.each([
    ['7', undefined, 7000],
    ['Fri, 20 Nov 2026 12:00:09 GMT', date, 9000],
    ['Fri, 20 Nov 2026 11:00:00 GMT', date, undefined],
    ['Fri, 20 Nov 2026 12:00:09 GMT', undefined, undefined],
    ['-1', date, undefined],
    ['99999999999', date, undefined],
    ['soon', date, undefined],
    [undefined, date, undefined],
  ])('reads %s at %s as %s', (retryAfter, at, expected) => {
    expect(parseRetryAfter(retryAfter, at)).toBe(expected);
  });
});
