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

type Explanation = Omit<NetworkFailure, 'code'>;

const CHECK_NETWORK = 'check host, port, network and firewall, and HTTPS_PROXY where there is a proxy';
const CHECK_TLS = 'check that the port speaks HTTPS, and what lies between';

const LATE: Explanation = { why: 'did not answer in time', cure: CHECK_NETWORK, isPassing: true };
const ENDED: Explanation = { why: 'ended the connection', cure: CHECK_TLS, isPassing: true };
const OUT_OF_REACH: Explanation = { why: 'cannot be reached from here', cure: CHECK_NETWORK, isPassing: true };

const EXPLANATIONS: Readonly<Partial<Record<string, Explanation>>> = {
  ECONNREFUSED: {
    why: 'refused the connection',
    cure: 'check host and port, that the service runs, and the firewall',
    isPassing: true,
  },
  ENOTFOUND: {
    why: 'is a name that cannot be resolved by DNS',
    cure: 'check the name, and the DNS of this machine',
    isPassing: false,
  },
  EAI_AGAIN: { why: 'is a name that cannot be resolved now', cure: 'check DNS on this machine', isPassing: true },
  ECONNRESET: ENDED,
  EPIPE: ENDED,
  UND_ERR_SOCKET: ENDED,
  EPROTO: { why: 'does not speak TLS as it should', cure: CHECK_TLS, isPassing: false },
  ETIMEDOUT: LATE,
  UND_ERR_CONNECT_TIMEOUT: LATE,
  UND_ERR_HEADERS_TIMEOUT: LATE,
  UND_ERR_BODY_TIMEOUT: LATE,
  EHOSTUNREACH: OUT_OF_REACH,
  ENETUNREACH: OUT_OF_REACH,
  UND_ERR_ABORTED: {
    why: 'cannot be reached: the proxy refuses the connection',
    cure: 'check HTTPS_PROXY and the account in it, or name the host in NO_PROXY',
    isPassing: false,
  },
  UND_ERR_RES_EXCEEDED_MAX_SIZE: { why: 'answered more than is read', cure: CHECK_NETWORK, isPassing: false },
};

/** Codes of OpenSSL for a chain that leads to nobody who is trusted; of one that is too weak, node says UNSPECIFIED. */
const UNTRUSTED = /UNSPECIFIED|SELF_SIGNED|UNABLE_TO_(?:GET_ISSUER|VERIFY)|CERT_|ERR_TLS_CERT/;

/** What an error of a connection means, in words; never what was sent. */
export function networkFailureOf(error: unknown): NetworkFailure {
  const isTimeout = error instanceof Error && error.name === 'TimeoutError';
  const code = isTimeout ? 'ETIMEDOUT' : codeOf(error);
  return { code, ...(EXPLANATIONS[code] ?? otherwise(code)) };
}

function otherwise(code: string): Explanation {
  return UNTRUSTED.test(code)
    ? {
        why: `shows a certificate that this machine does not trust (${code})`,
        cure: 'where a proxy inspects TLS, name a file with its authority beside the others in SSL_CERT_FILE',
        isPassing: false,
      }
    : { why: `cannot be asked (${code})`, cure: CHECK_NETWORK, isPassing: false };
}

/** Of the error, or of one of those that it sums up: node tries every address of a name. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown';
  if ('code' in error && typeof error.code === 'string' && error.code !== '') return error.code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return 'cause' in error && error.cause !== undefined ? codeOf(error.cause) : 'unknown';
}
