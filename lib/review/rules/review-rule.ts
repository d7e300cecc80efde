import type { ReviewRuleHead, ReviewRuleId } from '../../catalogue/review-rules';
import type { ReviewContext, StackPlan } from '../stack/stack-plan';

/** What a rule says when it fires. */
export interface ReviewComplaint {
  /** What it is about: a lineage, an application, an address of a resource. Never secret. */
  readonly subject: string;
  /** One lower-case sentence in Veeam's and Entra's words: what changes, for whom, and what comes of it. */
  readonly message: string;
  /** What to do about it, as an imperative. */
  readonly cure: string;
}

/** One complaint for each thing that a rule finds; none where there is nothing to say. A pure function. */
export type ReviewCheck = (stack: StackPlan, context: ReviewContext) => readonly ReviewComplaint[];

/** Something that a reviewer of a plan must be told. */
export interface ReviewRule extends ReviewRuleHead {
  /** Stable, kebab case: people write it into `vb365.yaml`. */
  readonly id: ReviewRuleId;
  /** Each complaint becomes a finding, with the severity that counts. */
  readonly check: ReviewCheck;
}
