import { randomUUID } from 'node:crypto';
import type { KeyAndCertificate } from '../../lib/certificates/key-and-certificate';
import { notFound } from './rest-error';

/** What the product signs in to Microsoft 365 with. */
export interface ApplicationCredential {
  readonly applicationId: string;
  /** Undefined until a certificate has been installed. */
  readonly certificate: KeyAndCertificate | undefined;
}

/** An auxiliary backup application. */
export interface BackupApplication extends ApplicationCredential {
  readonly displayName: string;
}

/** An organization that was added to the product. */
export interface Organization {
  readonly id: string;
  readonly name: string;
  /** `contoso.onmicrosoft.com` */
  readonly officeName: string;
  /** Id of the tenant. */
  readonly msid: string;
  readonly region: string;
  readonly description: string | null;
  /** Undefined where Exchange Online is not backed up. */
  readonly exchangeOnline: ApplicationCredential | undefined;
  /** Undefined where SharePoint Online is not backed up. */
  readonly sharePointOnline: ApplicationCredential | undefined;
  readonly backupApplications: readonly BackupApplication[];
}

export interface OrganizationOptions {
  /** @default a new one */
  readonly id?: string;
  readonly name: string;
  /** @default `<name>.onmicrosoft.com` */
  readonly officeName?: string;
  /** Id of the tenant. */
  readonly tenantId: string;
  /** Veeam's name. @default 'Worldwide' */
  readonly region?: string;
  /** Client id of the Entra application of both services. */
  readonly applicationId: string;
  /** Client id for SharePoint Online where it differs. @default applicationId */
  readonly sharePointApplicationId?: string;
  /** What is backed up. @default both */
  readonly services?: readonly ('exchange' | 'sharepoint')[];
  /** What the product uses from the start. @default none */
  readonly certificate?: KeyAndCertificate;
  /** @default none */
  readonly backupApplications?: readonly {
    readonly applicationId: string;
    readonly displayName?: string;
    readonly certificate?: KeyAndCertificate;
  }[];
}

/** The organizations of the product, in the order in which they were added. */
export class Organizations {
  readonly #byId = new Map<string, Organization>();

  add(options: OrganizationOptions): Organization {
    const { name, tenantId, applicationId, sharePointApplicationId = applicationId, certificate } = options;
    const services = options.services ?? ['exchange', 'sharepoint'];
    const organization: Organization = {
      id: options.id ?? randomUUID(),
      name,
      officeName: options.officeName ?? `${name}.onmicrosoft.com`,
      msid: tenantId,
      region: options.region ?? 'Worldwide',
      description: null,
      exchangeOnline: services.includes('exchange') ? { applicationId, certificate } : undefined,
      sharePointOnline: services.includes('sharepoint')
        ? { applicationId: sharePointApplicationId, certificate }
        : undefined,
      backupApplications: (options.backupApplications ?? []).map((one) => ({
        applicationId: one.applicationId,
        displayName: one.displayName ?? `VB365 ${name} backup`,
        certificate: one.certificate,
      })),
    };
    this.#byId.set(organization.id, organization);
    return organization;
  }

  all(): readonly Organization[] {
    return [...this.#byId.values()];
  }

  /** @throws RestError 404 */
  get(id: string): Organization {
    const organization = this.#byId.get(id.toLowerCase());
    if (!organization) throw notFound(`Organization '${id}'`);
    return organization;
  }

  /** @throws RestError 404 */
  update(id: string, changes: Partial<Organization>): Organization {
    const changed = { ...this.get(id), ...changes };
    this.#byId.set(changed.id, changed);
    return changed;
  }
}

/** Everything that the product signs in with for an organization, each application and certificate once. */
export function credentialsOf({
  exchangeOnline,
  sharePointOnline,
  backupApplications,
}: Organization): ApplicationCredential[] {
  const all = [exchangeOnline, sharePointOnline, ...backupApplications].filter((one) => one !== undefined);
  const keyOf = ({ applicationId, certificate }: ApplicationCredential): string =>
    `${applicationId} ${certificate?.certificate.thumbprintSha256 ?? ''}`;
  return [...new Map(all.map((one) => [keyOf(one), one])).values()];
}
