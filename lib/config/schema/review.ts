import { z } from 'zod';
import { adjustableReviewRuleIds, fixedReviewRuleIds } from '../../catalogue/review-rules';
import { type IssueParameters, text } from './fields';
import { parseReason } from './values';

const ruleSeverity = z
  .strictObject({
    severity: z
      .enum(['block', 'warn', 'note'])
      .describe('block: must not be applied as it is. warn: a person must have understood it. note: worth knowing.'),
    reason: text(parseReason).describe('Why, in one line of 200 characters at most. The review shows it.'),
  })
  .meta({ id: 'ruleSeverity', description: 'Another severity for a rule about plans, and why.' });

const adjustable = adjustableReviewRuleIds.map((id) => [id, ruleSeverity.optional()] as const);
const fixed = fixedReviewRuleIds.map((id) => [id, notAdjustable(id)] as const);

export const reviewSchema = z.strictObject({
  rules: z
    .strictObject({ ...Object.fromEntries(adjustable), ...Object.fromEntries(fixed) })
    .optional()
    .describe('Severities that differ from those of the rules.'),
});

export type ReviewInput = z.output<typeof reviewSchema>;

/** Known, so that a person learns why the key may not stand here; editors are told that no value fits. */
function notAdjustable(id: string): z.ZodType<undefined> {
  const params: IssueParameters = {
    id: 'review-rule-fixed',
    cure: 'remove the rule from review, and mend what it finds',
    place: 'key',
  };
  const message = `the severity of ${id} cannot be changed: what it finds makes a review worthless, or leaks a secret`;
  return z
    .unknown()
    .transform((_, context): undefined => {
      context.addIssue({ code: 'custom', message, params: { ...params } });
    })
    .meta({ not: {} })
    .optional();
}
