import type { Construct } from 'constructs';
import { backupPermissions } from '../lib/catalogue/permissions';
import type { OrganizationConfiguration } from '../lib/config/configuration';
import { EntraApplication } from '../lib/entra/entra-application';
import { LOCALHOST_REDIRECT_URI } from '../lib/entra/redirect-uris';
import { BackupApplicationCertificate } from '../lib/roles/backup-application-certificate';
import { EntraApplicationCertificate } from '../lib/roles/entra-application-certificate';
import { type ConsentRequest, placeConsent } from './consent-stack';
import { adopt, consentExceptions, create } from './application';
import { EntraStack } from './entra-stack';
import type { StackContext } from './stack-context';

export interface OrganizationStackProps extends StackContext {
  readonly organization: OrganizationConfiguration;
  /** Version of the installation that backs the organization up: `8.3`. */
  readonly productVersion: string;
}

/** One Microsoft 365 organization: the applications that back it up, their certificates, their consent. */
export class OrganizationStack extends EntraStack {
  constructor(scope: Construct, props: OrganizationStackProps) {
    const { organization } = props;
    const entra = { tenantId: organization.tenantId, region: organization.region, backend: props.backend };
    super(scope, organization.name, entra);

    placeConsent(scope, this, entra, [this.#addBackupApplication(props)]);
    this.#addAuxiliaryApplications(props);
  }

  #addBackupApplication({ organization, productVersion, lineage }: OrganizationStackProps): ConsentRequest {
    const { application: declared, purposes, services, consent } = organization;
    const interactive = purposes.includes('restore-interactive');
    const options = {
      permissions: backupPermissions({ services, purposes, productVersion }),
      ...(interactive && { publicClientFlows: true, redirectUris: { publicClient: [LOCALHOST_REDIRECT_URI] } }),
    };
    const application =
      'clientId' in declared
        ? adopt(this, 'application', declared.clientId, options)
        : create(this, 'application', (id) => new EntraApplication(this, id, { ...options, ...declared }));
    new EntraApplicationCertificate(this, 'entra-application', {
      application,
      lineage: lineage(`${organization.name}/entra-application`),
    });
    return { id: 'consent', application, placement: consent, except: consentExceptions(declared) };
  }

  /**
   * Auxiliary backup applications exist already, with their permissions and their consent: Veeam no longer adds new
   * ones, only their certificates are renewed.
   */
  #addAuxiliaryApplications({ organization, lineage }: OrganizationStackProps): void {
    for (const { clientId } of organization.backupApplications) {
      const id = `backup-application-${clientId}`;
      new BackupApplicationCertificate(this, `${id}-certificate`, {
        application: EntraApplication.fromClientId(this, id, clientId),
        lineage: lineage(`${organization.name}/${id}`),
      });
    }
  }
}
