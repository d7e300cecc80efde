import { connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import { Certificate } from '../certificates/certificate';
import { Vb365Error } from '../errors';
import { ANY_CIPHERS, serverNameOf } from '../system/tls';
import { unreachable } from './network';

/** What a server shows in a TLS handshake. */
export interface ServedCertificates {
  readonly leaf: Certificate;
  /** Issuers that came with it, the leaf's issuer first. */
  readonly issuers: readonly Certificate[];
}

export interface TlsAddress {
  readonly host: string;
  readonly port: number;
}

/** Milliseconds until the handshake is over. */
const TIMEOUT = 10_000;

/** No chain is longer; one that is would be somebody's trap. */
const LONGEST_CHAIN = 10;

/**
 * Looks at what a server shows, and ends the connection.
 *
 * Whether the certificate is trusted is not asked: it is the very thing to be judged. Nothing is sent but the handshake.
 *
 * @throws Vb365Error `verify-unreachable`, `served-without-tls`
 */
export async function lookAtTls({ host, port }: TlsAddress, timeout = TIMEOUT): Promise<ServedCertificates> {
  const where = `${host}:${port}`;
  return new Promise((done, fail) => {
    const socket = connect({
      host,
      port,
      ...serverNameOf(host),
      rejectUnauthorized: false,
      ciphers: ANY_CIPHERS,
      // Without authorities at hand, the chain is what the server sent and nothing else.
      ca: [],
    });
    let isConnected = false;
    const end = (): void => {
      clearTimeout(timer);
      socket.destroy();
    };
    const timer = setTimeout(() => {
      fail(isConnected ? withoutTls(where, 'says nothing') : unreachable(where, { code: 'ETIMEDOUT' }));
      end();
    }, timeout);
    socket.once('connect', () => (isConnected = true));
    socket.once('secureConnect', () => {
      // Before the end: afterwards the certificates are gone.
      settleWith(socket, where, done, fail);
      end();
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      fail(isConnected ? handshakeFailed(where, error) : unreachable(where, error));
      end();
    });
  });
}

function settleWith(
  socket: TLSSocket,
  where: string,
  done: (served: ServedCertificates) => void,
  fail: (error: unknown) => void,
): void {
  try {
    const [leaf, ...issuers] = chainOf(socket);
    if (leaf === undefined) fail(withoutTls(where, 'shows no certificate'));
    else done({ leaf, issuers });
  } catch {
    fail(withoutTls(where, 'shows a certificate that cannot be read'));
  }
}

function chainOf(socket: TLSSocket): Certificate[] {
  const chain: Certificate[] = [];
  let next: Partial<DetailedPeerCertificate> | undefined = socket.getPeerCertificate(true);
  while (next?.raw !== undefined && chain.length < LONGEST_CHAIN) {
    const certificate = Certificate.fromDer(next.raw);
    // A root is its own issuer.
    if (chain.some((known) => known.equals(certificate))) break;
    chain.push(certificate);
    next = next.issuerCertificate;
  }
  return chain;
}

function handshakeFailed(where: string, { code = '' }: NodeJS.ErrnoException): Vb365Error {
  if (code === 'ECONNRESET') return withoutTls(where, 'ended the connection during the handshake');
  const isPlain = /WRONG_VERSION_NUMBER|PACKET_LENGTH|HTTP_REQUEST|RECORD_LAYER|UNEXPECTED_MESSAGE/.test(code);
  return withoutTls(
    where,
    isPlain ? 'answers something else than TLS' : `fails in the handshake (${code || 'no code'})`,
  );
}

function withoutTls(where: string, why: string): Vb365Error {
  return new Vb365Error('served-without-tls', {
    subject: where,
    message: `${where} takes the connection and ${why}`,
    cure: 'check that this is the port of the REST API, and that its service has a certificate',
  });
}
