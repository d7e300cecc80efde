import type { Construct } from 'constructs';
import { InstalledCertificate, type InstalledCertificateProps } from './installed-certificate';

/** The REST API certificate: what the REST API service answers with, on the server or on a machine of its own. */
export class RestApiCertificate extends InstalledCertificate {
  constructor(scope: Construct, id: string, props: InstalledCertificateProps) {
    super(scope, id, 'rest-api', props);
  }
}
