import type { Construct } from 'constructs';
import { InstalledCertificate, type InstalledCertificateProps } from './installed-certificate';

/** The tenant authentication certificate: tenants of a service provider sign in with Microsoft organization credentials. */
export class TenantAuthenticationCertificate extends InstalledCertificate {
  constructor(scope: Construct, id: string, props: InstalledCertificateProps) {
    super(scope, id, 'tenant-authentication', props);
  }
}
