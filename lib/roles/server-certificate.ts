import type { Construct } from 'constructs';
import { InstalledCertificate, type InstalledCertificateProps } from './installed-certificate';

/** The Veeam Backup for Microsoft 365 server certificate: secures the connection to Windows backup proxies in a workgroup. */
export class ServerCertificate extends InstalledCertificate {
  constructor(scope: Construct, id: string, props: InstalledCertificateProps) {
    super(scope, id, 'server', props);
  }
}
