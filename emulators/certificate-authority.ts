import { generateKeyPair, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { promisify } from 'node:util';
import { md, pki } from 'node-forge';

/** A certificate with its private key, as a TLS server of node takes them. */
export interface ServerCertificate {
  /** The certificate of the server, then that of the authority. */
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

/** A certificate authority that lives as long as one emulator: clients trust it, and nothing that it did not sign. */
export interface CertificateAuthority {
  readonly certificatePem: string;
  /** @param hosts DNS names and IP addresses. */
  issueServerCertificate(hosts: readonly string[]): Promise<ServerCertificate>;
}

const DAY = 86_400_000;

/** Long enough for any demonstration, short enough that a forgotten one is worth nothing. */
const VALIDITY_DAYS = 30;

/** Alternatives of GeneralName, RFC 5280 §4.2.1.6. */
const DNS_NAME = 2;
const IP_ADDRESS = 7;

const generateKeys = promisify(generateKeyPair);

/**
 * A new certificate authority. Its keys are made by OpenSSL, which is ten times faster than JavaScript.
 *
 * @param at the moment of issuing; everything is valid from an hour before.
 */
export async function createCertificateAuthority(at: Date): Promise<CertificateAuthority> {
  const keys = await newKeys();
  const subject = [{ shortName: 'CN', value: `Emulator authority ${randomBytes(4).toString('hex')}` }];
  const certificate = newCertificate(keys.publicKeyPem, at);
  certificate.setSubject(subject);
  certificate.setIssuer(subject);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  const certificatePem = signed(certificate, keys.privateKeyPem);

  return {
    certificatePem,
    async issueServerCertificate(hosts) {
      const serverKeys = await newKeys();
      const server = newCertificate(serverKeys.publicKeyPem, at);
      server.setSubject([{ shortName: 'CN', value: hosts[0] ?? 'localhost' }]);
      server.setIssuer(subject);
      server.setExtensions([
        { name: 'basicConstraints', cA: false, critical: true },
        { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
        { name: 'extKeyUsage', serverAuth: true },
        { name: 'subjectAltName', altNames: hosts.map(generalName) },
      ]);
      return {
        certificatePem: signed(server, keys.privateKeyPem) + certificatePem,
        privateKeyPem: serverKeys.privateKeyPem,
      };
    },
  };
}

async function newKeys(): Promise<{ readonly publicKeyPem: string; readonly privateKeyPem: string }> {
  const { publicKey, privateKey } = await generateKeys('rsa', { modulusLength: 2048 });
  return {
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function newCertificate(publicKeyPem: string, at: Date): pki.Certificate {
  const certificate = pki.createCertificate();
  certificate.publicKey = pki.publicKeyFromPem(publicKeyPem);
  // The first octet stays below 0x80, so that the number is positive, RFC 5280 §4.1.2.2.
  certificate.serialNumber = `4${randomBytes(16).toString('hex').slice(1)}`;
  certificate.validity.notBefore = new Date(at.getTime() - 3_600_000);
  certificate.validity.notAfter = new Date(at.getTime() + VALIDITY_DAYS * DAY);
  return certificate;
}

function generalName(host: string): { readonly type: number; readonly value?: string; readonly ip?: string } {
  return isIP(host) === 0 ? { type: DNS_NAME, value: host } : { type: IP_ADDRESS, ip: host };
}

function signed(certificate: pki.Certificate, privateKeyPem: string): string {
  certificate.sign(pki.privateKeyFromPem(privateKeyPem), md.sha256.create());
  return pki.certificateToPem(certificate).replaceAll('\r\n', '\n');
}
