import { connect, type TLSSocket } from 'node:tls';
import type { buildConnector } from 'undici';
import { Certificate } from '../certificates/certificate';
import { Vb365Error } from '../errors';
import { errnoOf } from '../system/durable-files';
import { formatRestAddress, type RestAddress } from './address';
import { explainRefused, judgeServed, type RestTrust, trustAnchors } from './trust';
import { serverNameOf, STRONG_CIPHERS } from '../system/tls';

export interface RestConnectorOptions {
  readonly address: RestAddress;
  readonly trust: RestTrust;
  /** Until the handshake must be through. */
  readonly connectMilliseconds: number;
  /** Ends connections that are not open yet. */
  readonly signal: AbortSignal;
}

/**
 * Opens TLS connections to one REST API, and to nobody who cannot show a certificate that is trusted.
 *
 * Errors are a Vb365Error `rest-certificate-untrusted`, `rest-certificate-host` or `rest-certificate-expired` where TLS came
 * as far as the certificate, those of node elsewhere.
 */
export function restConnector(options: RestConnectorOptions): buildConnector.connector {
  const { address, trust, connectMilliseconds, signal } = options;
  return (_options, callback) => {
    let served: Certificate | undefined;
    const socket = connect({
      host: address.hostName,
      port: address.port,
      ...serverNameOf(address.hostName),
      ALPNProtocols: ['http/1.1'],
      ciphers: STRONG_CIPHERS,
      ...trustAnchors(trust),
      // NODE_TLS_REJECT_UNAUTHORIZED=0 would switch the verification off where nothing is said.
      rejectUnauthorized: true,
      checkServerIdentity: () => judgePeer(served, trust, address),
    });
    const giveUp = (): void => {
      socket.destroy(timedOut());
    };
    const timer = setTimeout(giveUp, connectMilliseconds);
    signal.addEventListener('abort', giveUp, { once: true });
    let isSettled = false;
    const settle = (tell: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
      if (!isSettled) tell();
      isSettled = true;
    };

    socket.setNoDelay(true);
    // After the handshake, before node looks at the result of the verification: later the certificate is gone.
    socket.prependListener('secure', () => {
      served = servedBy(socket);
    });
    socket.once('secureConnect', () => {
      settle(() => {
        callback(null, socket);
      });
    });
    // It stays: an error that comes before the client listens would end the process.
    socket.on('error', (error: Error) => {
      settle(() => {
        callback(explained(error, served, options), null);
      });
    });
  };
}

/** Between the handshake and the end of the verification nothing can fail but the verification. */
function explained(error: Error, served: Certificate | undefined, { trust, address }: RestConnectorOptions): Error {
  const errno = errnoOf(error) ?? '';
  if (served === undefined || errno === 'ETIMEDOUT' || error instanceof Vb365Error) return error;
  return explainRefused(served, errno, trust, address);
}

/** Whatever is thrown here would end the process. */
function judgePeer(served: Certificate | undefined, trust: RestTrust, address: RestAddress): Error | undefined {
  try {
    return served === undefined ? unreadable(address) : judgeServed(served, trust, address);
  } catch {
    return unreadable(address);
  }
}

function unreadable(address: RestAddress): Vb365Error {
  return new Vb365Error('rest-certificate-untrusted', {
    subject: formatRestAddress(address),
    message: `${formatRestAddress(address)} shows a certificate that cannot be read`,
    cure: 'find out who answers there, or install the current generation of the rest-api lineage with PowerShell',
  });
}

/** Undefined where there is nothing that can be read. The newer `getPeerX509Certificate` takes the certificate out of the chain. */
function servedBy(socket: TLSSocket): Certificate | undefined {
  try {
    return Certificate.fromDer(socket.getPeerCertificate().raw);
  } catch {
    return undefined;
  }
}

function timedOut(): Error {
  return Object.assign(new TypeError('the TLS handshake took too long'), { code: 'ETIMEDOUT' });
}
