import 'node-forge';

/** What node-forge 1 has and its types lack. */
declare module 'node-forge' {
  namespace pki {
    /** Part of a distinguished name; the package's types take the type of the text for a class of tags. */
    interface NameField {
      readonly name: 'commonName';
      readonly value: string;
      readonly valueTagClass: asn1.Type;
    }

    interface Certificate {
      setSubject(fields: NameField[]): void;
      setIssuer(fields: NameField[]): void;
    }

    interface CertificateSigningRequest {
      setSubject(fields: NameField[]): void;
    }

    /** TBSCertificate, RFC 5280 §4.1. */
    function getTBSCertificate(certificate: Certificate): asn1.Asn1;
    /** CertificationRequestInfo, RFC 2986 §4.1. */
    function getCertificationRequestInfo(request: CertificateSigningRequest): asn1.Asn1;
  }
}
