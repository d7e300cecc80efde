import type { Generation } from '../../keystore/keystore';
import type { InstallationPlan } from '../installation-plan';

/** A certificate that goes into a bundle. */
export interface BundledCertificate {
  /** Decides the folder, and whether the script or the README installs it. */
  readonly plan: InstallationPlan;
  /** What the PFX holds; it need not be the current one. */
  readonly generation: Generation;
  /** Secret: protected by the password of the bundle, and still not for everybody. */
  readonly pfx: Buffer;
  /** Thumbprints of all generations of the lineage. */
  readonly thumbprints: readonly string[];
}

/** What is carried to one machine. */
export interface MachineBundle {
  /** Its host name, or Veeam Data Cloud. */
  readonly machine: string;
  /** Installed there, with their keys. */
  readonly certificates: BundledCertificate[];
  /** Installed elsewhere, and trusted there: public. */
  readonly trusted: BundledCertificate[];
}

/** `primary-rest-api-0001.pfx` */
export function pfxName({ lineage, label }: Generation): string {
  return `${lineage.replace('/', '-')}-${label}.pfx`;
}

/** The public certificate, where a separate machine has to trust it. */
export function cerName(generation: Generation): string {
  return pfxName(generation).replace(/pfx$/, 'cer');
}
