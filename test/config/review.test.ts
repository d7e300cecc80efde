import { adjustableReviewRuleIds, fixedReviewRuleIds } from '../../lib/catalogue/review-rules';
import { configurationJsonSchema } from '../../lib/config/schema/json-schema';
import { readConfiguration } from '../../lib/config/read-configuration';
import { errorOf, findingsOf, removeFiles, writeFiles } from './write-files';

const RULE = 'application-permission-consented';

afterEach(removeFiles);

/** Severities of rules, from line 3, column 5. */
function withRules(...lines: readonly string[]): string {
  return writeFiles({ 'vb365.yaml': `review:\n  rules:\n${lines.map((line) => `    ${line}\n`).join('')}` });
}

describe('review of vb365.yaml', () => {
  it('gives rules another severity, with a reason', () => {
    const file = withRules(
      `region-changed: { severity: warn, reason: moved with Microsoft's help }`,
      `${RULE}:`,
      '  severity: note',
      '  reason: >',
      '    granted once a year',
      '    by the directory team',
    );
    expect(readConfiguration(file).review).toEqual({
      rules: {
        [RULE]: { severity: 'note', reason: 'granted once a year by the directory team' },
        'region-changed': { severity: 'warn', reason: "moved with Microsoft's help" },
      },
    });
  });

  it.each(['review: {}\n', 'review: { rules: {} }\n', '{}\n'])('changes nothing with %j', (text) => {
    expect(readConfiguration(writeFiles({ 'vb365.yaml': text })).review).toEqual({ rules: {} });
  });

  it.each(adjustableReviewRuleIds)('knows the rule %s', (id) => {
    const rule = { severity: 'block', reason: 'so we decided' };
    const file = withRules(`${id}: { severity: block, reason: so we decided }`);
    expect(readConfiguration(file).review.rules).toEqual({ [id]: rule });
  });

  it('takes a reason of 200 characters', () => {
    const reason = 'r'.repeat(200);
    expect(readConfiguration(withRules(`drift: { severity: note, reason: ${reason} }`)).review.rules.drift).toEqual({
      severity: 'note',
      reason,
    });
  });

  it('points to the rule that there is not, says which was meant and lists those there are', () => {
    const file = withRules(
      'drift: { severity: warn, reason: known }',
      'credential-replacd: { severity: warn, reason: why }',
    );
    expect(findingsOf(file)).toEqual(['4:5 configuration-key-unknown review.rules.credential-replacd']);
    const [finding] = errorOf(file).findings;
    expect(finding?.cure).toBe('write credential-replaced, if you mean that');
    for (const id of adjustableReviewRuleIds) expect(finding?.message).toContain(id);
    for (const id of fixedReviewRuleIds) expect(finding?.message).not.toContain(id);
  });

  it.each(['__proto__', 'constructor', 'toString'])('knows no rule %s', (id) => {
    const file = withRules(`${id}: { severity: warn, reason: why }`);
    expect(findingsOf(file)).toEqual([`3:5 configuration-key-unknown review.rules.${id}`]);
  });

  it.each(fixedReviewRuleIds.flatMap((id) => [`${id}: { severity: note, reason: why }`, `${id}:`]))(
    'refuses %s',
    (line) => {
      const [id] = line.split(':');
      const file = withRules(line);
      expect(findingsOf(file)).toEqual([`3:5 review-rule-fixed review.rules.${id}`]);
      expect(errorOf(file).findings[0]?.message).toContain(`the severity of ${id} cannot be changed`);
    },
  );

  it.each([
    ['{ severity: note }', '3:12 configuration-key-missing review.rules.drift.reason'],
    ['{ reason: why }', '3:12 configuration-key-missing review.rules.drift.severity'],
    ['{ severity: error, reason: why }', '3:24 configuration-value review.rules.drift.severity'],
    ['{ severity: note, reason: 1 }', '3:38 configuration-type review.rules.drift.reason'],
    ['{ severity: note, reason: "" }', '3:38 review-reason-invalid review.rules.drift.reason'],
    ['{ severity: note, reason: "  " }', '3:38 review-reason-invalid review.rules.drift.reason'],
    ['{ severity: note, reason: "one\\nother" }', '3:38 review-reason-invalid review.rules.drift.reason'],
    ['{ severity: note, reason: "a\\u202eb" }', '3:38 review-reason-invalid review.rules.drift.reason'],
    ['{ severity: note, reason: "\\e[31m" }', '3:38 review-reason-invalid review.rules.drift.reason'],
    [`{ severity: note, reason: ${'r'.repeat(201)} }`, '3:38 review-reason-invalid review.rules.drift.reason'],
    ['{ severity: note, reason: why, until: 2027 }', '3:43 configuration-key-unknown review.rules.drift.until'],
    ['note', '3:12 configuration-type review.rules.drift'],
  ])('refuses %s', (value, finding) => {
    expect(findingsOf(withRules(`drift: ${value}`))).toEqual([finding]);
  });

  it('says which keys a rule takes', () => {
    const [finding] = errorOf(withRules('drift: { severity: note, reason: why, raeson: because }')).findings;
    expect(finding).toMatchObject({
      message: '"raeson" is not known here; allowed: severity, reason',
      cure: 'write reason, if you mean that',
    });
  });

  it('belongs into the main file alone', () => {
    const file = writeFiles({
      'vb365.yaml': 'include: [more.yaml]\n',
      'more.yaml': 'organizations: []\nreview: { rules: {} }\n',
    });
    expect(findingsOf(file)).toEqual(['2:1 configuration-key-unknown review']);
  });

  it('is complete in the JSON Schema, so that an editor offers the rules', () => {
    const schema = configurationJsonSchema();
    const entries = adjustableReviewRuleIds.map((id) => [id, { $ref: '#/$defs/ruleSeverity' }]);
    expect(schema).toMatchObject({
      properties: {
        review: { properties: { rules: { properties: Object.fromEntries(entries), additionalProperties: false } } },
      },
      $defs: { ruleSeverity: { required: ['severity', 'reason'], additionalProperties: false } },
    });
    for (const id of fixedReviewRuleIds)
      expect(schema).toHaveProperty(['properties', 'review', 'properties', 'rules', 'properties', id], { not: {} });
  });
});
