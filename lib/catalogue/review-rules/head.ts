/** `block`: must not be applied as it is. `warn`: a person must have understood it. `note`: worth knowing. */
export type ReviewSeverity = 'block' | 'warn' | 'note';

/** What is said of a rule about plans; what it finds is said by its check, in `lib/review/rules`. */
export interface ReviewRuleHead {
  /** What counts where `vb365.yaml` gives the rule no other. */
  readonly severity: ReviewSeverity;
  /** Whether `vb365.yaml` may give it another severity; not where what it finds makes a review worthless, or leaks a secret. */
  readonly adjustable: boolean;
  /** One lower-case sentence for the documentation: what is found, and what comes of it. */
  readonly sentence: string;
  /** Where the rule comes from. */
  readonly source: string;
}
