import { ApplicationCertificate } from '@cdktf/provider-azuread/lib/application-certificate';
import { Construct } from 'constructs';
import type { Certificate } from '../certificates/certificate';
import { Vb365Error } from '../errors';
import { formatInstant } from '../words/instant';
import type { IEntraApplicationRef } from './application-ref';
import { requireProps } from './props';
import { stableId } from './terraform/stable-id';

/** What Entra shall accept at sign-in. */
export interface KeyCredentialOptions {
  /** RSA; only this public half reaches Terraform. */
  readonly certificate: Certificate;
}

/** A certificate, and the application that shall accept it. */
export interface KeyCredentialProps extends KeyCredentialOptions {
  /** Its `keyIdPath`, else its path, goes into `keyId`: with another one, the credential is replaced. */
  readonly application: IEntraApplicationRef;
}

/**
 * A certificate that an Entra application accepts at sign-in.
 *
 * One resource a certificate, so that a rotation adds one and later destroys one: changing `value` in place would take
 * the old credential away before the new one works.
 *
 * @throws Vb365Error `key-credential-not-rsa`: Entra takes RSA keys only.
 */
export class KeyCredential extends Construct {
  /** UUID that Entra lists the credential by: derived from the application and the thumbprint. */
  readonly keyId: string;

  constructor(scope: Construct, id: string, props: KeyCredentialProps) {
    super(scope, id);
    requireProps(this.node.path, props, 'application', 'certificate');
    const { application, certificate } = props;
    if (certificate.keyAlgorithm !== 'rsa') {
      throw new Vb365Error('key-credential-not-rsa', {
        subject: this.node.path,
        message: `the certificate ${certificate.thumbprint} has a key of kind ${certificate.keyAlgorithm}, Entra takes rsa only`,
        cure: 'issue or import a certificate with an RSA key of 2048 bits or more',
      });
    }

    this.keyId = stableId(application.keyIdPath ?? application.node.path, certificate.thumbprint);
    new ApplicationCertificate(this, 'certificate', {
      applicationId: application.applicationId,
      type: 'AsymmetricX509Cert',
      encoding: 'pem',
      value: certificate.pem,
      // The provider hides `value` in a plan: these three are what a reviewer can read.
      keyId: this.keyId,
      startDate: formatInstant(certificate.notBefore),
      endDate: formatInstant(certificate.notAfter),
      // Entra gives neither back, so that one that is imported has none: it would be replaced, which is an outage. Another
      // certificate has another key id, and is replaced by that.
      lifecycle: { ignoreChanges: ['value', 'encoding'] },
    });
  }
}
