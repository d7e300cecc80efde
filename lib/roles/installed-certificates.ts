import { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { parseHostName } from '../addresses/host-name';
import type { RoleId } from '../catalogue/roles';
import { parseProp, requireProps } from '../entra/props';
import { refuseHcl } from '../entra/terraform/refuse-hcl';
import { describe, RoleCertificate, type RoleCertificateProps } from './role-certificate';

/** A lineage, and the machine that uses its current certificate. */
export interface InstalledCertificateProps extends RoleCertificateProps {
  /** The machine that the certificate is installed on: a DNS host name or an IPv4 address. */
  readonly hostName: string;
  /** Whether that is another machine than the server's, where no cmdlet reaches: REST API on a separate machine. @default false */
  readonly onSeparateMachine?: boolean;
}

/**
 * A role whose certificate only the server uses: a `terraform_data` says what shall be installed where, so that a plan
 * shows the old thumbprint and the new one. It installs nothing.
 *
 * Names that a certificate bears are left out: whoever issued it chose them, and Terraform evaluates `${…}` in them.
 */
abstract class InstalledCertificate extends RoleCertificate {
  protected constructor(scope: Construct, id: string, role: RoleId, props: InstalledCertificateProps) {
    super(scope, id, role, props);
    requireProps(this.node.path, props, 'hostName');
    const host = parseProp(this, 'hostName', props.hostName, parseHostName);
    const { current } = this;
    if (current === undefined) return;
    refuseHcl(this);
    // CDKTF's own class for it starts `terraform version` at each synthesis, which shall need nothing but its input.
    const installation = new TerraformResource(this, 'installation', { terraformResourceType: 'terraform_data' });
    installation.addOverride('input', {
      role: this.role.name,
      host,
      lineage: props.lineage.name,
      generation: current.label,
      ...describe(current),
      ...(props.onSeparateMachine === true
        ? { installed_in: `${this.role.installedIn} on that machine, by hand` }
        : { installed_in: this.role.installedIn, cmdlet: this.role.setCmdlet }),
    });
  }
}

/** The Veeam Backup for Microsoft 365 server certificate: secures the connection to Windows backup proxies in a workgroup. */
export class ServerCertificate extends InstalledCertificate {
  constructor(scope: Construct, id: string, props: InstalledCertificateProps) {
    super(scope, id, 'server', props);
  }
}

/** The REST API certificate: what the REST API service answers with, on the server or on a machine of its own. */
export class RestApiCertificate extends InstalledCertificate {
  constructor(scope: Construct, id: string, props: InstalledCertificateProps) {
    super(scope, id, 'rest-api', props);
  }
}

/** The tenant authentication certificate: tenants of a service provider sign in with Microsoft organization credentials. */
export class TenantAuthenticationCertificate extends InstalledCertificate {
  constructor(scope: Construct, id: string, props: InstalledCertificateProps) {
    super(scope, id, 'tenant-authentication', props);
  }
}

/** The restore operator authentication certificate: restore operators sign in with Microsoft 365 credentials. */
export class RestoreOperatorAuthenticationCertificate extends InstalledCertificate {
  constructor(scope: Construct, id: string, props: InstalledCertificateProps) {
    super(scope, id, 'restore-operator-authentication', props);
  }
}
