import { fullDays } from '../../words/days';
import { newValidity } from '../../certificates/issue';
import type { LineageDeclaration } from '../../config/lineages';
import type { ErrorCode } from '../../error-codes';
import type { Finding } from '../../findings';
import { formatInstant } from '../../words/instant';
import type { Generation, Keystore } from '../../keystore/keystore';
import { type AddedCertificate, newestAdded } from '../../keystore/newest-added';
import { generationLabel } from '../../catalogue/lineage-name';
import { importing, waitingFor } from '../cures';
import { judgeLineage } from '../judgement';
import { awaitingAnswer, replacingRequest } from '../import/awaiting-answer';
import { fullLineage } from './full-lineage';
import { heldBack } from './held-back';
import { missingFinding } from '../issue/missing';
import { isFinding, readWholeLineage } from '../read-whole-lineage';
import { renewalOf, renewalOnDemand, withWindow } from './renewal';
import { stateOf } from '../states';
import { sourceOf } from '../../config/certificate-sources';
import { damageOf, isCuredBy } from '../damage';

/** The date to plan for, and which certificates are due. */
export interface PlanRenewalsOptions {
  /** Now. */
  readonly at: Date;
  /** Days before the end at which a certificate is due. @default `renewBeforeDays` of each policy */
  readonly within?: number | undefined;
  /** Whether a person asks for successors of exactly these lineages, due or not. @default false */
  readonly onDemand?: boolean;
  /** Whether a person names the lineages: then a damaged one is renewed where that is its cure. @default false */
  readonly isNamed?: boolean;
}

/** A lineage that gets a successor. */
export interface PlannedRenewal {
  /** What the successor is issued from: its profile and its policy. */
  readonly declaration: LineageDeclaration;
  /** What the successor will be called, such as `0002`. */
  readonly label: string;
  /** Superseded generations that leave first, because there would be too many. */
  readonly leaving: readonly Generation[];
}

/** What `vb365 renew` does, and what it leaves to a person. */
export interface RenewalPlan {
  /** In the order of the declarations. */
  readonly renewals: readonly PlannedRenewal[];
  /** Lineages that get no successor here, each with what a person does instead. */
  readonly findings: readonly Finding[];
  /** What is wrong with lineages that are left alone until it is mended. */
  readonly damage: readonly Finding[];
}

/** A current certificate, and what its lineage is about. */
interface Current {
  readonly declaration: LineageDeclaration;
  readonly current: Generation;
  readonly at: Date;
}

/**
 * Looks at each lineage once, and decides what a run at a date does; nothing is changed.
 *
 * @throws Vb365Error `certificate-validity-invalid` where no certificate can say the validity of a successor
 */
export function planRenewals(
  declarations: readonly LineageDeclaration[],
  keystore: Keystore,
  options: PlanRenewalsOptions,
): RenewalPlan {
  const renewals: PlannedRenewal[] = [];
  const findings: Finding[] = [];
  const damage: Finding[] = [];
  const newest = newestAdded(keystore.folder, options.at);
  const withRequest = options.onDemand === true ? replacingRequest : awaitingAnswer;
  for (const declaration of declarations) {
    const wrong = damageOf(declaration, keystore);
    if (wrong.length > 0 && !(options.isNamed === true && isCuredBy(`vb365 renew ${declaration.name}`, wrong))) {
      damage.push(...wrong);
      continue;
    }
    const decision = decide(declaration, readWholeLineage(keystore, declaration.name), options, newest);
    if (decision === undefined) continue;
    if ('severity' in decision) findings.push(withRequest(decision, declaration.name, keystore.folder));
    else renewals.push(decision);
  }
  return { renewals, findings, damage };
}

