import { Vb365Error } from '../errors';
import type { Finding } from '../findings';
import type { CertificateRuleInput } from './rules/certificate-rule';
import { certificateRules } from './rules/certificate-rules';

/** A certificate, what it is measured by, and what its findings are about. */
export interface JudgeOptions extends CertificateRuleInput {
  /** What the findings are about: a lineage or a file. */
  readonly subject: string;
}

/** What every rule has to say about a certificate, in the order of the rules; empty where nothing is wrong. */
export function judgeCertificate(options: JudgeOptions): Finding[] {
  const { subject, ...input } = options;
  return certificateRules.flatMap((rule) => {
    const complaint = rule.check(input);
    return complaint === undefined ? [] : [{ id: rule.id, severity: rule.severity, subject, ...complaint }];
  });
}

/**
 * The findings that nobody has accepted. What may not be accepted stays, even where a keystore says that it was.
 *
 * @param accepted ids of rules; an id that fits no finding does nothing.
 */
export function unacceptedFindings(findings: readonly Finding[], accepted: readonly string[]): Finding[] {
  return findings.filter(({ id }) => !(accepted.includes(id) && acceptableIds().includes(id)));
}

/**
 * Checks the ids that a person wants accepted.
 *
 * @throws Vb365Error `finding-unknown` where there is no rule of that id, `finding-not-acceptable` where what the rule
 * finds makes the certificate useless.
 */
export function checkAcceptedIds(ids: readonly string[]): void {
  for (const id of ids) {
    if (!certificateRules.some((rule) => rule.id === id)) {
      throw new Vb365Error('finding-unknown', {
        subject: id,
        message: `there is no finding "${id}" about certificates; those that can be accepted are ${acceptableIds().join(', ')}`,
        cure: 'accept one of these ids, as it stands in the finding',
      });
    }
    if (!acceptableIds().includes(id)) {
      throw new Vb365Error('finding-not-acceptable', {
        subject: id,
        message: `the finding "${id}" cannot be accepted; those that can are ${acceptableIds().join(', ')}`,
        cure: 'take another certificate: one with this finding would not work, or would not be safe',
      });
    }
  }
}

function acceptableIds(): string[] {
  return certificateRules.filter((rule) => rule.acceptable).map((rule) => rule.id);
}
