import type { KeyObject } from 'node:crypto';
import type { Certificate } from '../certificates/certificate';
import type { PublishedGeneration } from '../certificates/generation';
import { writePfx } from '../certificates/pfx/write';
import { randomPassword } from '../system/random-password';
import { friendlyName } from '../catalogue/lineage-name';

/** A generation that shall be what the product signs in with. */
export interface RestCertificate {
  /** `contoso/entra-application` */
  readonly lineage: string;
  readonly generation: PublishedGeneration & {
    /** Issuers, the leaf's issuer first. */
    readonly chain: readonly Certificate[];
  };
  /** Opens the private key; called only where something is to be installed. */
  readonly openKey: () => Promise<KeyObject>;
}

/** A certificate as the REST API takes it. Secret, all but the thumbprint. */
export interface PackedCertificate {
  /** The PFX in base64. */
  readonly pfx: string;
  readonly password: string;
  readonly thumbprint: string;
}

/**
 * The certificate with its private key in a PFX, in memory only, under a password that is used once.
 *
 * @throws Vb365Error what opening the key and writing the PFX throw
 */
export async function packCertificate({ lineage, generation, openKey }: RestCertificate): Promise<PackedCertificate> {
  const { certificate, chain, label } = generation;
  const password = randomPassword();
  const content = writePfx({
    certificate,
    chain,
    privateKey: await openKey(),
    password,
    friendlyName: friendlyName('entra-application', lineage, label),
  });
  return { pfx: content.toString('base64'), password, thumbprint: certificate.thumbprint };
}
