import type { NetworkFailure } from '../system/network-failure';

/** How patient a client is. All in milliseconds. */
export interface RestLimits {
  /** Until a connection is open and TLS is through. */
  readonly connectMilliseconds: number;
  /** Until one request is answered. The product signs in to Microsoft 365 before it answers a PUT. */
  readonly answerMilliseconds: number;
  /** How long a request is repeated after its first failure, where the service is down or busy. */
  readonly retryMilliseconds: number;
  /** How long a certificate is offered again that Entra does not know yet: replication takes its time. */
  readonly replicationMilliseconds: number;
  /** First pause between two attempts; each is twice the one before, up to ten times as long. */
  readonly pauseMilliseconds: number;
  /** For everything from signing in to signing out. */
  readonly totalMilliseconds: number;
}

export const defaultRestLimits: RestLimits = {
  connectMilliseconds: 10_000,
  answerMilliseconds: 120_000,
  retryMilliseconds: 60_000,
  replicationMilliseconds: 60_000,
  pauseMilliseconds: 500,
  totalMilliseconds: 300_000,
};

/** What is asked for is waited for so long at most. */
const LONGEST_RETRY_AFTER = 30_000;

const LONGEST_PAUSE_FACTOR = 10;

/** What became of one attempt at a request. */
export type Attempt = { readonly status: number; readonly retryAfterMilliseconds: number | undefined } | NetworkFailure;

const BUSY = [429, 502, 503, 504];

/** A 500 of a PUT is how the product refuses some requests; a reading that failed by accident may be repeated. */
export function isWorthRepeating(method: string, attempt: Attempt): boolean {
  if ('isPassing' in attempt) return attempt.isPassing;
  return BUSY.includes(attempt.status) || (attempt.status === 500 && method === 'GET');
}

/** Milliseconds to wait before the attempt after this one. @param attempts made so far, 1 or more */
export function pauseAfter(attempt: Attempt, attempts: number, { pauseMilliseconds }: RestLimits): number {
  const pause = Math.min(pauseMilliseconds * 2 ** (attempts - 1), pauseMilliseconds * LONGEST_PAUSE_FACTOR);
  const asked = 'status' in attempt ? (attempt.retryAfterMilliseconds ?? 0) : 0;
  return Math.max(pause, Math.min(asked, LONGEST_RETRY_AFTER));
}

/**
 * `Retry-After` in milliseconds, RFC 9110 §10.2.3: seconds, or a date, which is compared with the server's own clock.
 *
 * @returns undefined where it is absent or makes no sense
 */
export function parseRetryAfter(retryAfter: string | undefined, date: string | undefined): number | undefined {
  if (retryAfter === undefined) return undefined;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const milliseconds = Date.parse(retryAfter) - Date.parse(date ?? '');
  return milliseconds >= 0 ? milliseconds : undefined;
}
