import type { KeyObject } from 'node:crypto';
import { asn1, pki } from 'node-forge';
import { oids } from '../../asn1/oids';
import type { CertificateProfile } from '../profile';

/** What a self-signed certificate says. */
export interface SelfSignedContent {
  readonly profile: CertificateProfile;
  /** Big-endian octets of a positive integer, without a leading zero octet that DER does not need. */
  readonly serialNumber: Buffer;
  /** Whole seconds. */
  readonly notBefore: Date;
  /** Whole seconds. */
  readonly notAfter: Date;
  readonly publicKey: KeyObject;
}

/** Gives the signature of RSASSA-PKCS1-v1_5 with SHA-256 over the bytes that it receives. */
export type Signer = (toBeSigned: Buffer) => Buffer;

/** Alternatives of GeneralName, RFC 5280 §4.2.1.6. */
const DNS_NAME = 2;
const IP_ADDRESS = 7;

/** DER of a self-signed certificate, RFC 5280 §4.1. node-forge builds it; node signs, which is faster. */
export function buildSelfSigned(content: SelfSignedContent, sign: Signer): Buffer {
  const { profile } = content;
  const certificate = pki.createCertificate();
  certificate.publicKey = publicKeyOf(content);
  certificate.serialNumber = content.serialNumber.toString('hex');
  certificate.validity = { notBefore: content.notBefore, notAfter: content.notAfter };
  certificate.setSubject(nameOf(profile));
  certificate.setIssuer(nameOf(profile));
  certificate.setExtensions([
    // Critical, because a self-signed certificate may come to stand among the trusted roots: it must never pass as an authority.
    { name: 'basicConstraints', critical: true },
    ...extensionsOf(profile),
    { name: 'subjectKeyIdentifier' },
  ]);
  certificate.signatureOid = certificate.siginfo.algorithmOid = oids.sha256WithRsa;
  certificate.tbsCertificate = pki.getTBSCertificate(certificate);
  certificate.signature = sign(toDer(certificate.tbsCertificate)).toString('binary');
  return toDer(pki.certificateToAsn1(certificate));
}

/** What a request for a certificate says. */
export type RequestContent = Pick<SelfSignedContent, 'profile' | 'publicKey'>;

/** DER of a request, RFC 2986 §4.2. */
export function buildRequest(content: RequestContent, sign: Signer): Buffer {
  const request = requestOf(content);
  request.signatureOid = request.siginfo.algorithmOid = oids.sha256WithRsa;
  request.certificationRequestInfo = pki.getCertificationRequestInfo(request);
  request.signature = sign(toDer(request.certificationRequestInfo)).toString('binary');
  return toDer(pki.certificationRequestToAsn1(request));
}

/** DER of what a request asks for: of it all but the signature. */
export function requestInfo(content: RequestContent): Buffer {
  return toDer(pki.getCertificationRequestInfo(requestOf(content)));
}

/**
 * Basic constraints and key identifiers are left to the authority, which sets its own: some refuse a request that names
 * them.
 */
function requestOf(content: RequestContent): pki.CertificateSigningRequest {
  const request = pki.createCertificationRequest();
  request.publicKey = publicKeyOf(content);
  request.setSubject(nameOf(content.profile));
  request.setAttributes([{ name: 'extensionRequest', extensions: extensionsOf(content.profile) }]);
  return request;
}

/** What the key may be used for, and the alternative names where there are any. */
function extensionsOf({ keyUsages, extendedKeyUsages, dnsNames, ipAddresses }: CertificateProfile): object[] {
  const altNames = [
    ...dnsNames.map((value) => ({ type: DNS_NAME, value })),
    ...ipAddresses.map((ip) => ({ type: IP_ADDRESS, ip })),
  ];
  return [
    { name: 'keyUsage', critical: true, ...flags(keyUsages) },
    { name: 'extKeyUsage', ...flags(extendedKeyUsages) },
    ...(altNames.length > 0 ? [{ name: 'subjectAltName', altNames }] : []),
  ];
}

function flags(names: readonly string[]): Readonly<Record<string, true>> {
  return Object.fromEntries(names.map((name) => [name, true as const]));
}

/** UTF8String for every name, as RFC 5280 §4.1.2.4 asks of new certificates. */
function nameOf({ commonName }: CertificateProfile): pki.NameField[] {
  return [{ name: 'commonName', value: commonName, valueTagClass: asn1.Type.UTF8 }];
}

function publicKeyOf({ publicKey }: RequestContent): pki.PublicKey {
  return pki.publicKeyFromPem(publicKey.export({ type: 'spki', format: 'pem' }).toString());
}

function toDer(value: asn1.Asn1): Buffer {
  return Buffer.from(asn1.toDer(value).getBytes(), 'binary');
}
