import type { Certificate } from '../../../certificates/certificate';
import { formatInstant } from '../../../words/instant';
import type { CredentialContent } from '../../stack/credential';
import { addedCredentials } from '../../changes/added-credentials';
import { comingName } from '../../changes/credentials';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

/** Entra counts by its own dates; the certificate by its own. */
export function credentialDatesDiffer(stack: StackPlan, { at }: ReviewContext): ReviewComplaint[] {
  return addedCredentials(stack, at).flatMap(({ certificate, content, credential }) => {
    // What one that is replaced has said, is said of another certificate.
    const before = credential.effect === 'replace' ? undefined : credential.before;
    const differences = certificate === undefined ? [] : differencesOf(content, before, certificate);
    if (differences.length === 0) return [];
    return {
      subject: comingName(credential),
      message: `the key credential ${comingName(credential)} ${differences.join(' and ')}`,
      cure: 'give the dates of the certificate, as the constructs of this library do',
    };
  });
}

function differencesOf(
  { endDate, startDate }: CredentialContent,
  before: CredentialContent | undefined,
  { notAfter, notBefore }: Certificate,
): string[] {
  return [
    ...(isTakenAway(startDate, before?.startDate) ? ['no longer says when it starts'] : []),
    ...(isTakenAway(endDate, before?.endDate) ? ['no longer says when it ends'] : []),
    ...(isOther(startDate, notBefore)
      ? [`starts at ${startDate}, its certificate at ${formatInstant(notBefore)}`]
      : []),
    ...(isOther(endDate, notAfter) ? [`ends at ${endDate}, its certificate at ${formatInstant(notAfter)}`] : []),
  ];
}

function isTakenAway(date: string | undefined, before: string | undefined): boolean {
  return (date ?? '') === '' && (before ?? '') !== '';
}

function isOther(date: string | undefined, instant: Date): date is string {
  return date !== undefined && date !== '' && Date.parse(date) !== instant.getTime();
}
