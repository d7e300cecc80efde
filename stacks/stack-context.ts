import type { CertificateLineage } from '../lib/certificates/generation';
import type { BackendConfiguration } from '../lib/config/configuration';

/** What every stack is given beside its owner. */
export interface StackContext {
  /** `{stack}` in it becomes the id of each stack. */
  readonly backend: BackendConfiguration;
  /** The public half of the keystore: the lineage of that name, without generations where none has been issued. */
  readonly lineage: (name: string) => CertificateLineage;
}
