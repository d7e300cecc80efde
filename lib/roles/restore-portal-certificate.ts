import type { Construct } from 'constructs';
import { PublishedCertificate, type PublishedCertificateProps } from './published-certificate';

/** The Restore Portal certificate: how Restore Portal signs in to its Entra application. */
export class RestorePortalCertificate extends PublishedCertificate {
  constructor(scope: Construct, id: string, props: PublishedCertificateProps) {
    super(scope, id, 'restore-portal', props);
  }
}
