import type { ReviewRuleId } from '../../catalogue/review-rule-ids';
import type { ReviewContext, StackPlan } from '../stack/stack-plan';

/** `block`: must not be applied as it is. `warn`: a person must have understood it. `note`: worth knowing. */
export type ReviewSeverity = 'block' | 'warn' | 'note';

/** What a rule says when it fires. */
export interface ReviewComplaint {
  /** What it is about: a lineage, an application, an address of a resource. Never secret. */
  readonly subject: string;
  /** One lower-case sentence in Veeam's and Entra's words: what changes, for whom, and what comes of it. */
  readonly message: string;
  /** What to do about it, as an imperative. */
  readonly cure: string;
}

/** Something that a reviewer of a plan must be told: a pure function, with what the documentation says about it. */
export interface ReviewRule {
  /** Stable, kebab case: people write it into `vb365.yaml`. */
  readonly id: ReviewRuleId;
  readonly severity: ReviewSeverity;
  /** Whether `vb365.yaml` may give it another severity; not where what it finds makes a review worthless, or leaks a secret. */
  readonly adjustable: boolean;
  /** One lower-case sentence for the documentation: what is found, and what comes of it. */
  readonly sentence: string;
  /** Where the rule comes from. */
  readonly source: string;
  /** One complaint for each thing that it finds; none where there is nothing to say. */
  check(stack: StackPlan, context: ReviewContext): readonly ReviewComplaint[];
}