/** @returns undefined where nothing is to be done */
function decide(
  declaration: LineageDeclaration,
  generations: readonly Generation[] | Finding,
  { at, within, onDemand = false }: PlanRenewalsOptions,
  newest: AddedCertificate | undefined,
): PlannedRenewal | Finding | undefined {
  const { policy } = declaration;
  if (isFinding(generations)) return generations;
  const current = generations.at(-1);
  if (current === undefined) return missingFinding(declaration);
  if (onDemand && !sourceOf(policy).isIssuedHere) return importOnDemand(declaration);
  const { state, findings } = judgeLineage({ declaration, generations }, at);
  const unfit = state === 'unfit' ? findings.find(({ severity }) => severity === 'error') : undefined;
  const isAsked = onDemand || unfit !== undefined;
  const renewal = isAsked
    ? renewalOnDemand(generations, policy, at, newest?.added)
    : renewalOf(generations, withWindow(policy, within), at, newest?.added);
  if (renewal.kind === 'fresh') return complainOfFuture({ declaration, current, at });
  if (!sourceOf(policy).isIssuedHere && unfit !== undefined) return unfit;
  if (!sourceOf(policy).isIssuedHere) return importDue({ declaration, current, at });
  if (renewal.kind === 'full' && renewal.needed !== undefined && newest !== undefined) {
    return heldBack(renewal.needed, newest, at);
  }
  if (renewal.kind === 'full') return fullLineage(declaration, generations, isAsked ? 'renewal-on-demand' : 'renewal');
  const { notAfter } = newValidity({ at, validityDays: policy.validityDays });
  // A clock that runs behind would make a useless certificate current. One that runs right may well end a validity earlier:
  // after a leak, where validityDays was lowered, or the leaked one was made elsewhere.
  // Where the current one is not valid yet, a wrong clock made it, and a person says so by naming the lineage and the date.
  const isClockBehind = at < (current.added ?? current.certificate.notBefore) && at >= current.certificate.notBefore;
  if (isClockBehind && notAfter < current.certificate.notAfter) {
    return complainOfEnd({ declaration, current, at }, notAfter);
  }
  return { declaration, label: generationLabel(current.number + 1), leaving: renewal.leaving };
}

function complainOfFuture({ declaration, current, at }: Current): Finding | undefined {
  const { certificate, label } = current;
  if (stateOf(certificate, declaration.policy.renewBeforeDays, at) !== 'not-yet-valid') return undefined;
  return {
    id: 'certificate-not-yet-valid',
    severity: 'warning',
    subject: `${declaration.name} ${label}`,
    message: `it becomes valid at ${formatInstant(certificate.notBefore)}, in ${fullDays(at, certificate.notBefore)}: it is left alone`,
    cure: waitingFor(declaration, at),
  };
}

function complainOfEnd({ declaration, current, at }: Current, end: Date): Finding {
  const { notAfter } = current.certificate;
  const id: ErrorCode = 'successor-ends-earlier';
  return {
    id,
    severity: 'error',
    subject: `${declaration.name} ${current.label}`,
    message: `it is ${formatInstant(at)}, which is before the current certificate was added, and a successor would end at ${formatInstant(end)}, before that one does (${formatInstant(notAfter)}): it gets no successor`,
    cure: 'check --at, and the clock of this machine',
  };
}

function importOnDemand({ name }: LineageDeclaration): Finding {
  const id: ErrorCode = 'lineage-imported';
  return {
    id,
    severity: 'warning',
    subject: name,
    message: `the certificates of ${name} are imported, as the configuration says: it gets no successor here`,
    cure: importing(name),
  };
}

function importDue({ declaration, current, at }: Current): Finding {
  const { certificate, label } = current;
  const { notAfter } = certificate;
  const hasExpired = stateOf(certificate, declaration.policy.renewBeforeDays, at) === 'expired';
  const due: ErrorCode = 'certificate-renewal-due';
  const when = hasExpired
    ? `it expired at ${formatInstant(notAfter)}, ${fullDays(notAfter, at)} ago`
    : `it expires at ${formatInstant(notAfter)}, in ${fullDays(at, notAfter)}`;
  return {
    id: hasExpired ? 'certificate-expired' : due,
    severity: hasExpired ? 'error' : 'warning',
    subject: `${declaration.name} ${label}`,
    message: `${when}, and its successor has to be imported, as the configuration says`,
    cure: importing(declaration.name),
  };
}
