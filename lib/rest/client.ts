import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { formatRestAddress, type RestAddress } from './address';
import {
  credentialsRefused,
  malformed,
  refused,
  sentenceOf,
  type RestSituation,
  unavailable,
  unreachable,
} from './errors';
import { defaultRestLimits, isWorthRepeating, pauseAfter, type RestLimits } from './limits';
import { RestSecrets } from './secrets';
import { type NetworkFailure, networkFailureOf } from '../system/network-failure';
import { type RestAnswer, type RestRequest, REST_SERVICE, RestHttp } from './http';
import type { RestTrust } from './trust';

/** How to come to a REST API, and as whom. */
export interface RestConnection {
  readonly address: RestAddress;
  readonly trust: RestTrust;
  /** `DOMAIN\user` or `HOST\user`. */
  readonly username: string;
  readonly password: string;
  /** @default defaultRestLimits */
  readonly limits?: Partial<RestLimits>;
  /** Told before a pause of a second or more, in one sentence for a person; of the same every 15 s. @default nobody is told */
  readonly onWait?: (sentence: string) => void;
}

/** A request of a session, and what it is in words: `reading organizations`. */
export interface RestCall {
  readonly path: string;
  readonly what: string;
}

const tokenSchema = z.looseObject({
  // RFC 6750 §2.1; anything else does not fit into a header.
  access_token: z
    .string()
    .max(100_000)
    .regex(/^[\w.~+/-]+=*$/, 'not the characters of a token'),
  refresh_token: z.string().max(100_000).nullish(),
});

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_BODY = { 'content-type': 'application/json' };

/** How long signing out may take: nothing depends on it but the tidiness of the server. */
const SIGN_OUT_MILLISECONDS = 5_000;

const WORTH_TELLING = 1_000;

/** Between two sentences about the same, in milliseconds. */
const TELL_AGAIN = 15_000;

/**
 * Signs in, does the work, and signs out whatever happened.
 *
 * @throws Vb365Error those of `RestClient`, and of the work
 */
export async function withRestSession<T>(
  connection: RestConnection,
  work: (client: RestClient) => Promise<T>,
): Promise<T> {
  const client = new RestClient(connection);
  try {
    await client.signIn();
    return await work(client);
  } finally {
    await client.signOut();
  }
}

/**
 * A session with the REST API of Veeam Backup for Microsoft 365.
 *
 * Requests are repeated where the service is down or busy, within limits: all of them may be done twice without harm. A token
 * that has expired is replaced once a request. Whatever the server says is bounded, and goes through `RestSecrets`.
 *
 * Every method throws Vb365Error `rest-unreachable`, `rest-unavailable`, `rest-certificate-untrusted`,
 * `rest-certificate-host`, `rest-certificate-expired`, `rest-credentials-refused`, `rest-session-refused`, `rest-forbidden`,
 * `rest-refused`, `rest-answer-malformed`.
 */
export class RestClient {
  readonly limits: RestLimits;
  readonly situation: RestSituation;
  readonly #connection: RestConnection;
  readonly #http: RestHttp;
  readonly #end: AbortSignal;
  #token: string | undefined;
  #told: { readonly why: string; readonly at: number } | undefined;

  constructor(connection: RestConnection) {
    const { address, trust, username, password } = connection;
    this.limits = { ...defaultRestLimits, ...connection.limits };
    this.situation = { address, username, secrets: new RestSecrets() };
    this.situation.secrets.add(password);
    this.#connection = connection;
    this.#end = AbortSignal.timeout(this.limits.totalMilliseconds);
    this.#http = new RestHttp(address, trust, this.limits, this.#end);
  }

  async signIn(): Promise<void> {
    const { username, password } = this.#connection;
    const form = { grant_type: 'password', username, password, disable_antiforgery_token: 'true' };
    const body = new URLSearchParams(form).toString();
    const answer = await this.#repeat({ method: 'POST', path: '/v8/token', headers: FORM, body });
    if ([400, 401, 403].includes(answer.status)) throw credentialsRefused(answer, this.situation);
    const token = this.#parse(answer, tokenSchema, 'the sign-in');
    this.situation.secrets.add(token.access_token, token.refresh_token ?? '');
    this.#token = token.access_token;
  }

  /** @returns the JSON of the answer, in the shape of the schema */
  async get<T>({ path, what }: RestCall, schema: z.ZodType<T>): Promise<T> {
    return this.#parse(await this.#authorized({ method: 'GET', path, headers: {} }), schema, what);
  }

