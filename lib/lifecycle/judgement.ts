import { judgeCertificate, unacceptedFindings } from '../certificates/judge';
import { certificateProfile } from '../certificates/profile';
import type { LineageDeclaration } from '../config/lineages';
import { sourceOf } from '../config/certificate-sources';
import { type Finding, hasErrors } from '../findings';
import type { Generation } from '../keystore/keystore';
import { importing } from './cures';
import type { ReadLineage } from './read-generations';
import { type GenerationState, stateOf } from './states';

/** Where a lineage stands at a date: what every command says of it. */
export interface LineageJudgement extends ReadLineage {
  /** Of its current certificate; of the lineage where it has none. */
  readonly state: Exclude<GenerationState, 'superseded'>;
  /**
   * What the rules say about the current certificate that nobody has accepted: an error is why it does not fit. What the
   * calendar says stands in the state, and what is damaged among the findings of the keystore.
   */
  readonly findings: readonly Finding[];
}

/** Rules about the calendar: the state says it, and commands tell what to do. */
const SAID_BY_STATE: ReadonlySet<string> = new Set([
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-short-validity',
]);

/**
 * Judges a lineage at a date: its current certificate against what the configuration asks for now. It may have been fit when it
 * was taken in, and the configuration or the calendar has moved on.
 *
 * What this version would issue otherwise is no reason: only names, key, role and validity that the configuration asks for are.
 * Superseded generations are on their way out, and not judged.
 *
 * @param damaged owners and lineages about whose files the keystore has an error: `damagedIn` gives them. @default none
 */
export function judgeLineage(
  { declaration, generations }: ReadLineage,
  at: Date,
  damaged: ReadonlySet<string> = new Set(),
): LineageJudgement {
  const current = generations.at(-1);
  const findings = current === undefined ? [] : judgeFit(declaration, current, at);
  const isDamaged = damaged.has(declaration.name) || damaged.has(declaration.owner);
  const calendar = current && stateOf(current.certificate, declaration.policy.renewBeforeDays, at);
  const isInForce = calendar === 'valid' || calendar === 'renew';
  const state = isDamaged ? 'damaged' : isInForce && hasErrors(findings) ? 'unfit' : (calendar ?? 'missing');
  return { declaration, generations, state, findings };
}

/** What a person should know of a certificate that is deployed, exported or installed all the same: that it does not fit. */
export function warnAboutUnfit({ state, findings }: LineageJudgement): Finding[] {
  if (state !== 'unfit') return [];
  return findings.flatMap((finding) => (finding.severity === 'error' ? [{ ...finding, severity: 'warning' }] : []));
}

/** The owners and lineages that errors about the keystore are about. */
export function damagedIn(findings: readonly Finding[]): ReadonlySet<string> {
  const errors = findings.filter(({ severity }) => severity === 'error');
  return new Set(errors.map(({ subject }) => subject.split('/').slice(0, 2).join('/')));
}

/** Without what a person accepted when it was taken in. */
function judgeFit(declaration: LineageDeclaration, { accepted, certificate, label }: Generation, at: Date): Finding[] {
  const { name, policy, profile, role } = declaration;
  const findings = judgeCertificate({
    certificate,
    profile: certificateProfile(role, profile),
    at,
    minimumKeySize: policy.keySize,
    subject: `${name} ${label}`,
  });
  return unacceptedFindings(findings, accepted)
    .filter(({ id }) => !SAID_BY_STATE.has(id))
    .map((finding) =>
      finding.severity === 'error' ? { ...finding, cure: fitting(declaration, certificate.isSelfSigned) } : finding,
    );
}

/** The cure of a certificate that does not fit. */
function fitting({ name, policy }: LineageDeclaration, isSelfSigned: boolean): string {
  const { isIssuedHere, successor } = sourceOf(policy);
  const otherwise = 'or correct vb365.yaml, where that says what nobody wants';
  if (isIssuedHere) return `run "${successor(name)}", ${otherwise}`;
  if (isSelfSigned) return `${importing(name)}, ${otherwise}`;
  return `run "vb365 request ${name}", and import what your certification authority answers; ${otherwise}`;
}
