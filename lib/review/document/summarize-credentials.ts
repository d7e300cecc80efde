import type { Certificate } from '../../certificates/certificate';
import { DAY } from '../../words/days';
import { formatInstant } from '../../words/instant';
import { groupBy } from '../../words/lists';
import { isGone } from './change-rows';
import type { CredentialContent, PlannedCredential } from '../stack/credential';
import type { CredentialSummary } from './document';
import type { StackPlan } from '../stack/stack-plan';

/** One certificate of an application, with what becomes of it. */
interface Published {
  readonly credential: PlannedCredential;
  readonly content: CredentialContent;
  readonly change: CredentialSummary['change'];
}

/** Every certificate of the applications of a stack: by application, and in the order in which they begin. */
export function summarizeCredentials({ credentials }: StackPlan, at: Date): CredentialSummary[] {
  const byApplication = groupBy(credentials, ({ holder }) => holder);
  return [...byApplication.values()].flatMap((own) => {
    const inOrder = own.flatMap(publishedOf).sort((one, other) => beginOf(one) - beginOf(other));
    return inOrder.map((published, index) => summarize(published, inOrder[index + 1], at));
  });
}

/** One that takes another one's place at the same address stands beside it. */
function publishedOf(credential: PlannedCredential): Published[] {
  const { after, before, effect } = credential;
  const of = (content: CredentialContent | undefined, change: CredentialSummary['change']): Published[] =>
    content === undefined ? [] : [{ credential, content, change }];
  const isSame = before?.certificate?.thumbprintSha256 === after?.certificate?.thumbprintSha256;
  switch (effect) {
    case 'create':
      return of(after, 'added');
    case 'destroy':
      return of(before, 'removed');
    case 'forget':
      return of(before, 'forgotten');
    case 'replace':
      return isSame ? of(before ?? after, 'replaced') : [...of(before, 'replaced'), ...of(after, 'replacement')];
    case 'update':
      return isSame ? of(after, 'changed') : [...of(before, 'replaced'), ...of(after, 'replacement')];
    case 'none':
    case 'read':
      return of(after, 'kept');
  }
}

function summarize(
  { change, content, credential }: Published,
  next: Published | undefined,
  at: Date,
): CredentialSummary {
  const { certificate, kept } = content;
  const [, lineage, generation] = /^(.*?)(?: (\d{4,}))?$/.exec(content.name ?? '') ?? [];
  return {
    address: credential.address,
    application: credential.application?.displayName ?? null,
    change,
    lineage: lineage === undefined || lineage === '' ? null : lineage,
    generation: generation ?? null,
    current: kept?.current ?? null,
    thumbprint: certificate?.thumbprint ?? null,
    validFrom: certificate ? formatInstant(certificate.notBefore) : null,
    validTo: certificate ? formatInstant(certificate.notAfter) : null,
    daysLeft: certificate ? daysBetween(at, certificate.notAfter) : null,
    overlapDays: overlap(certificate, next?.content.certificate, isGone(change) ? at : undefined),
  };
}

/** @param until when the certificate is taken away before its end */
function overlap(certificate: Certificate | undefined, next: Certificate | undefined, until?: Date): number | null {
  if (certificate === undefined || next === undefined) return null;
  const begin = new Date(Math.max(certificate.notBefore.getTime(), next.notBefore.getTime()));
  const ends = [certificate.notAfter, next.notAfter, ...(until === undefined ? [] : [until])];
  const end = new Date(Math.min(...ends.map((date) => date.getTime())));
  return Math.max(0, daysBetween(begin, end));
}

function daysBetween(from: Date, to: Date): number {
  return Math.floor((to.getTime() - from.getTime()) / DAY);
}

/** One that cannot be read comes last. */
function beginOf({ content }: Published): number {
  return content.certificate?.notBefore.getTime() ?? Number.MAX_SAFE_INTEGER;
}
