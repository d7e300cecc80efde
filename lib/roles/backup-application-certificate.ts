import type { Construct } from 'constructs';
import { PublishedCertificate, type PublishedCertificateProps } from './published-certificate';

/** The Microsoft Entra application certificate of an auxiliary backup application. */
export class BackupApplicationCertificate extends PublishedCertificate {
  constructor(scope: Construct, id: string, props: PublishedCertificateProps) {
    super(scope, id, 'entra-application', props);
  }
}
