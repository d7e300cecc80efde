import type { PublishedGeneration } from '../certificates/generation';
import type { LineageDeclaration } from '../config/lineages';
import { formatInstant } from '../words/instant';
import { succeeding } from '../lifecycle/cures';
import { oldestRetirableFrom } from '../lifecycle/renew/retirement';
import type { SeenCredential } from './application';
import type { CredentialComparison } from './credential-comparison';
import type { Complaint } from './report';
import { judgeUnkept } from './unkept-credentials';

/**
 * What is to be said of the certificates that an application holds: the current one must be there with its own dates, a
 * superseded one may be, and any other is foreign or was retired.
 */
export function judgeCredentials(comparison: CredentialComparison): Complaint[] {
  const { declaration, generations, seen } = comparison;
  const missing = generations.at(-1);
  const isHeld = seen.some(({ thumbprint }) => thumbprint === missing?.certificate.thumbprint);
  return [
    ...(missing === undefined || isHeld ? [] : [credentialMissing(declaration, missing)]),
    ...distinct(seen.flatMap((credential) => judgeOne(credential, comparison))),
    ...generations.flatMap((generation) => judgeRepeated(generation, comparison)),
    ...judgeUnkept(
      seen.filter((credential) => indexOf(credential, comparison) < 0),
      comparison,
    ),
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
  const index = indexOf(credential, comparison);
  const generation = generations[index];
  if (generation === undefined) return [];
  const differing = datesDiffer(credential, generation, comparison);
  return index === generations.length - 1 ? differing : [superseded(generation, index, comparison), ...differing];
}

/** -1 where it is none of the lineage. */
function indexOf({ thumbprint }: SeenCredential, { generations }: CredentialComparison): number {
  return generations.findIndex(({ certificate }) => certificate.thumbprint === thumbprint);
}

/** One that is held twice is told once. */
function distinct(complaints: readonly Complaint[]): Complaint[] {
  return [...new Map(complaints.map((complaint) => [complaint.message, complaint])).values()];
}

/** One under the key id of a stack, and one that somebody had put there before: retiring takes the former away alone. */
function judgeRepeated(
  { certificate, label }: PublishedGeneration,
  { declaration, seen }: CredentialComparison,
): Complaint[] {
  const keyIds = seen.filter(({ thumbprint }) => thumbprint === certificate.thumbprint).map(({ keyId }) => keyId);
  if (keyIds.length < 2) return [];
  return [
    {
      id: 'credential-repeated',
      severity: 'advice',
      subject: declaration.name,
      message: `the application holds ${label} (${certificate.thumbprint}) under ${keyIds.length} key ids: ${keyIds.map((id) => id ?? 'one that Entra does not show').join(', ')}`,
      cure: `once it is retired and deployed, run "vb365 verify ${declaration.name}" again: it names what is left, and how to remove it`,
    },
  ];
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
