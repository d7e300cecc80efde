import type { ReviewSeverity } from '../catalogue/review-rules';
import type { ReviewComplaint, ReviewRule } from './rules/review-rule';
import { reviewRules } from './rules/review-rules';
import { isLower, SEVERITIES } from './severity';
import type { ReviewContext, StackPlan } from './stack/stack-plan';

/** What a rule found, with the severity that counts. */
export interface ReviewFinding extends ReviewComplaint {
  /** Of the rule. */
  readonly id: string;
  /** The configuration's where the rule is adjustable and it has one, else the rule's. */
  readonly severity: ReviewSeverity;
  /** Of the rule itself: the configuration, which sets another one, may be a part of what is reviewed. */
  readonly ruleSeverity: ReviewSeverity;
  /** Why the configuration gives the rule another severity than its own; undefined where it does not. */
  readonly reason?: string;
}

/** `block`, `warn`, `note`: the worst that was found; `clean`: nothing. */
export type Verdict = ReviewSeverity | 'clean';

/** A plan, and what the rules find in it. */
export interface StackReview {
  /** The plan as the rules saw it. */
  readonly stack: StackPlan;
  /** Severity of the first finding; `clean` where there is none. */
  readonly verdict: Verdict;
  /** The worst first. */
  readonly findings: readonly ReviewFinding[];
}

/** Judges a plan by every rule, with the severities that the configuration sets. */
export function reviewStack(stack: StackPlan, context: ReviewContext): StackReview {
  const found = reviewRules.flatMap((rule) => {
    const severity = severityOf(rule, context);
    return rule.check(stack, context).map((complaint) => ({
      ...{ id: rule.id, ruleSeverity: rule.severity },
      ...severity,
      ...complaint,
    }));
  });
  const findings = SEVERITIES.flatMap((severity) => found.filter((finding) => finding.severity === severity));
  return { stack, verdict: findings[0]?.severity ?? 'clean', findings };
}

/** Whether the configuration makes less of it than the rule does. */
export function isSetLower({ ruleSeverity, severity }: Pick<ReviewFinding, 'ruleSeverity' | 'severity'>): boolean {
  return isLower(severity, ruleSeverity);
}

/** The worst of several. */
export function worstOf(verdicts: readonly Verdict[]): Verdict {
  return SEVERITIES.find((severity) => verdicts.includes(severity)) ?? 'clean';
}

/**
 * What the configuration says of the rule, where it says something and may. That of the protected branch, where there is one:
 * a change must not decide by what it is judged.
 */
function severityOf(
  rule: ReviewRule,
  { base, configuration }: ReviewContext,
): Pick<ReviewFinding, 'severity' | 'reason'> {
  const own = { severity: rule.severity };
  const counting = base === undefined ? configuration : base.configuration;
  return rule.adjustable ? (counting?.review.rules[rule.id] ?? own) : own;
}
