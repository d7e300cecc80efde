import { shown } from '../words/shown';
import type { PublishedGeneration } from '../certificates/generation';
import type { LineageDeclaration } from '../config/lineages';
import { formatInstant } from '../words/instant';
import { succeeding } from '../lifecycle/attention';
import { oldestRetirableFrom } from '../lifecycle/renew/retirement';
import type { SeenCredential } from './application';
import type { Complaint } from './report';

export interface CredentialComparison {
  readonly declaration: LineageDeclaration;
  /** Of the keystore, oldest first. */
  readonly generations: readonly PublishedGeneration[];
  readonly seen: readonly SeenCredential[];
  /** Whether a stack has made the application. */
  readonly isOwned: boolean;
  /** Now. */
  readonly at: Date;
}

/**
 * What is to be said of the certificates that an application holds: the current one must be there with its own dates, a
 * superseded one may be, and any other is foreign.
 */
export function judgeCredentials(comparison: CredentialComparison): Complaint[] {
  const { declaration, generations, seen } = comparison;
  const missing = generations.at(-1);
  const isHeld = seen.some(({ thumbprint }) => thumbprint === missing?.certificate.thumbprint);
  return [
    ...(missing === undefined || isHeld ? [] : [credentialMissing(declaration, missing)]),
    ...seen.flatMap((credential) => judgeOne(credential, comparison)),
  ];
}

/** Whether the current certificate can still be used, whatever Entra says. */
export function judgeCurrent(declaration: LineageDeclaration, current: PublishedGeneration, at: Date): Complaint[] {
  const { notAfter, thumbprint } = current.certificate;
  if (at.getTime() <= notAfter.getTime()) return [];
  const { name, owner, policy } = declaration;
  const renewing = succeeding(name, policy);
  return [
    {
      id: 'certificate-expired',
      severity: 'error',
      subject: name,
      message: `the current certificate ${current.label} (${thumbprint}) expired at ${formatInstant(notAfter)}`,
      cure: `${renewing}, then "npx cdktf deploy ${owner}", and install it`,
    },
  ];
}

function judgeOne(credential: SeenCredential, comparison: CredentialComparison): Complaint[] {
  const { generations } = comparison;
  const index = generations.findIndex(({ certificate }) => certificate.thumbprint === credential.thumbprint);
  const generation = generations[index];
  if (generation === undefined) return [foreign(credential, comparison)];
  const differing = datesDiffer(credential, generation, comparison);
  return index === generations.length - 1 ? differing : [superseded(generation, index, comparison), ...differing];
}

function credentialMissing(
  { name, owner }: LineageDeclaration,
  { label, certificate }: PublishedGeneration,
): Complaint {
  return {
    id: 'credential-missing',
    severity: 'error',
    subject: name,
    message: `the application does not hold the current certificate ${label} (${certificate.thumbprint})`,
    cure: `run "npx cdktf deploy ${owner}", which publishes it`,
  };
}

function superseded(generation: PublishedGeneration, index: number, comparison: CredentialComparison): Complaint {
  const { at, declaration, generations } = comparison;
  const from = oldestRetirableFrom(generations.slice(index), declaration.policy.retireAfterDays);
  const isDue = from !== undefined && from.getTime() <= at.getTime();
  const when = from === undefined ? '' : `, which may be retired ${isDue ? 'since' : 'from'} ${formatInstant(from)}`;
  return {
    id: 'credential-superseded',
    severity: 'advice',
    subject: declaration.name,
    message: `the application still holds the superseded certificate ${generation.label} (${generation.certificate.thumbprint})${when}`,
    cure: isDue
      ? `run "vb365 retire" once nothing uses it, then "npx cdktf deploy ${declaration.owner}"`
      : 'nothing yet: it bridges the time until everything has switched',
  };
}

/** In an application that a stack has made, a foreign certificate is a second way in. */
function foreign(credential: SeenCredential, { at, declaration, isOwned }: CredentialComparison): Complaint {
  const { thumbprint, displayName, end } = credential;
  const hasExpired = at.getTime() > end.getTime();
  const name = displayName === '' ? '' : ` named ${shown(displayName)}`;
  return {
    id: 'credential-foreign',
    severity: isOwned && !hasExpired ? 'warning' : 'advice',
    subject: declaration.name,
    message: `the application holds ${thumbprint ?? 'a certificate without a thumbprint'}${name}, which is not in the keystore and ${hasExpired ? 'expired at' : 'is valid to'} ${formatInstant(end)}`,
    cure: hasExpired
      ? 'remove it in Entra: Certificates & secrets of the application'
      : `find out who uses it; then remove it in Entra, or take it in with "vb365 import ${declaration.name} <file>"`,
  };
}

function datesDiffer(
  { start, end }: SeenCredential,
  { certificate, label }: PublishedGeneration,
  { declaration }: CredentialComparison,
): Complaint[] {
  const [there, here] = [fromTo(start, end), fromTo(certificate.notBefore, certificate.notAfter)];
  if (there === here) return [];
  return [
    {
      id: 'credential-dates-differ',
      severity: 'warning',
      subject: declaration.name,
      message: `Entra takes ${label} from ${there}, and the certificate is valid from ${here}`,
      cure: `run "npx cdktf deploy ${declaration.owner}"; where somebody uploaded it by hand, remove it in Entra first`,
    },
  ];
}

function fromTo(start: Date, end: Date): string {
  return `${formatInstant(start)} to ${formatInstant(end)}`;
}
