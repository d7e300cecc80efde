import type { ReviewConfiguration } from '../../lib/config/configuration';
import { worstOf } from '../../lib/review/review-stack';
import type { ReviewContext } from '../../lib/review/stack/stack-plan';
import { rawPlan, recordedContext, reviewRaw } from './recorded-plan';

/** As if `vb365.yaml` gave rules another severity. */
function withRules(name: string, rules: ReviewConfiguration['rules']): ReviewContext {
  const context = recordedContext(name);
  if (context.configuration === undefined) throw new Error(`${name} has no configuration`);
  return { ...context, configuration: { ...context.configuration, review: { rules } } };
}

describe('reviewStack', () => {
  it('judges by the severities of the rules, and gives no reason', () => {
    const { verdict, findings } = reviewRaw(rawPlan('region-changed'), 'region-changed');
    expect(verdict).toBe('block');
    const finding = findings.find(({ id }) => id === 'region-changed');
    expect(finding?.severity).toBe('block');
    expect(finding).not.toHaveProperty('reason');
  });

  it('judges by the severities of the configuration, with their reason', () => {
    const rules = { 'region-changed': { severity: 'note', reason: 'Microsoft moved the tenant' } } as const;
    const { findings } = reviewRaw(rawPlan('region-changed'), 'region-changed', withRules('region-changed', rules));
    expect(findings.find(({ id }) => id === 'region-changed')).toMatchObject(rules['region-changed']);
  });

  it('takes its verdict from what the configuration makes of the findings, the worst first', () => {
    const before = reviewRaw(rawPlan('region-changed'), 'region-changed');
    const rules = Object.fromEntries(
      before.findings.map(({ id }) => [id, { severity: 'note', reason: 'known' } as const]),
    );
    const { verdict, findings } = reviewRaw(
      rawPlan('region-changed'),
      'region-changed',
      withRules('region-changed', rules),
    );
    expect(findings).toHaveLength(before.findings.length);
    expect(verdict).toBe('note');

    const worse = { drift: { severity: 'block', reason: 'we change nothing by hand' } } as const;
    const drifted = reviewRaw(rawPlan('drifted'), 'drifted', withRules('drifted', worse));
    expect(drifted.verdict).toBe('block');
    expect(drifted.findings[0]).toMatchObject({ id: 'drift', ...worse.drift });
  });

  it('never listens where the rule says so, whoever made the configuration', () => {
    const rules = { 'plan-errored': { severity: 'note', reason: 'never mind' } } as const;
    const plan = { ...rawPlan('nothing-changed'), errored: true };
    const { findings } = reviewRaw(plan, 'nothing-changed', withRules('nothing-changed', rules));
    const finding = findings.find(({ id }) => id === 'plan-errored');
    expect(finding?.severity).toBe('block');
    expect(finding).not.toHaveProperty('reason');
  });

  it('finds the worst of several verdicts', () => {
    expect(worstOf(['clean', 'note', 'block', 'warn'])).toBe('block');
    expect(worstOf(['clean', 'warn', 'note'])).toBe('warn');
    expect(worstOf([])).toBe('clean');
  });
});
