import { fullDays } from '../certificates/days';
import type { LineageDeclaration } from '../config/lineages';
import type { ErrorCode } from '../error-codes';
import type { Finding } from '../findings';
import { formatInstant } from '../instant';
import type { Generation, Keystore } from '../keystore/keystore';
import { generationLabel } from '../keystore/lineage-name';
import { missingFinding } from './missing';
import { isFinding, readWholeLineage } from './read-whole-lineage';
import { MOST_GENERATIONS, renewalOf, withWindow } from './renewal';
import { oldestRetirableFrom } from './retirement';
import { stateOf } from './status';

export interface PlanRenewalsOptions {
  /** Now. */
  readonly at: Date;
  /** Days before the end at which a certificate is due. @default `renewBeforeDays` of each policy */
  readonly within?: number | undefined;
}

/** A lineage that gets a successor. */
export interface PlannedRenewal {
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
  readonly findings: readonly Finding[];
}

/** A current certificate, and what its lineage is about. */
interface Current {
  readonly declaration: LineageDeclaration;
  readonly current: Generation;
  readonly at: Date;
}

/** Looks at each lineage once, and decides what a run at a date does; nothing is changed. */
export function planRenewals(
  declarations: readonly LineageDeclaration[],
  keystore: Keystore,
  { at, within }: PlanRenewalsOptions,
): RenewalPlan {
  const renewals: PlannedRenewal[] = [];
  const findings: Finding[] = [];
  for (const declaration of declarations) {
    const { policy } = declaration;
    const generations = readWholeLineage(keystore, declaration.name);
    if (isFinding(generations)) {
      findings.push(generations);
      continue;
    }
    const current = generations.at(-1);
    if (current === undefined) {
      findings.push(missingFinding(declaration));
      continue;
    }
    const renewal = renewalOf(generations, withWindow(policy, within), at);
    if (renewal.kind === 'fresh') findings.push(...complainOfFuture({ declaration, current, at }));
    else if (policy.source === 'imported') findings.push(importDue({ declaration, current, at }));
    else if (renewal.kind === 'full') findings.push(fullLineage(declaration, generations));
    else renewals.push({ declaration, label: generationLabel(current.number + 1), leaving: renewal.leaving });
  }
  return { renewals, findings };
}

function complainOfFuture({ declaration, current, at }: Current): Finding[] {
  const { certificate, label } = current;
  if (stateOf(certificate, declaration.policy.renewBeforeDays, at) !== 'not-yet-valid') return [];
  return [
    {
      id: 'certificate-not-yet-valid',
      severity: 'warning',
      subject: `${declaration.name} ${label}`,
      message: `it becomes valid at ${formatInstant(certificate.notBefore)}, in ${fullDays(at, certificate.notBefore)}: it is left alone`,
      cure: 'wait until then, and check the clock of this machine',
    },
  ];
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
    cure: `get a new certificate, and run "vb365 import ${declaration.name} <file>"`,
  };
}

/** Where imports have made it more than three, those before the last three have to leave too. */
function fullLineage({ name, policy }: LineageDeclaration, generations: readonly Generation[]): Finding {
  const id: ErrorCode = 'lineage-full';
  const last = generations.slice(-MOST_GENERATIONS);
  const from = oldestRetirableFrom(last, policy.retireAfterDays);
  const overlap = `that of ${last[0]?.label ?? ''} ends ${from === undefined ? 'later' : `at ${formatInstant(from)}`}`;
  return {
    id,
    severity: 'warning',
    subject: name,
    message: `${name} is due, and has ${generations.length} published generations inside their overlap, of which ${overlap}: it gets no successor this time`,
    cure: `run "vb365 renew" again after that, or "vb365 retire --confirmed ${name}" once generation ${last.at(-1)?.label ?? ''} is in use everywhere`,
  };
}
