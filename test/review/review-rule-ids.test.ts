import { adjustableReviewRuleIds, fixedReviewRuleIds } from '../../lib/catalogue/review-rule-ids';
import { reviewRules } from '../../lib/review/rules/review-rules';

describe('the catalogue of rules about plans', () => {
  it('names every rule that there is, and no other', () => {
    const ids = (isAdjustable: boolean): string[] =>
      reviewRules.filter(({ adjustable }) => adjustable === isAdjustable).map(({ id }) => id);
    expect([...adjustableReviewRuleIds].sort()).toEqual(ids(true).sort());
    expect([...fixedReviewRuleIds].sort()).toEqual(ids(false).sort());
  });

  it('is in kebab case', () => {
    for (const id of [...adjustableReviewRuleIds, ...fixedReviewRuleIds]) expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
  });
});