  /**
   * Changes something, and gives whatever the server says to it.
   *
   * @param secrets parts of the body that must never be repeated
   * @returns the server's sentence where it refuses with 400, 409, 422 or 500; undefined where it has done it.
   */
  async put({ path, what }: RestCall, body: unknown, secrets: readonly string[]): Promise<string | undefined> {
    this.situation.secrets.add(...secrets);
    const answer = await this.#authorized({ method: 'PUT', path, headers: JSON_BODY, body: JSON.stringify(body) });
    if (answer.status >= 200 && answer.status < 300) return undefined;
    const sentence = sentenceOf(answer, this.situation.secrets);
    if ([400, 409, 422, 500].includes(answer.status) && sentence !== undefined) return sentence;
    throw refused(answer, what, this.situation);
  }

  /** Never fails: the token expires anyway. */
  async signOut(): Promise<void> {
    const token = this.#token;
    this.#token = undefined;
    if (token !== undefined) {
      const headers = { authorization: `Bearer ${token}` };
      const request: RestRequest = { method: 'POST', path: '/v8/token/logout', headers };
      const answered = this.#http.attempt(request, AbortSignal.timeout(SIGN_OUT_MILLISECONDS));
      // Opening a connection is ended by closing only.
      await Promise.race([answered.catch(() => undefined), wait(SIGN_OUT_MILLISECONDS, undefined, { ref: false })]);
    }
    await this.#http.close();
  }

  /** Waits, and says why where it takes longer. @throws Vb365Error `rest-unreachable` where the time is up */
  async pause(milliseconds: number, why: string): Promise<void> {
    if (milliseconds >= WORTH_TELLING) this.#tell(milliseconds, why);
    try {
      await wait(milliseconds, undefined, { signal: this.#end });
    } catch {
      throw unreachable(networkFailureOf({ code: 'ETIMEDOUT' }, REST_SERVICE), this.situation);
    }
  }

  /** Somebody reads along: an outage of a minute is no dozen of lines. */
  #tell(milliseconds: number, why: string): void {
    const at = performance.now();
    if (this.#told?.why === why && at - this.#told.at < TELL_AGAIN) return;
    this.#told = { why, at };
    this.#connection.onWait?.(`${why}; trying again in ${Math.round(milliseconds / 100) / 10} s`);
  }

  /** With the token; a second time with a new one where it was refused. */
  async #authorized(request: RestRequest): Promise<RestAnswer> {
    const send = (): Promise<RestAnswer> => {
      const headers = { ...request.headers, authorization: `Bearer ${this.#token ?? ''}` };
      return this.#repeat({ ...request, headers });
    };
    const answer = await send();
    if (answer.status !== 401) return answer;
    await this.signIn();
    return send();
  }

  /** Repeats a request while the service is down or busy, as long as the limits allow. */
  async #repeat(request: RestRequest): Promise<RestAnswer> {
    const { retryMilliseconds } = this.limits;
    let began: number | undefined;
    for (let attempts = 1; ; attempts += 1) {
      const result = await this.#http.attempt(request, this.#end);
      if (!isWorthRepeating(request.method, result)) return this.#answered(result);
      // The first attempt itself may have taken a minute.
      began ??= performance.now();
      const pause = pauseAfter(result, attempts, this.limits);
      if (this.#end.aborted || performance.now() - began + pause > retryMilliseconds)
        return this.#answered(result, true);
      await this.pause(pause, `${formatRestAddress(this.situation.address)} ${describe(result)}`);
    }
  }

  /** @param isExhausted whether it was repeated in vain */
  #answered(result: RestAnswer | NetworkFailure, isExhausted = false): RestAnswer {
    if ('isPassing' in result) throw unreachable(result, this.situation);
    if (isExhausted) throw unavailable(result, this.situation);
    return result;
  }

  #parse<T>(answer: RestAnswer, schema: z.ZodType<T>, what: string): T {
    if (answer.status < 200 || answer.status > 299) throw refused(answer, what, this.situation);
    const parsed = schema.safeParse(this.#json(answer.body, what));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const place = ['it', ...(issue?.path ?? [])].join('.');
    throw malformed(`${place}: ${issue?.message ?? 'another shape'}`, what, this.situation);
  }

  #json(text: string, what: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      throw malformed('it is not JSON', what, this.situation);
    }
  }
}

function describe(result: RestAnswer | NetworkFailure): string {
  return 'isPassing' in result ? `cannot be reached (${result.code})` : `answers HTTP ${result.status}`;
}
