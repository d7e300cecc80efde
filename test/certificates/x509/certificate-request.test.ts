import { createPublicKey } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import {
  CertificateRequest,
  type NewCertificateRequest,
  requestCertificate,
} from '../../../lib/certificates/x509/certificate-request';
import { certificateProfile } from '../../../lib/certificates/profile';
import { openssl, opensslRequest } from '../../support/openssl';
import { selfSigned } from '../../support/self-signed';
import { thrownBy } from '../../support/thrown';

const profile = certificateProfile('rest-api', {
  commonName: 'vb365.example.com',
  hosts: ['vb365.example.com', 'bücher.example', '192.0.2.10', '2001:db8::1'],
});

let made: NewCertificateRequest;

beforeAll(async () => {
  made = await requestCertificate({ profile, keySize: 2048 });
});

describe('requestCertificate', () => {
  it('asks for what the profile says, so that OpenSSL reads it and finds it signed', () => {
    const text = openssl(['req', '-verify', '-noout', '-text'], made.request.pem);
    expect(text).toMatch(/Subject: CN ?= ?vb365\.example\.com\n/);
    expect(text).toContain('Public-Key: (2048 bit)');
    expect(text).toMatch(/X509v3 Key Usage: critical\s+Digital Signature, Key Encipherment\n/);
    expect(text).toMatch(/X509v3 Extended Key Usage: \s+TLS Web Server Authentication\n/);
    expect(text).toMatch(
      /X509v3 Subject Alternative Name: \s+DNS:vb365\.example\.com, DNS:xn--bcher-kva\.example, IP Address:192\.0\.2\.10, IP Address:2001:DB8:0:0:0:0:0:1\n/,
    );
    expect(text).toContain('Signature Algorithm: sha256WithRSAEncryption');
    expect(text).not.toMatch(/Basic Constraints|Key Identifier/);
  });

  it.each([
    ['keytool', ['-printcertreq'], /Subject: CN=vb365\.example\.com/],
    ['certtool', ['--crq-info'], /Self signature: verified/],
  ])('is read by %s', (tool, args, expected) => {
    expect(execFileSync(tool, args, { input: made.request.pem, encoding: 'utf8' })).toMatch(expected);
  });

  it('leaves alternative names out where there are none', async () => {
    const withoutHosts = certificateProfile('entra-application', { commonName: 'VB365 Bücher' });
    const { request } = await requestCertificate({ profile: withoutHosts, keySize: 2048 });
    const text = openssl(['req', '-noout', '-text', '-nameopt', 'utf8'], request.pem);
    expect(text).toContain('VB365 Bücher');
    expect(text).not.toContain('Alternative Name');
  });

  it('gives the private key of the request', () => {
    expect(createPublicKey(made.privateKey).equals(made.request.publicKey)).toBe(true);
    expect(made.request.keySize).toBe(2048);
  });
});

describe('CertificateRequest', () => {
  it('survives PEM, with text around it and the line ends of Windows', () => {
    const text = `\uFEFFLineage: a/b\n\n${made.request.pem}\n`.replaceAll('\n', '\r\n');
    expect(CertificateRequest.fromPem(text).pem).toBe(made.request.pem);
  });

  it('reads what other programs ask for, under both labels', () => {
    const pem = opensslRequest('ec', '/CN=other', '-newhdr');
    expect(pem).toContain('BEGIN NEW CERTIFICATE REQUEST');
    const request = CertificateRequest.fromPem(pem);
    expect(request.publicKey.asymmetricKeyType).toBe('ec');
    expect(request.keySize).toBeUndefined();
  });

  it('has the public key hash of the certificate that answers it', () => {
    const request = CertificateRequest.fromPem(opensslRequest('rsa-2048', '/CN=a'));
    expect(request.publicKeyHash).toBe(selfSigned().publicKeyHash);
    expect(request.publicKeyHash).not.toBe(made.request.publicKeyHash);
  });

  it('tells whether it asks for what a profile says now', () => {
    expect(made.request.asksFor(profile)).toBe(true);
    expect(made.request.asksFor({ ...profile, commonName: 'other.example.com' })).toBe(false);
    expect(made.request.asksFor({ ...profile, dnsNames: profile.dnsNames.slice(1) })).toBe(false);
  });

  it.each([
    ['nothing', ''],
    ['a certificate', selfSigned().pem],
    ['a block of something else', '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----'],
    ['a certificate under its label', selfSigned().pem.replaceAll('CERTIFICATE', 'CERTIFICATE REQUEST')],
  ])('refuses %s', (_, text) => {
    expect(thrownBy(() => CertificateRequest.fromPem(text))?.code).toBe('certificate-request-unreadable');
  });

  it('refuses one that was changed in any octet, or cut off', () => {
    const der = Buffer.from(made.request.pem.replace(/-----.*-----/g, ''), 'base64');
    fc.assert(
      fc.property(fc.nat({ max: der.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Buffer.from(der);
        changed[at] = (changed[at] ?? 0) ^ change;
        // What says how it is signed is not itself signed; everything else is.
        const error = thrownBy(() => CertificateRequest.fromDer(changed));
        if (error === undefined) expect(CertificateRequest.fromDer(changed).asksFor(profile)).toBe(true);
        else expect(error.code).toBe('certificate-request-unreadable');
        expect(thrownBy(() => CertificateRequest.fromDer(der.subarray(0, at)))?.code).toBe(
          'certificate-request-unreadable',
        );
      }),
      { numRuns: 200 },
    );
  });
});
