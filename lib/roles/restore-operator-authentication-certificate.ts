import type { Construct } from 'constructs';
import { InstalledCertificate, type InstalledCertificateProps } from './installed-certificate';

/** The restore operator authentication certificate: restore operators sign in with Microsoft 365 credentials. */
export class RestoreOperatorAuthenticationCertificate extends InstalledCertificate {
  constructor(scope: Construct, id: string, props: InstalledCertificateProps) {
    super(scope, id, 'restore-operator-authentication', props);
  }
}
