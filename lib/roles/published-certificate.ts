import type { Construct } from 'constructs';
import type { RoleId } from '../catalogue/roles';
import type { IEntraApplication } from '../entra/application';
import { KeyCredential } from '../entra/key-credential';
import { RoleCertificate, type RoleCertificateProps } from './role-certificate';

export interface PublishedCertificateProps extends RoleCertificateProps {
  /** The application that shall accept the certificates. */
  readonly application: IEntraApplication;
}

/**
 * A role whose certificate signs in to Entra: every generation is a key credential of its own, so that the superseded
 * one works until the product has switched.
 */
export abstract class PublishedCertificate extends RoleCertificate {
  protected constructor(scope: Construct, id: string, role: RoleId, props: PublishedCertificateProps) {
    super(scope, id, role, props);
    for (const { label, certificate } of props.lineage.generations) {
      new KeyCredential(this, label, { application: props.application, certificate });
    }
  }
}
