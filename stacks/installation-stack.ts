import type { Construct, IConstruct } from 'constructs';
import { portalPermissions } from '../lib/catalogue/permissions';
import type { CertificateLineage } from '../lib/certificates/generation';
import type { InstallationConfiguration, RestorePortalConfiguration } from '../lib/config/configuration';
import { needsServerCertificate } from '../lib/config/lineages';
import type { IEntraApplication } from '../lib/entra/application';
import { EntraApplication } from '../lib/entra/entra-application';
import { portalRedirectUris, RestorePortalApplication } from '../lib/entra/restore-portal-application';
import { CertificateInstaller } from '../lib/roles/certificate-installer';
import {
  RestApiCertificate,
  RestoreOperatorAuthenticationCertificate,
  ServerCertificate,
  TenantAuthenticationCertificate,
} from '../lib/roles/installed-certificates';
import { RestorePortalCertificate } from '../lib/roles/published-certificates';
import type { RoleCertificate } from '../lib/roles/role-certificate';
import { consentExceptions, placeConsent } from './consent-stack';
import { deployOwner, EntraStack } from './entra-stack';
import type { StackContext } from './stack-context';
import { lineageName } from '../lib/catalogue/lineage-name';

/** One installation, and what every stack is given. */
export interface InstallationStackProps extends StackContext {
  /** Owner of the lineages `<name>/server`, `<name>/rest-api` and so on. */
  readonly installation: InstallationConfiguration;
}

/** One Veeam Backup for Microsoft 365 server with its REST API, its portal and its authentications. */
export class InstallationStack extends EntraStack {
  constructor(scope: Construct, id: string, props: InstallationStackProps) {
    const { installation } = props;
    const entra = { tenantId: installation.tenantId, region: installation.region, backend: props.backend };
    super(scope, id, entra);

    this.#addServerCertificates(props);
    const { restorePortal } = installation;
    if (restorePortal === undefined) return;
    const application = this.#addRestorePortal(props, restorePortal);
    placeConsent(scope, this, entra, [
      {
        id: 'restore-portal-consent',
        application,
        placement: restorePortal.consent,
        except: consentExceptions(restorePortal.application),
      },
    ]);
  }

  /** What only the server and the REST API machine use. */
  #addServerCertificates({ installation, lineage }: InstallationStackProps): void {
    const { authentication, proxies, restApi, server } = installation;
    const installed = (role: string, hostName: string) => ({
      hostName,
      lineage: lineage(lineageName(installation.name, role)),
    });
    const onServer: RoleCertificate[] = [];

    if (needsServerCertificate(proxies)) {
      onServer.push(new ServerCertificate(this, 'server', installed('server', server.hostName)));
    }
    if (restApi) {
      const onSeparateMachine = restApi.hostName !== server.hostName;
      const props = { ...installed('rest-api', restApi.hostName), onSeparateMachine };
      const certificate = new RestApiCertificate(this, 'rest-api', props);
      // No cmdlet reaches another machine.
      if (!onSeparateMachine) onServer.push(certificate);
    }
    if (authentication.tenants) {
      const role = 'tenant-authentication';
      onServer.push(new TenantAuthenticationCertificate(this, role, installed(role, server.hostName)));
    }
    if (authentication.restoreOperators) {
      const role = 'restore-operator-authentication';
      onServer.push(new RestoreOperatorAuthenticationCertificate(this, role, installed(role, server.hostName)));
    }
    for (const certificate of onServer) this.#install(installation, certificate.lineage, [certificate]);
  }

  #addRestorePortal(props: InstallationStackProps, portal: RestorePortalConfiguration): IEntraApplication {
    const { webAddress, application: declared } = portal;
    const id = 'restore-portal-application';
    const application =
      'clientId' in declared
        ? EntraApplication.fromClientId(this, id, declared.clientId, {
            wasAtPlainId: false,
            permissions: portalPermissions(),
            redirectUris: { singlePageApplication: portalRedirectUris(webAddress, declared.additionalRedirectUris) },
          })
        : new RestorePortalApplication(this, id, { ...declared, webAddress, ...deployOwner(props.installation) });
    const lineage = props.lineage(lineageName(props.installation.name, 'restore-portal'));
    new RestorePortalCertificate(this, 'restore-portal', { application, lineage });
    this.addClient(lineage.name, application);
    // On a machine of its own, the portal is set up by hand, as the REST API there is.
    const { restApi, server } = props.installation;
    if (restApi?.hostName === server.hostName) this.#install(props.installation, lineage, [this], application);
    return application;
  }

  /** Where it is declared, a deployment installs as well. */
  #install(
    { install, name }: InstallationConfiguration,
    lineage: CertificateLineage,
    after: readonly IConstruct[],
    application?: IEntraApplication,
  ): void {
    if (install === undefined) return;
    const id = `${lineage.name.slice(name.length + 1)}-install`;
    new CertificateInstaller(this, id, { lineage, via: install.via, after, ...(application && { application }) });
  }
}
