import { judgeCertificate, unacceptedFindings } from '../certificates/judge';
import { certificateProfile } from '../certificates/profile';
import type { LineageDeclaration } from '../config/lineages';
import type { Finding } from '../findings';
import type { Generation } from '../keystore/keystore';

/**
 * What the rules say, at a date, about the current certificate of a lineage: it may have been fit when it was taken in, and
 * the configuration or the calendar has moved on. What a person accepted then is left out; superseded generations are
 * on their way out, and not judged.
 */
export function judgeKept(declaration: LineageDeclaration, current: Generation, at: Date): Finding[] {
  const findings = judgeCertificate({
    certificate: current.certificate,
    profile: certificateProfile(declaration.role, declaration.profile),
    at,
    minimumValidityDays: declaration.policy.renewBeforeDays,
    subject: `${declaration.name} ${current.label}`,
  });
  return unacceptedFindings(findings, current.accepted);
}
