/** Why a host could not be asked. */
export interface NetworkFailure {
  /** Of the system, of OpenSSL or of undici: `ECONNREFUSED`; `unknown` where there is none. */
  readonly code: string;
  /** Goes on after the name of the host: `refused the connection`. */
  readonly why: string;
  readonly cure: string;
  /** Whether the same may go well a moment later. */
  readonly isPassing: boolean;
}

/** Who was asked, and how: what a cure can name. */
export interface AskedService {
  /** `the Veeam Backup for Microsoft 365 REST API Service` */
  readonly name: string;
  /** What says whom to trust beside the system: `SSL_CERT_FILE`, `--ca-file`. */
  readonly trust: string;
  /** Whether the environment may name a proxy. */
  readonly mayHaveProxy: boolean;
}

type Explanation = Omit<NetworkFailure, 'code'>;

const CHECK_TLS = 'check that the port is that of the service, and what lies between';

function explanations({ name, mayHaveProxy }: AskedService): Readonly<Partial<Record<string, Explanation>>> {
  const proxy = mayHaveProxy ? ', and HTTPS_PROXY where there is a proxy' : '';
  const network = `check host, port, network and firewall${proxy}`;
  const busy = `${network}, and that the service is not overloaded; then run the command again`;
  const late: Explanation = { why: 'did not answer in time', cure: busy, isPassing: true };
  const ended: Explanation = { why: 'ended the connection', cure: `${CHECK_TLS}${proxy}`, isPassing: true };
  const outOfReach: Explanation = { why: 'cannot be reached from here', cure: network, isPassing: true };
  return {
    ECONNREFUSED: {
      why: 'refused the connection',
      cure: `check host and port, that ${name} runs, and the firewall`,
      isPassing: true,
    },
    ENOTFOUND: {
      why: 'is a name that cannot be resolved by DNS',
      cure: 'check the name, and the DNS of this machine',
      isPassing: false,
    },
    EAI_AGAIN: { why: 'is a name that cannot be resolved now', cure: 'check DNS on this machine', isPassing: true },
    ECONNRESET: ended,
    EPIPE: ended,
    UND_ERR_SOCKET: ended,
    EPROTO: { why: 'does not speak TLS as it should', cure: CHECK_TLS, isPassing: false },
    ETIMEDOUT: late,
    UND_ERR_CONNECT_TIMEOUT: late,
    UND_ERR_HEADERS_TIMEOUT: late,
    UND_ERR_BODY_TIMEOUT: late,
    EHOSTUNREACH: outOfReach,
    ENETUNREACH: outOfReach,
    UND_ERR_RES_EXCEEDED_MAX_SIZE: { why: 'answered more than is read', cure: network, isPassing: false },
    ...(mayHaveProxy && {
      UND_ERR_ABORTED: {
        why: 'cannot be reached: the proxy refuses the connection',
        cure: 'check HTTPS_PROXY and the account in it, or name the host in NO_PROXY',
        isPassing: false,
      },
    }),
  };
}

/** Codes of OpenSSL for a chain that leads to nobody who is trusted; of one that is too weak, node says UNSPECIFIED. */
const UNTRUSTED = /UNSPECIFIED|SELF_SIGNED|UNABLE_TO_(?:GET_ISSUER|VERIFY)|CERT_|ERR_TLS_CERT/;

/** What an error of a connection means, in words; never what was sent. */
export function networkFailureOf(error: unknown, asked: AskedService): NetworkFailure {
  const isTimeout = error instanceof Error && error.name === 'TimeoutError';
  const code = isTimeout ? 'ETIMEDOUT' : codeOf(error);
  return { code, ...(explanations(asked)[code] ?? otherwise(code, asked)) };
}

function otherwise(code: string, { trust, mayHaveProxy }: AskedService): Explanation {
  return UNTRUSTED.test(code)
    ? {
        why: `shows a certificate that this machine does not trust (${code})`,
        cure: `${mayHaveProxy ? 'where a proxy inspects TLS, name' : 'name'} a file with its authority${mayHaveProxy ? ' beside the others in' : ' by'} ${trust}`,
        isPassing: false,
      }
    : {
        why: `cannot be asked (${code})`,
        cure: 'check host, port and network, and run the command again',
        isPassing: false,
      };
}

/** Of the error, or of one of those that it sums up: node tries every address of a name. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown';
  if ('code' in error && typeof error.code === 'string' && error.code !== '') return error.code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return 'cause' in error && error.cause !== undefined ? codeOf(error.cause) : 'unknown';
}
