import { adjustableReviewRuleIds, fixedReviewRuleIds } from '../../../lib/catalogue/review-rule-ids';
import { reviewRules } from '../../../lib/review/rules/review-rules';

describe('reviewRules', () => {
  it('has a rule for each id that vb365.yaml knows, and no other', () => {
    const idsOf = (adjustable: boolean): string[] =>
      reviewRules.filter((rule) => rule.adjustable === adjustable).map(({ id }) => id);

    expect(idsOf(true).sort()).toEqual([...adjustableReviewRuleIds].sort());
    expect(idsOf(false).sort()).toEqual([...fixedReviewRuleIds].sort());
  });

  it.each(reviewRules.map((rule) => [rule.id, rule] as const))('documents %s', (id, rule) => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(rule.sentence).toMatch(/^[a-zT].*[^.]$/);
    expect(rule.source).toMatch(/^https:\/\/|vb365\.yaml$/);
  });
});
