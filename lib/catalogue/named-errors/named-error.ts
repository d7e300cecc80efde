import type { Step } from '../sign-in-errors/sign-in-error';

/** An error that a name or a sentence tells, rather than a code of Entra's sign-in. */
export interface NamedError {
  /** As the text has it; what it is called beside codes. */
  readonly name: string;
  /** Global. */
  readonly pattern: RegExp;
  /** What it means, as a clause. */
  readonly meaning: string;
  /** Likely first. */
  readonly causes: readonly string[];
  /** `<owner>`, `<installation>` and `<lineage>` stand for what only the text or the configuration tells. */
  readonly steps: readonly Step[];
  readonly source: string;
}
