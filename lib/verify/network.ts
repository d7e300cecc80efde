import { readFileSync } from 'node:fs';
import { EnvHttpProxyAgent, errors, request, RetryAgent } from 'undici';
import { urlPartsOf } from '../addresses/url-parts';
import { Vb365Error } from '../errors';
import { fileError } from '../system/durable-files';
import { networkFailureOf } from '../system/network-failure';
import { STRONG_CIPHERS } from '../system/tls';
import { decodeText } from '../system/text';

/** Variables that say whom to trust and how to get out; the same that Terraform and Go go by. */
export interface NetworkEnvironment {
  readonly SSL_CERT_FILE?: string | undefined;
  readonly HTTPS_PROXY?: string | undefined;
  readonly https_proxy?: string | undefined;
  readonly NO_PROXY?: string | undefined;
  readonly no_proxy?: string | undefined;
}

export interface Question {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Text of the body. */
  readonly body: string;
}

const ASKED = { name: 'the service', trust: 'SSL_CERT_FILE', mayHaveProxy: true } as const;

/** Milliseconds for one answer; Entra gives one in less than a second. */
const TIMEOUT = 15_000;
/** The application with all its lists is a few hundred kilobytes. */
const LARGEST_ANSWER = 10_000_000;

/** HTTPS with the system's authorities, or those of `SSL_CERT_FILE`; through a proxy where the environment names one. */
export class Network {
  readonly #agent: EnvHttpProxyAgent;
  readonly #retrying: RetryAgent;

  /** @throws Vb365Error `ca-file-unreadable`, `proxy-address-invalid` */
  constructor(environment: NetworkEnvironment) {
    // NODE_TLS_REJECT_UNAUTHORIZED=0 would switch the verification off where nothing is said.
    const trust = trustOf(environment.SSL_CERT_FILE);
    const tls = { timeout: TIMEOUT, rejectUnauthorized: true, ciphers: STRONG_CIPHERS, ...trust };
    this.#agent = new EnvHttpProxyAgent({
      // Given in any case: undici reads the variables of the process otherwise.
      httpProxy: '',
      httpsProxy: proxyAddress(environment.https_proxy ?? environment.HTTPS_PROXY ?? ''),
      noProxy: environment.no_proxy ?? environment.NO_PROXY ?? '',
      connect: tls,
      requestTls: tls,
      proxyTls: tls,
      maxResponseSize: LARGEST_ANSWER,
    });
    this.#retrying = new RetryAgent(this.#agent, {
      methods: ['GET', 'POST'],
      statusCodes: [429, 502, 503, 504],
      errorCodes: ['ECONNRESET', 'UND_ERR_SOCKET'],
      maxRetries: 3,
      minTimeout: 300,
      maxTimeout: 10_000,
    });
  }

  /**
   * Asks; a server that is busy or ends the connection is asked up to three times more. Redirections are not followed.
   *
   * @throws Vb365Error `verify-unreachable`
   */
  async ask(url: string, { method, headers, body }: Question): Promise<Answer> {
    try {
      const answer = await request(url, {
        method,
        dispatcher: this.#retrying,
        headersTimeout: TIMEOUT,
        bodyTimeout: TIMEOUT,
        signal: AbortSignal.timeout(4 * TIMEOUT),
        ...(headers && { headers: { ...headers } }),
        ...(body !== undefined && { body }),
      });
      return { status: answer.statusCode, headers: plainHeaders(answer.headers), body: await answer.body.text() };
    } catch (error) {
      throw unreachable(new URL(url).host, error);
    }
  }

  close(): Promise<void> {
    return this.#agent.close();
  }
}

/** That a host does not answer as it should: a code of the system, never what was sent. */
export function unreachable(host: string, error: unknown): Vb365Error {
  const { why, cure } =
    error instanceof errors.RequestRetryError
      ? { why: `answered ${error.statusCode} four times`, cure: 'run the command again later, or with --wait 5m' }
      : networkFailureOf(error, ASKED);
  return new Vb365Error('verify-unreachable', { subject: host, message: `${host} ${why}`, cure });
}

/** curl and Go take an address without a scheme, too. @throws Vb365Error `proxy-address-invalid`, which does not repeat it */
function proxyAddress(text: string): string {
  if (text === '') return '';
  const address = /^https?:\/\//i.test(text) ? text : `http://${text}`;
  const { href } = urlPartsOf(address) ?? {};
  if (href !== undefined) return href;
  throw new Vb365Error('proxy-address-invalid', {
    subject: 'HTTPS_PROXY',
    message: 'HTTPS_PROXY does not hold the address of a proxy',
    cure: 'set it to an address such as http://proxy.example.com:3128, or unset it',
  });
}

/** @throws Vb365Error `ca-file-unreadable` */
function trustOf(file: string | undefined): { readonly ca?: string } {
  if (file === undefined || file === '') return {};
  try {
    return { ca: decodeText(readFileSync(file)) };
  } catch (error) {
    throw fileError('ca-file-unreadable', file, 'read', error);
  }
}

function plainHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}
