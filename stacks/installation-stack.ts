import type { Construct } from 'constructs';
import { portalPermissions } from '../lib/catalogue/permissions';
import type { InstallationConfiguration, RestorePortalConfiguration } from '../lib/config/configuration';
import { needsServerCertificate } from '../lib/config/lineages';
import type { IEntraApplication } from '../lib/entra/application';
import { portalRedirectUris, RestorePortalApplication } from '../lib/portal/restore-portal-application';
import { RestApiCertificate } from '../lib/roles/rest-api-certificate';
import { RestoreOperatorAuthenticationCertificate } from '../lib/roles/restore-operator-authentication-certificate';
import { RestorePortalCertificate } from '../lib/roles/restore-portal-certificate';
import { ServerCertificate } from '../lib/roles/server-certificate';
import { TenantAuthenticationCertificate } from '../lib/roles/tenant-authentication-certificate';
import { adopt, consentExceptions, create } from './application';
import { placeConsent } from './consent-stack';
import { EntraStack } from './entra-stack';
import type { StackContext } from './stack-context';

export interface InstallationStackProps extends StackContext {
  readonly installation: InstallationConfiguration;
}

/** One Veeam Backup for Microsoft 365 server with its REST API, its portal and its authentications. */
export class InstallationStack extends EntraStack {
  constructor(scope: Construct, props: InstallationStackProps) {
    const { installation } = props;
    const entra = { tenantId: installation.tenantId, region: installation.region, backend: props.backend };
    super(scope, installation.name, entra);

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
      lineage: lineage(`${installation.name}/${role}`),
    });

    if (needsServerCertificate(proxies)) {
      new ServerCertificate(this, 'server', installed('server', server.hostName));
    }
    if (restApi) {
      new RestApiCertificate(this, 'rest-api', {
        ...installed('rest-api', restApi.hostName),
        onSeparateMachine: restApi.hostName !== server.hostName,
      });
    }
    if (authentication.tenants) {
      new TenantAuthenticationCertificate(
        this,
        'tenant-authentication',
        installed('tenant-authentication', server.hostName),
      );
    }
    if (authentication.restoreOperators) {
      new RestoreOperatorAuthenticationCertificate(
        this,
        'restore-operator-authentication',
        installed('restore-operator-authentication', server.hostName),
      );
    }
  }

  #addRestorePortal(props: InstallationStackProps, portal: RestorePortalConfiguration): IEntraApplication {
    const { webAddress, application: declared } = portal;
    const id = 'restore-portal-application';
    const application =
      'clientId' in declared
        ? adopt(this, id, declared.clientId, {
            permissions: portalPermissions(),
            redirectUris: { singlePageApplication: portalRedirectUris(webAddress, declared.additionalRedirectUris) },
          })
        : create(this, id, (own) => new RestorePortalApplication(this, own, { ...declared, webAddress }));
    new RestorePortalCertificate(this, 'restore-portal', {
      application,
      lineage: props.lineage(`${props.installation.name}/restore-portal`),
    });
    return application;
  }
}
