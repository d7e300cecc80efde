import {
  adjustableReviewRuleIds,
  reviewRuleHeads,
  type ReviewRuleId,
  type ReviewSeverity,
} from '../../../catalogue/review-rules';
import type { Configuration } from '../../../config/configuration';
import { isLower } from '../../severity';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

/** Without a protected branch, nothing can be lower. */
export function severityLowered(_: StackPlan, { base, configuration }: ReviewContext): ReviewComplaint[] {
  if (base === undefined || configuration === undefined) return [];
  return adjustableReviewRuleIds.flatMap((id) => {
    const [was, willBe] = [severityIn(base.configuration, id), severityIn(configuration, id)];
    if (!isLower(willBe, was)) return [];
    return {
      subject: id,
      message: `vb365.yaml makes ${id} a ${willBe}, and that of the protected branch a ${was}, which is what counts here`,
      cure: `let the change of review.rules in vb365.yaml land on its own first, or set severity-lowered lower there`,
    };
  });
}

function severityIn(configuration: Configuration | undefined, id: ReviewRuleId): ReviewSeverity {
  return configuration?.review.rules[id]?.severity ?? reviewRuleHeads[id].severity;
}
