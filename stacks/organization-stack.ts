import type { Construct } from 'constructs';
import { backupPermissions } from '../lib/catalogue/permissions';
import type { OrganizationConfiguration } from '../lib/config/configuration';
import { EntraApplication } from '../lib/entra/entra-application';
import { ExistingEntraApplication } from '../lib/entra/existing-entra-application';
import { LOCALHOST_REDIRECT_URI } from '../lib/entra/redirect-uris';
import type { IEntraApplication } from '../lib/entra/application';
import { CertificateInstaller } from '../lib/roles/certificate-installer';
import { BackupApplicationCertificate, EntraApplicationCertificate } from '../lib/roles/published-certificates';
import { consentExceptions, type ConsentRequest, placeConsent } from './consent-stack';
import { deployOwner, EntraStack } from './entra-stack';
import type { StackContext } from './stack-context';
import { backupApplicationSegment, lineageName } from '../lib/catalogue/lineage-name';

/** One organization, the version of its server, and what every stack is given. */
export interface OrganizationStackProps extends StackContext {
  /** Owner of `<name>/entra-application` and of one lineage for each backup application. */
  readonly organization: OrganizationConfiguration;
  /** Version of the installation that backs the organization up: `8.3`. */
  readonly productVersion: string;
}

/** One Microsoft 365 organization: the applications that back it up, their certificates, their consent. */
export class OrganizationStack extends EntraStack {
  constructor(scope: Construct, id: string, props: OrganizationStackProps) {
    const { organization } = props;
    const entra = { tenantId: organization.tenantId, region: organization.region, backend: props.backend };
    super(scope, id, entra);

    placeConsent(scope, this, entra, [this.#addBackupApplication(props)]);
    this.#addAuxiliaryApplications(props);
  }

  #addBackupApplication(props: OrganizationStackProps): ConsentRequest {
    const { organization, productVersion, lineage } = props;
    const { application: declared, purposes, services, consent } = organization;
    const interactive = purposes.includes('restore-interactive');
    const options = {
      permissions: backupPermissions({ services, purposes, productVersion }),
      ...(interactive && { publicClientFlows: true, redirectUris: { publicClient: [LOCALHOST_REDIRECT_URI] } }),
    };
    const application =
      'clientId' in declared
        ? EntraApplication.fromClientId(this, 'application', declared.clientId, { ...options, wasAtPlainId: false })
        : new EntraApplication(this, 'application', { ...options, ...declared, ...deployOwner(organization) });
    const name = lineageName(organization.name, 'entra-application');
    new EntraApplicationCertificate(this, 'entra-application', { application, lineage: lineage(name) });
    this.addClient(name, application);
    this.#install(props, name, 'install', application);
    return { id: 'consent', application, placement: consent, except: consentExceptions(declared) };
  }

  /**
   * Auxiliary backup applications exist already, with their permissions and their consent: Veeam no longer adds new
   * ones, only their certificates are renewed.
   */
  #addAuxiliaryApplications(props: OrganizationStackProps): void {
    const { organization, lineage } = props;
    for (const { clientId } of organization.backupApplications) {
      const id = backupApplicationSegment(clientId);
      const name = lineageName(organization.name, id);
      // None that is owned ever takes its place.
      const application = new ExistingEntraApplication(this, id, { clientId });
      new BackupApplicationCertificate(this, `${id}-certificate`, { application, lineage: lineage(name) });
      this.addClient(name, application);
      // Its lineage says which application it is for.
      this.#install(props, name, `${id}-install`);
    }
  }

  /** Where it is declared, a deployment installs as well. */
  #install(
    { lineage, organization: { install } }: OrganizationStackProps,
    name: string,
    id: string,
    application?: IEntraApplication,
  ): void {
    if (install === undefined) return;
    const options = { lineage: lineage(name), via: install.via, after: [this] };
    new CertificateInstaller(this, id, { ...options, ...(application && { application }) });
  }
}
