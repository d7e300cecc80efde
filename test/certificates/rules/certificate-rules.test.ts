import { certificateRules } from '../../../lib/certificates/rules/certificate-rules';

describe('certificateRules', () => {
  it('has an id for each rule, all different', () => {
    const ids = certificateRules.map((rule) => rule.id);

    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(certificateRules.map((rule) => [rule.id, rule] as const))('documents %s', (id, rule) => {
    expect(id).toMatch(/^certificate(-[a-z0-9]+)+$/);
    expect(rule.sentence).toMatch(/^[a-z].*[^.]$/);
    expect(rule.source).not.toBe('');
  });

  it('lets a person accept these and no others', () => {
    expect(certificateRules.filter((rule) => rule.acceptable).map((rule) => rule.id)).toEqual([
      'certificate-key-below-policy',
      'certificate-sha1-self-signature',
      'certificate-short-validity',
      'certificate-name-mismatch',
      'certificate-no-alternative-names',
      'certificate-usage-mismatch',
      'certificate-authority-as-leaf',
    ]);
  });
});
