import type { ReviewSeverity } from '../catalogue/review-rules';
import type { ReviewComplaint, ReviewRule } from './rules/review-rule';
import { reviewRules } from './rules/review-rules';
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

const ORDER: readonly ReviewSeverity[] = ['block', 'warn', 'note'];

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
  const findings = ORDER.flatMap((severity) => found.filter((finding) => finding.severity === severity));
  return { stack, verdict: findings[0]?.severity ?? 'clean', findings };
}

/** Whether the configuration makes less of it than the rule does. */
export function isSetLower({ ruleSeverity, severity }: Pick<ReviewFinding, 'ruleSeverity' | 'severity'>): boolean {
  return ORDER.indexOf(severity) > ORDER.indexOf(ruleSeverity);
}

/** The worst of several. */
export function worstOf(verdicts: readonly Verdict[]): Verdict {
  return ORDER.find((severity) => verdicts.includes(severity)) ?? 'clean';
}

/** What the configuration says of the rule, where it says something and may. */
function severityOf(rule: ReviewRule, { configuration }: ReviewContext): Pick<ReviewFinding, 'severity' | 'reason'> {
  const own = { severity: rule.severity };
  return rule.adjustable ? (configuration?.review.rules[rule.id] ?? own) : own;
}
