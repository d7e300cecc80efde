import type { Construct } from 'constructs';
import { dataCloudPermissions } from '../lib/catalogue/permissions';
import type { DataCloudConfiguration } from '../lib/config/configuration';
import { DataCloudCertificate } from '../lib/roles/published-certificates';
import { uploadInstructions } from '../lib/roles/upload-instructions';
import { EntraApplication } from '../lib/entra/entra-application';
import { ObjectOutput } from '../lib/entra/object-output';
import { consentExceptions, placeConsent } from './consent-stack';
import { deployOwner, EntraStack } from './entra-stack';
import type { StackContext } from './stack-context';
import { lineageName } from '../lib/catalogue/lineage-name';

/** One organization of Veeam Data Cloud, and what every stack is given. */
export interface DataCloudStackProps extends StackContext {
  /** Owner of the lineage `<name>/data-cloud`. */
  readonly organization: DataCloudConfiguration;
}

/** One organization of Veeam Data Cloud: its application, its certificate, and what a person uploads by hand. */
export class DataCloudStack extends EntraStack {
  constructor(scope: Construct, id: string, props: DataCloudStackProps) {
    const { organization } = props;
    const { application: declared, services, tenantId, region } = organization;
    const entra = { tenantId, region, backend: props.backend };
    super(scope, id, entra);

    const permissions = dataCloudPermissions(services);
    const application =
      'clientId' in declared
        ? EntraApplication.fromClientId(this, 'application', declared.clientId, { permissions, wasAtPlainId: false })
        : new EntraApplication(this, 'application', { ...declared, permissions, ...deployOwner(organization) });
    const certificate = new DataCloudCertificate(this, 'data-cloud', {
      application,
      lineage: props.lineage(lineageName(organization.name, 'data-cloud')),
    });
    this.addClient(certificate.lineage.name, application);
    new ObjectOutput(this, 'upload', {
      description: 'What a person does once after each new certificate',
      value: () => uploadInstructions(certificate.lineage),
    });
    placeConsent(scope, this, entra, [
      { id: 'consent', application, placement: organization.consent, except: consentExceptions(declared) },
    ]);
  }
}
