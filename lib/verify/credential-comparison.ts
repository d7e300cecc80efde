import type { PublishedGeneration } from '../certificates/generation';
import type { LineageDeclaration } from '../config/lineages';
import type { KeystoreHistory, UnknownHistory } from '../keystore/history';
import type { SeenCredential } from './application';

/** The certificates that an application holds, and what they are compared with. */
export interface CredentialComparison {
  readonly declaration: LineageDeclaration;
  /** Of the keystore, oldest first. */
  readonly generations: readonly PublishedGeneration[];
  readonly seen: readonly SeenCredential[];
  /** Whether a stack has made the application. */
  readonly isOwned: boolean;
  readonly clientId: string;
  /** What Git knows of the keystore; asked only where a certificate is none of the lineage. */
  readonly history: () => KeystoreHistory | UnknownHistory;
  /** Now. */
  readonly at: Date;
}
