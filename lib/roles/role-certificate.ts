import { Construct } from 'constructs';
import { type Role, type RoleId, roles } from '../catalogue/roles';
import type { CertificateLineage, PublishedGeneration } from '../certificates/generation';
import { ObjectOutput } from '../entra/object-output';
import { requireProps } from '../entra/props';
import { formatInstant } from '../words/instant';
import { checkLineage, type LineageSegment } from './check-lineage';

/** Where the certificates of a role come from. */
export interface RoleCertificateProps {
  /** The certificates of this role, oldest first; the last is the one that the product shall use. */
  readonly lineage: CertificateLineage;
}

/**
 * What all roles share: the current certificate, an output that names it, and the check that there is one.
 *
 * A lineage without a certificate fails the synthesis, not the constructor, so that every missing one is named at once.
 */
export abstract class RoleCertificate extends Construct {
  /** Entry of `roles`; `entra-application` also for a backup application. */
  readonly role: Role;
  /** As it was given. */
  readonly lineage: CertificateLineage;

  protected constructor(
    scope: Construct,
    id: string,
    role: RoleId,
    props: RoleCertificateProps,
    segment: LineageSegment = role,
  ) {
    super(scope, id);
    requireProps(this.node.path, props, 'lineage');
    checkLineage(this, props.lineage, segment);
    this.role = roles[role];
    this.lineage = props.lineage;

    const { current } = this;
    if (current === undefined) {
      const missing = `${this.lineage.name} has no certificate; cure: run "vb365 issue", or "vb365 import ${this.lineage.name} <file>"`;
      this.node.addValidation({ validate: () => [missing] });
      return;
    }
    new ObjectOutput(this, 'current', {
      description: `${this.role.name} that the product shall use`,
      value: () => ({ lineage: this.lineage.name, generation: current.label, ...describe(current) }),
    });
  }

  /** The certificate that the product shall use; undefined where none has been issued. */
  get current(): PublishedGeneration | undefined {
    return this.lineage.generations.at(-1);
  }
}

/** Public facts by which a person recognizes a certificate in Windows, Veeam and Entra. */
export function describe({ certificate }: PublishedGeneration): { thumbprint: string; expires: string } {
  return { thumbprint: certificate.thumbprint, expires: formatInstant(certificate.notAfter) };
}
