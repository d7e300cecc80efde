import type { Construct } from 'constructs';
import type { RoleId } from '../catalogue/roles';
import type { IEntraApplicationRef } from '../entra/application-ref';
import { KeyCredential } from '../entra/key-credential';
import { requireProps } from '../entra/props';
import { Vb365Error } from '../errors';
import type { LineageSegment } from './check-lineage';
import { RoleCertificate, type RoleCertificateProps } from './role-certificate';

/** A lineage, and the application that gets each of its generations as a key credential. */
export interface PublishedCertificateProps extends RoleCertificateProps {
  /** The application that shall accept the certificates. */
  readonly application: IEntraApplicationRef;
}

/** Names of the lineages of each application. */
const published = new WeakMap<IEntraApplicationRef, Set<string>>();

/**
 * A role whose certificate signs in to Entra: every generation is a key credential of its own, so that the superseded
 * one works until the product has switched.
 */
abstract class PublishedCertificate extends RoleCertificate {
  protected constructor(
    scope: Construct,
    id: string,
    role: RoleId,
    props: PublishedCertificateProps,
    segment?: LineageSegment,
  ) {
    super(scope, id, role, props, segment);
    requireProps(this.node.path, props, 'application');
    this.#claim(props);
    for (const { label, certificate } of props.lineage.generations) {
      new KeyCredential(this, label, { application: props.application, certificate });
    }
  }

  /** Entra would refuse the second credential with the same key id, when it is too late. */
  #claim({ application, lineage }: PublishedCertificateProps): void {
    const claimed = published.get(application) ?? new Set();
    if (claimed.has(lineage.name)) {
      throw new Vb365Error('lineage-published-twice', {
        subject: this.node.path,
        message: `${lineage.name} is published on ${application.node.path} already`,
        cure: 'leave one of the two constructs out',
      });
    }
    published.set(application, claimed.add(lineage.name));
  }
}

/**
 * The Microsoft Entra application certificate: how Veeam Backup for Microsoft 365 signs in to an organization.
 *
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import { App, TerraformStack } from 'cdktf';
 * import { Certificate, EntraApplication, EntraApplicationCertificate } from 'cdktf-vb365';
 *
 * const stack = new TerraformStack(new App(), 'contoso');
 * const application = new EntraApplication(stack, 'application', { displayName: 'VB365 contoso' });
 * const read = (label: string) => ({
 *   label,
 *   certificate: Certificate.fromPem(readFileSync(`contoso-${label}.crt`, 'utf8')),
 * });
 * // Both sign in until the older one is left out.
 * new EntraApplicationCertificate(stack, 'certificate', {
 *   application,
 *   lineage: { name: 'contoso/entra-application', generations: [read('0001'), read('0002')] },
 * });
 * ```
 */
export class EntraApplicationCertificate extends PublishedCertificate {
  constructor(scope: Construct, id: string, props: PublishedCertificateProps) {
    super(scope, id, 'entra-application', props);
  }
}

/** The Microsoft Entra application certificate of an auxiliary backup application. */
export class BackupApplicationCertificate extends PublishedCertificate {
  constructor(scope: Construct, id: string, props: PublishedCertificateProps) {
    super(scope, id, 'entra-application', props, 'backup-application');
  }
}

/** The Restore Portal certificate: how Restore Portal signs in to its Entra application. */
export class RestorePortalCertificate extends PublishedCertificate {
  constructor(scope: Construct, id: string, props: PublishedCertificateProps) {
    super(scope, id, 'restore-portal', props);
  }
}

/** The certificate of Veeam Data Cloud: how Veeam’s cloud signs in to an organization. It is uploaded by hand. */
export class DataCloudCertificate extends PublishedCertificate {
  constructor(scope: Construct, id: string, props: PublishedCertificateProps) {
    super(scope, id, 'data-cloud', props);
  }
}
