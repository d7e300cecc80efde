import type { ReviewSeverity } from '../catalogue/review-rules';

/** The worst first. */
export const SEVERITIES: readonly ReviewSeverity[] = ['block', 'warn', 'note'];

export function isLower(one: ReviewSeverity, other: ReviewSeverity): boolean {
  return SEVERITIES.indexOf(one) > SEVERITIES.indexOf(other);
}
