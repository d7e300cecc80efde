import type { Certificate } from './certificate';

/** One certificate of a lineage: what the keystore lists, and what the constructs publish. */
export interface PublishedGeneration {
  /** Four digits, counted from `0001`: a Terraform address bears them. */
  readonly label: string;
  /** The public half; the keystore holds the private key in another file, sealed. */
  readonly certificate: Certificate;
}

/** The line of certificates that serve one role of one owner, oldest first; the last is current. */
export interface CertificateLineage {
  /** `contoso/entra-application` */
  readonly name: string;
  /** Each label once, ascending; empty where nothing has been issued yet. */
  readonly generations: readonly PublishedGeneration[];
}
