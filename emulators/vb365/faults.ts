import { z } from 'zod';

/** What happens to one request. */
const mishapSchema = z.enum([
  /** Nothing. */
  'none',
  /** 429 before anything is done. */
  'throttled',
  /** 503, or `failStatus`, before anything is done. */
  'failed',
  /** The connection is reset before anything is done. */
  'reset',
  /** Everything is done, and the connection ends before the answer, so that the client cannot know. */
  'dropped',
  /** The token of the request has expired. */
  'expired',
]);

export type Mishap = z.infer<typeof mishapSchema>;

const every = z.int().min(1).optional();

/** What goes wrong on purpose, on every path of the REST API. Control routes are spared. */
export const faultsSchema = z
  .strictObject({
    /** What happens to the next requests, in their order; then it goes by counting. */
    next: z.array(mishapSchema).readonly().optional(),
    /** Methods that faults are for, `next` as well. @default all */
    methods: z
      .array(z.enum(['GET', 'PUT', 'POST', 'DELETE']))
      .readonly()
      .optional(),
    /** Every answer waits so long. */
    latencyMs: z.int().min(0).optional(),
    throttleEvery: every,
    /** `Retry-After` of a 429. @default 1 */
    retryAfterSeconds: z.int().min(0).optional(),
    failEvery: every,
    /** @default 503 */
    failStatus: z.int().min(500).max(599).optional(),
    resetEvery: every,
    dropEvery: every,
  })
  .readonly();

export type Faults = z.infer<typeof faultsSchema>;

/** Decides by counting, so that the same requests meet the same faults. */
export class FaultInjector {
  #faults: Faults = {};
  #next: Mishap[] = [];
  #requests = 0;

  get faults(): Faults {
    return this.#faults;
  }

  /** New faults; counting starts again. */
  set(faults: Faults): void {
    this.#faults = faultsSchema.parse(faults);
    this.#next = [...(this.#faults.next ?? [])];
    this.#requests = 0;
  }

  /** What happens to a request that has just come. */
  meet(method: string): Mishap {
    const { methods, throttleEvery, failEvery, resetEvery, dropEvery } = this.#faults;
    if (methods !== undefined && !methods.some((one) => one === method)) return 'none';
    const planned = this.#next.shift();
    if (planned !== undefined) return planned;
    this.#requests += 1;
    if (this.#isDue(throttleEvery)) return 'throttled';
    if (this.#isDue(failEvery)) return 'failed';
    if (this.#isDue(resetEvery)) return 'reset';
    return this.#isDue(dropEvery) ? 'dropped' : 'none';
  }

  #isDue(interval: number | undefined): boolean {
    return interval !== undefined && this.#requests % interval === 0;
  }
}
