import { reviewRules } from '../../../lib/review/rules/review-rules';

describe('reviewRules', () => {
  it.each(reviewRules.map((rule) => [rule.id, rule] as const))('documents %s', (id, rule) => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(rule.sentence).toMatch(/^[a-zT].*[^.]$/);
    expect(rule.source).toMatch(/^https:\/\/|vb365\.yaml$/);
  });
});
