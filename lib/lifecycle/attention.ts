import { readKeystoreText } from '../system/read-file';
import { fullDays } from '../words/days';
import { derOf, firstPemBlock } from '../asn1/pem';
import { roles } from '../catalogue/roles';
import { looksAsIssued } from '../certificates/looks-as-issued';
import { readDerValidity, type Validity } from '../certificates/x509/validity';
import type { LineageDeclaration } from '../config/lineages';
import type { ErrorCode } from '../error-codes';
import type { Finding } from '../findings';
import { formatInstant } from '../words/instant';
import type { Generation } from '../keystore/keystore';
import { importing, succeeding, waitingFor } from './cures';
import type { KeptLineage } from './issue/missing';
import { type GenerationState, stateOf } from './states';
import { sourceOf } from '../config/certificate-sources';

type Reason = Pick<Finding, 'id' | 'message' | 'cure'>;

/** What a glance at deployed certificates tells. */
interface Glance {
  /** One warning for each lineage whose current certificate is expired, not yet valid, or inside its renewal window. */
  readonly findings: readonly Finding[];
  /** Lineages whose current certificate only `judgeLineage` can tell to be what the configuration asks for. */
  readonly doubtful: readonly LineageDeclaration[];
}

/**
 * What a person should know about certificates that are deployed all the same. What is damaged is told elsewhere, and not
 * deployed.
 *
 * It stands before every deployment, so it glances only.
 */
export function glanceAtKept(kept: readonly KeptLineage[], at: Date): Glance {
  const findings: Finding[] = [];
  const doubtful: LineageDeclaration[] = [];
  for (const { declaration, files } of kept) {
    const der = derIn(files);
    const reason = der && reasonOf(declaration, der, at);
    if (reason !== undefined) {
      findings.push({ ...reason, severity: 'warning', subject: `${declaration.name} ${files.label}` });
    }
    const { extendedKeyUsages } = roles[declaration.role];
    const { keySize } = declaration.policy;
    if (der !== undefined && !looksAsIssued(der, { keySize, extendedKeyUsages, hosts: declaration.profile.hosts })) {
      doubtful.push(declaration);
    }
  }
  return { findings, doubtful };
}

/** What a person should know about a certificate that is taken to where it shall be used: that it does not work there. */
export function warnAboutExported(
  { name, policy }: LineageDeclaration,
  { certificate, label, isSuperseded }: Pick<Generation, 'certificate' | 'label'> & { readonly isSuperseded: boolean },
  at: Date,
): Finding[] {
  const { notBefore, notAfter } = certificate;
  const warning = { severity: 'warning', subject: `${name} ${label}` } as const;
  const state = stateOf(certificate, policy.renewBeforeDays, at);
  if (state === 'expired') {
    const successor = `${succeeding(name, policy)} and export that`;
    const cure = isSuperseded ? 'leave out --generation, which exports the current one' : successor;
    const message = `it expired at ${formatInstant(notAfter)}, ${fullDays(notAfter, at)} ago: nothing takes it any more`;
    return [{ ...warning, id: 'certificate-expired', message, cure }];
  }
  if (state !== 'not-yet-valid') return [];
  const message = `it becomes valid at ${formatInstant(notBefore)}, in ${fullDays(at, notBefore)}: nothing takes it until then`;
  const cure = waitingFor({ name, policy }, at);
  return [{ ...warning, id: 'certificate-not-yet-valid', message, cure }];
}

function derIn({ certificateFile = '' }: KeptLineage['files']): Buffer | undefined {
  try {
    const block = firstPemBlock(readKeystoreText(certificateFile), 'CERTIFICATE');
    return block && derOf(block);
  } catch {
    // Another command may have moved the file since the folder was listed.
    return undefined;
  }
}

function reasonOf(declaration: LineageDeclaration, der: Buffer, at: Date): Reason | undefined {
  const validity = readDerValidity(der);
  if (validity === undefined) return undefined;
  const state = stateOf(validity, declaration.policy.renewBeforeDays, at);
  const reason = REASONS[state]?.(validity, at);
  const cure = state === 'not-yet-valid' ? waitingFor(declaration, at) : successorOf(declaration);
  return reason && { ...reason, cure };
}

/** For a certificate that is due: the command that renews all such. */
function successorOf({ name, policy }: LineageDeclaration): string {
  return sourceOf(policy).isIssuedHere ? `run "${sourceOf(policy).successors(name)}"` : importing(name);
}

const REASONS: Readonly<
  Partial<Record<GenerationState, (validity: Validity, at: Date) => Pick<Reason, 'id' | 'message'>>>
> = {
  expired: ({ notAfter }, at) => ({
    id: 'certificate-expired',
    message: `it expired at ${formatInstant(notAfter)}, ${fullDays(notAfter, at)} ago: it is deployed all the same, and does not work`,
  }),
  'not-yet-valid': ({ notBefore }, at) => ({
    id: 'certificate-not-yet-valid',
    message: `it becomes valid at ${formatInstant(notBefore)}, in ${fullDays(at, notBefore)}: it is deployed all the same, and does not work until then`,
  }),
  renew: ({ notAfter }, at) => ({
    id: 'certificate-renewal-due' satisfies ErrorCode,
    message: `it expires at ${formatInstant(notAfter)}, in ${fullDays(at, notAfter)}, which is inside its renewal window`,
  }),
};
