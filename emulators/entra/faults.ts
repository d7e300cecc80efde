import { z } from 'zod';
import type { ReplicatedKind } from './directory/object-store';

const every = z.int().min(1).optional();
const milliseconds = z.int().min(0).optional();

/** What goes wrong on purpose. Metadata, sign-in and control routes are spared, but for the latency of sign-in. */
export const faultsSchema = z
  .strictObject({
    /** Applications cannot be found, by any request, for so long after their creation. */
    replicationLagMs: milliseconds,
    /** The same for service principals. The azuread provider 3.7.0 does not survive it: it gives up at the first 404. */
    servicePrincipalLagMs: milliseconds,
    /** Every answer waits so long. */
    latencyMs: milliseconds,
    /** Every n-th request to Graph is answered 429. */
    throttleEvery: every,
    /** `Retry-After` of a 429. @default 1 */
    retryAfterSeconds: z.int().min(0).optional(),
    /** Every n-th request to Graph is answered 503 before anything is done. */
    failEvery: every,
    /** The connection of every n-th request to Graph is reset before anything is done: the azuread provider asks again. */
    resetEvery: every,
    /**
     * Every n-th request to Graph is done, and its connection closed before the answer, so that the client cannot know.
     * The azuread provider 3.7.0 does not ask again where a connection just ends; the next apply goes on.
     */
    dropEvery: every,
  })
  .readonly();

export type Faults = z.infer<typeof faultsSchema>;

/** What happens to one request. */
export type Mishap = 'none' | 'throttled' | 'failed' | 'reset' | 'dropped';

/** Decides by counting, so that the same requests meet the same faults. */
export class FaultInjector {
  #faults: Faults = {};
  #requests = 0;

  get faults(): Faults {
    return this.#faults;
  }

  /** New faults; counting starts again. */
  set(faults: Faults): void {
    this.#faults = faultsSchema.parse(faults);
    this.#requests = 0;
  }

  /** What happens to the next request to Graph. */
  next(): Mishap {
    this.#requests += 1;
    const { throttleEvery, failEvery, resetEvery, dropEvery } = this.#faults;
    if (this.#isDue(throttleEvery)) return 'throttled';
    if (this.#isDue(failEvery)) return 'failed';
    if (this.#isDue(resetEvery)) return 'reset';
    return this.#isDue(dropEvery) ? 'dropped' : 'none';
  }

  /** Objects of a kind that were created up to that moment have reached every replica. */
  replicatedUntil(kind: ReplicatedKind, now: Date): Date {
    const { replicationLagMs, servicePrincipalLagMs } = this.#faults;
    const lag = kind === 'application' ? replicationLagMs : servicePrincipalLagMs;
    return new Date(now.getTime() - (lag ?? 0));
  }

  #isDue(interval: number | undefined): boolean {
    return interval !== undefined && this.#requests % interval === 0;
  }
}
