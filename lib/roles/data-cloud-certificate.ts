import type { Construct } from 'constructs';
import { PublishedCertificate, type PublishedCertificateProps } from './published-certificate';

/** The certificate of Veeam Data Cloud: how Veeam’s cloud signs in to an organization. It is uploaded by hand. */
export class DataCloudCertificate extends PublishedCertificate {
  constructor(scope: Construct, id: string, props: PublishedCertificateProps) {
    super(scope, id, 'data-cloud', props);
  }
}
