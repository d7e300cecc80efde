import type { IConstruct } from 'constructs';

/** An Entra application as far as publishing certificates on it needs it: one of another library will do. */
export interface IEntraApplicationRef extends IConstruct {
  /** What the provider calls the application's id: `/applications/<object id>`. */
  readonly applicationId: string;
  /** What the ids of its key credentials are made from, beside their thumbprints: it never changes. @default its path */
  readonly keyIdPath?: string;
}
