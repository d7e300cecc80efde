import type { Construct } from 'constructs';
import { PublishedCertificate, type PublishedCertificateProps } from './published-certificate';

/** The Microsoft Entra application certificate: how Veeam Backup for Microsoft 365 signs in to an organization. */
export class EntraApplicationCertificate extends PublishedCertificate {
  constructor(scope: Construct, id: string, props: PublishedCertificateProps) {
    super(scope, id, 'entra-application', props);
  }
}
