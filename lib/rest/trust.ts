import type { PublishedGeneration } from '../certificates/generation';
import { Certificate } from '../certificates/certificate';
import { Vb365Error } from '../errors';
import { formatInstant } from '../words/instant';
import { formatRestAddress, type RestAddress } from './address';

/** What a REST API may show of itself. */
export interface RestTrust {
  /** Published generations of its certificate, current and superseded: exactly these are taken, whoever issued them. */
  readonly generations: readonly PublishedGeneration[];
  /** Certificates of a CA file: whatever they have issued is taken too. */
  readonly authorities: readonly Certificate[];
}

/**
 * Nothing of what the machine trusts otherwise counts: a certificate that a public authority issued to somebody else for the
 * same name is refused.
 *
 * @param generations those of `<installation>/rest-api` in the keystore
 * @param caPem content of a CA file
 * @throws Vb365Error `rest-trust-missing` where both are empty, `certificate-unreadable`
 */
export function restTrust(generations: readonly PublishedGeneration[], caPem?: string): RestTrust {
  const authorities = caPem === undefined ? [] : Certificate.allFromPem(caPem);
  if (caPem !== undefined && authorities.length === 0) Certificate.fromPem(caPem);
  if (generations.length === 0 && authorities.length === 0) {
    throw new Vb365Error('rest-trust-missing', {
      message:
        'there is nothing to know the REST API by: the keystore holds no REST API certificate of the installation',
      cure: 'run "vb365 issue" or "vb365 import" for its rest-api lineage, or give a CA file',
    });
  }
  return { generations, authorities };
}

/**
 * What node's TLS shall trust. A certificate of the list is an anchor by itself, whether it is its own issuer or not, so that
 * a generation from a company's authority needs no root; node before 20.18 asks for the root then, and refuses.
 */
export function trustAnchors({ generations, authorities }: RestTrust): {
  readonly ca: string[];
  readonly allowPartialTrustChain: true;
} {
  return {
    ca: [...generations.map(({ certificate }) => certificate.pem), ...authorities.map(({ pem }) => pem)],
    allowPartialTrustChain: true,
  };
}

/**
 * Looks at a certificate whose chain TLS has found good.
 *
 * @returns why it is refused all the same; undefined where it is taken.
 */
export function judgeServed(served: Certificate, trust: RestTrust, address: RestAddress): Vb365Error | undefined {
  const isGeneration = trust.generations.some(({ certificate }) => certificate.equals(served));
  // Without a CA file only an exact match counts: the key of a generation may not vouch for others.
  if (!isGeneration && trust.authorities.length === 0) return untrusted(served, trust, address);
  return served.coversHost(address.hostName) ? undefined : otherHost(served, address);
}

/** In words, why TLS refused a certificate. @param errno OpenSSL's name of the reason, `CERT_HAS_EXPIRED` */
export function explainRefused(served: Certificate, errno: string, trust: RestTrust, address: RestAddress): Vb365Error {
  const isGeneration = trust.generations.some(({ certificate }) => certificate.equals(served));
  if (errno === 'CERT_HAS_EXPIRED' || errno === 'CERT_NOT_YET_VALID') return outOfDate(served, errno, address);
  return untrusted(served, trust, address, isGeneration ? errno : undefined);
}

function untrusted(served: Certificate, trust: RestTrust, address: RestAddress, errno?: string): Vb365Error {
  const expected = trust.generations.map(({ label, certificate }) => `${label} ${certificate.thumbprint}`).join(', ');
  const what = [
    ...(expected === '' ? [] : [`one of the generations in the keystore (${expected})`]),
    ...(trust.authorities.length === 0 ? [] : ['one that an authority of the CA file has issued']),
  ].join(' or ');
  const why = errno === undefined ? '' : `; it is one of them, and TLS says ${errno}`;
  return new Vb365Error('rest-certificate-untrusted', {
    subject: formatRestAddress(address),
    message: `${formatRestAddress(address)} shows a certificate with the thumbprint ${served.thumbprint} (SHA-256 ${served.thumbprintSha256}), and ${what} is expected${why}`,
    cure: 'if that certificate is right, run "vb365 import" for the rest-api lineage or give the CA file of its issuer; otherwise find out who answers there, or install the current generation with PowerShell',
  });
}

function otherHost(served: Certificate, address: RestAddress): Vb365Error {
  const names = [...served.dnsNames, ...served.ipAddresses].join(', ') || 'none';
  return new Vb365Error('rest-certificate-host', {
    subject: formatRestAddress(address),
    message: `the certificate ${served.thumbprint} of ${formatRestAddress(address)} is not for ${address.hostName}; its names are ${names}`,
    cure: 'connect by one of these names, or renew the rest-api certificate after the host name in the configuration is right',
  });
}

function outOfDate(served: Certificate, errno: string, address: RestAddress): Vb365Error {
  const { thumbprint, notBefore, notAfter } = served;
  const verdict = errno === 'CERT_HAS_EXPIRED' ? 'has expired' : 'is not valid yet';
  return new Vb365Error('rest-certificate-expired', {
    subject: formatRestAddress(address),
    message: `the certificate ${thumbprint} of ${formatRestAddress(address)} ${verdict}: it is valid from ${formatInstant(notBefore)} to ${formatInstant(notAfter)}`,
    cure: 'install the current generation of its rest-api lineage with PowerShell (vb365 install <installation>/rest-api), and check the clocks of both machines',
  });
}
