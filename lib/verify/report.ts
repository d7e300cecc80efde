import type { RoleId } from '../catalogue/roles';
import type { ErrorCode } from '../error-codes';
import type { Vb365Error } from '../errors';
import type { Finding } from '../findings';

/**
 * `sign-in`: to Entra, with the current certificate. `application`: what Entra keeps of the application. `consent`: what it has
 * granted to it. `tls`: what a host serves. `rest`: what the server says over REST which certificate it uses. `server`: what
 * only PowerShell on the server shows. `keystore`: whether the certificate is what the configuration asks for; told only where
 * it is not.
 */
export type CheckKind = 'sign-in' | 'application' | 'consent' | 'tls' | 'rest' | 'server' | 'keystore';

/**
 * `ok`: as it should be. `differs`: looked, and something has to be done. `failed`: what was to be looked at did not answer, or
 * could not be asked. `not-known`: it decides whether all is well, and nobody who was asked may tell. `not-looked-at`: there is
 * no way from here, and `detail` says why.
 */
export type CheckResult = 'ok' | 'differs' | 'failed' | 'not-known' | 'not-looked-at';

/** One look at a real system. */
export interface Check {
  /** What was asked. */
  readonly kind: CheckKind;
  /** Host and port, the client id, or a cmdlet; null where it is not known. */
  readonly where: string | null;
  /** `ok` also where all that was found is advice. */
  readonly result: CheckResult;
  /** What was seen, or why nothing was, in a clause. Never secret. */
  readonly detail: string;
  /** Empty where it is `not-looked-at`, and where another check says why it is `not-known`. */
  readonly findings: readonly Finding[];
}

/** All looks at what uses one lineage; the shape of `vb365 verify --json`. */
export interface VerifiedLineage {
  /** `contoso/entra-application` */
  readonly lineage: string;
  /** The part of `lineage` before the slash. */
  readonly owner: string;
  /** `entra-application` also for a backup application. */
  readonly role: RoleId;
  /** Four digits; null where the keystore has no certificate of it. */
  readonly generation: string | null;
  /** SHA-1, upper-case hex. */
  readonly thumbprint: string | null;
  /** Those of Entra first, then those of the product. */
  readonly checks: readonly Check[];
}

/** A finding of a check: its id is an error code, and its subject the lineage. */
export type Complaint = Omit<Finding, 'id'> & { readonly id: ErrorCode | 'certificate-expired' };

/** A check by what it complains of: advice alone does not make it differ. */
export function looked(
  { detail, kind, where }: Pick<Check, 'kind' | 'where' | 'detail'>,
  findings: readonly Complaint[],
  otherwise: 'differs' | 'failed' | 'not-known' = 'differs',
): Check {
  const isWell = findings.every(({ severity }) => severity === 'advice');
  return { kind, where, result: isWell ? 'ok' : otherwise, detail, findings };
}

/** What was to be looked at could not be, for the reason that an error gives. */
export function failedCheck(kind: CheckKind, where: string | null, lineage: string, error: Vb365Error): Check {
  const { code: id, message, cure } = error;
  const finding: Complaint = { id, severity: 'error', subject: lineage, message, cure };
  // The table says where in a column of its own.
  const detail = where !== null && message.startsWith(`${where} `) ? message.slice(where.length + 1) : message;
  return { kind, where, result: 'failed', detail, findings: [finding] };
}

export function notLookedAt(kind: CheckKind, where: string | null, detail: string): Check {
  return { kind, where, result: 'not-looked-at', detail, findings: [] };
}

/** Whether somebody has to do something. */
export function needsCure({ checks }: VerifiedLineage): boolean {
  return checks.some(({ result }) => result === 'differs' || result === 'failed');
}

/** Whether nothing wrong was found, and not everything that decides could be read. */
export function isNotKnown(verified: VerifiedLineage): boolean {
  return !needsCure(verified) && verified.checks.some(({ result }) => result === 'not-known');
}

/** Whether nothing that uses it could be looked at from here. */
export function isUnseen({ checks }: VerifiedLineage): boolean {
  return checks.every(({ result }) => result === 'not-looked-at');
}

/** What replication, a deployment that is under way, or a service that restarts mends. */
const MENDED_BY_TIME: ReadonlySet<string> = new Set<ErrorCode>([
  'verify-unreachable',
  'verify-sign-in-refused',
  'verify-application-missing',
  'credential-missing',
  'credential-retired',
  'redirect-uri-unregistered',
  'permission-not-requested',
  'consent-missing',
  'public-client-flows-off',
  'served-without-tls',
  'served-certificate-superseded',
  'served-certificate-unknown',
  'rest-unreachable',
  'rest-unavailable',
  'rest-certificate-superseded',
  'rest-certificate-unknown',
]);

/** Whether another look may find more: what waiting does not mend is not asked for again. */
export function mayBecomeWell(verified: VerifiedLineage): boolean {
  const grave = verified.checks.flatMap(({ findings }) => findings).filter(({ severity }) => severity !== 'advice');
  return needsCure(verified) && grave.some(({ id }) => MENDED_BY_TIME.has(id));
}

const NOT_ANSWERED: ReadonlySet<string> = new Set(['verify-unreachable', 'rest-unreachable', 'rest-unavailable']);

/** Whether no system that was asked has answered: then nothing is known, good or bad. */
export function nothingAnswered(verified: readonly VerifiedLineage[]): boolean {
  const asked = verified.flatMap(({ checks }) => checks).filter(({ result }) => !result.startsWith('not-'));
  return asked.length > 0 && asked.every(({ findings }) => findings.some(({ id }) => NOT_ANSWERED.has(id)));
}
