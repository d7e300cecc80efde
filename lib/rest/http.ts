import { Agent, request } from 'undici';
import { Vb365Error } from '../errors';
import { type NetworkFailure, networkFailureOf } from '../system/network-failure';
import { formatRestAddress, type RestAddress } from './address';
import { restConnector } from './connector';
import { parseRetryAfter, type RestLimits } from './limits';
import type { RestTrust } from './trust';

/** Connections go to the service itself, never through a proxy. */
export const REST_SERVICE = {
  name: 'the Veeam Backup for Microsoft 365 REST API Service',
  trust: '--ca-file',
  mayHaveProxy: false,
} as const;

export interface RestRequest {
  readonly method: 'GET' | 'PUT' | 'POST';
  /** Path with query, below the address. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One answer, whatever its status; nobody has judged it yet. */
export interface RestAnswer {
  readonly status: number;
  readonly retryAfterMilliseconds: number | undefined;
  readonly body: string;
}

/** A page of a hundred organizations has about 100 kilobytes; whoever sends more than this shall not fill the memory. */
const LARGEST_ANSWER = 1_048_576;

/** One HTTPS connection to a REST API: no redirects, no proxies, no cookies, one request at a time. */
export class RestHttp {
  readonly #agent: Agent;
  readonly #address: RestAddress;
  readonly #end = new AbortController();
  readonly #answerMilliseconds: number;

  /** @param signal when it is aborted, connections that are not open yet are given up */
  constructor(address: RestAddress, trust: RestTrust, limits: RestLimits, signal: AbortSignal) {
    const { connectMilliseconds, answerMilliseconds } = limits;
    this.#address = address;
    this.#answerMilliseconds = answerMilliseconds;
    // undici itself looks at the signal of a request only after the connection is open.
    signal.addEventListener('abort', () => {
      this.#end.abort();
    });
    this.#agent = new Agent({
      connect: restConnector({ address, trust, connectMilliseconds, signal: this.#end.signal }),
      connections: 1,
      headersTimeout: answerMilliseconds,
      bodyTimeout: answerMilliseconds,
      maxResponseSize: LARGEST_ANSWER,
    });
  }

  /**
   * One attempt.
   *
   * @throws Vb365Error `rest-certificate-untrusted`, `rest-certificate-host`, `rest-certificate-expired`,
   * `rest-answer-malformed` where the answer is larger than a megabyte.
   */
  async attempt(
    { method, path, headers, body }: RestRequest,
    signal: AbortSignal,
  ): Promise<RestAnswer | NetworkFailure> {
    const late = AbortSignal.timeout(this.#answerMilliseconds);
    try {
      const answer = await request(`${formatRestAddress(this.#address)}${path}`, {
        dispatcher: this.#agent,
        method,
        headers: { accept: 'application/json', ...headers },
        ...(body !== undefined && { body }),
        // The time of a body begins anew with each of its bytes: whoever drips would be waited for.
        signal: AbortSignal.any([signal, late]),
      });
      const retryAfter = parseRetryAfter(oneOf(answer.headers['retry-after']), oneOf(answer.headers.date));
      return { status: answer.statusCode, retryAfterMilliseconds: retryAfter, body: await answer.body.text() };
    } catch (error) {
      if (error instanceof Vb365Error) throw error;
      const failure = networkFailureOf(signal.aborted || late.aborted ? { code: 'ETIMEDOUT' } : error, REST_SERVICE);
      if (failure.code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') throw this.#tooLarge(path);
      return failure;
    }
  }

  /** Connections are ended, whatever is under way. */
  close(): Promise<void> {
    this.#end.abort();
    return this.#agent.destroy();
  }

  #tooLarge(path: string): Vb365Error {
    return new Vb365Error('rest-answer-malformed', {
      subject: formatRestAddress(this.#address),
      message: `${formatRestAddress(this.#address)} answers ${path.replace(/\?.*/, '')} with more than ${LARGEST_ANSWER} bytes`,
      cure: 'check that the address is that of the REST API of Veeam Backup for Microsoft 365',
    });
  }
}

function oneOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0];
}
