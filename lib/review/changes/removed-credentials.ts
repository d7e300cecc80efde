import type { Certificate } from '../../certificates/certificate';
import { defaultPolicy } from '../../config/policy';
import { retirable } from '../../lifecycle/renew/retirement';
import { effectiveValidity, type PlannedCredential, signsIn } from '../stack/credential';
import { type ApplicationCredentials, credentialsByApplication, outputThumbprints } from './credentials';
import { remembered } from './remembered';

/** A superseded key credential that leaves before its time. */
export interface EarlyRemoval {
  readonly credential: PlannedCredential;
  /** The next one that stays. */
  readonly successor: Certificate;
  /** Whether the successor comes with the same apply. */
  readonly isNew: boolean;
  readonly retireAfterDays: number;
}

/** One that leaves while another one of the same certificate stays, so that nothing changes for whoever has its key. */
export interface RepeatedRemoval {
  readonly credential: PlannedCredential;
  readonly staying: PlannedCredential;
}

/** What is wrong with the key credentials that a plan takes away: each of them stands in one of the lists at most. */
export interface Removals {
  /** Those that the product uses. */
  readonly current: readonly PlannedCredential[];
  /** By application: those that work, where none that does is left. */
  readonly lastValid: readonly ApplicationCredentials[];
  readonly early: readonly EarlyRemoval[];
  readonly repeated: readonly RepeatedRemoval[];
}

export const judgeRemovals = remembered((stack, at): Removals => {
  const inUse = new Set([...outputThumbprints(stack.plan, 'before'), ...outputThumbprints(stack.plan, 'after')]);
  const isCurrent = ({ before }: PlannedCredential): boolean =>
    before?.kept?.current === true || inUse.has(before?.certificate?.thumbprint ?? '');
  const groups = credentialsByApplication(stack);
  const lostOf = (group: ApplicationCredentials): PlannedCredential[] => {
    const staying = stayingThumbprints(group);
    return group.removed.filter(
      (one) => (isCurrent(one) || isNewest(one, group)) && !staying.has(one.before?.certificate?.thumbprintSha256),
    );
  };
  const current = groups.flatMap(lostOf);
  const harmless = groups.filter((group) => lostOf(group).length === 0);
  const lastValid = harmless.map((group) => lastValidOf(group, at)).filter(({ removed }) => removed.length > 0);
  const told = new Set(lastValid.map(({ remaining }) => remaining));
  const early = harmless.filter(({ remaining }) => !told.has(remaining)).flatMap((group) => earlyOf(group, at));
  return { current, lastValid, early, repeated: groups.flatMap((group) => repeatedOf(group, at)) };
});

/** Whose certificate another one holds that stays, and that has not expired. */
function repeatedOf({ remaining, removed }: ApplicationCredentials, at: Date): RepeatedRemoval[] {
  return removed.flatMap((credential) => {
    const thumbprint = credential.before?.certificate?.thumbprintSha256;
    const staying = remaining.filter(wasThere).find(({ after, address }) => {
      const notAfter = after && effectiveValidity(after)?.notAfter;
      // What an earlier apply has left behind has the same address: it goes, and the credential stays.
      const isAnother = address !== credential.address && after?.certificate?.thumbprintSha256 === thumbprint;
      return isAnother && notAfter !== undefined && at.getTime() <= notAfter.getTime();
    });
    return staying === undefined || thumbprint === undefined ? [] : [{ credential, staying }];
  });
}

/** Our addresses bear the number of the generation: `…contoso_entra-application_0002_certificate_1A2B3C4D`. */
const NUMBERED = /^(.+)_(\d{4})_certificate_[0-9A-F]{8}$/;

/**
 * Whether it bears a higher number than all that stay of its lineage: the current generation is the newest, whatever the
 * keystore still has. Where both of its files are gone, nothing else tells.
 */
function isNewest({ address }: PlannedCredential, { remaining }: ApplicationCredentials): boolean {
  const [, lineage, label = ''] = NUMBERED.exec(address) ?? [];
  const labels = remaining
    .filter(wasThere)
    .map((one) => NUMBERED.exec(one.address) ?? [])
    .filter(([, other]) => lineage !== undefined && other === lineage)
    .map(([, , other = '']) => other);
  return labels.length > 0 && labels.every((other) => other < label);
}

function lastValidOf(group: ApplicationCredentials, at: Date): ApplicationCredentials {
  const isLeft = group.remaining.some((credential) => wasThere(credential) && signsIn(credential.after, at));
  return { ...group, removed: isLeft ? [] : group.removed.filter(({ before }) => signsIn(before, at)) };
}

/** What the same apply adds is no successor yet: the product cannot have switched to it. */
function wasThere({ after, before, effect }: PlannedCredential): boolean {
  if (effect === 'forget' || effect === 'none') return true;
  return effect === 'update' && before?.certificate?.thumbprintSha256 === after?.certificate?.thumbprintSha256;
}

/** Thumbprints of what stays: what an earlier apply has left behind may hold the same certificate as the live credential. */
function stayingThumbprints({ remaining }: ApplicationCredentials): ReadonlySet<string | undefined> {
  return new Set(remaining.filter(wasThere).map(({ after }) => after?.certificate?.thumbprintSha256));
}

function earlyOf(group: ApplicationCredentials, at: Date): EarlyRemoval[] {
  const { remaining, removed } = group;
  const staying = stayingThumbprints(group);
  // Entra has no lineages: the next one is the oldest of those that are younger.
  const byAge = remaining
    .flatMap((one) => {
      const { certificate, kept } = one.after ?? {};
      return certificate === undefined ? [] : [{ certificate, kept, isNew: !wasThere(one) }];
    })
    .sort((one, other) => startOf(one.certificate) - startOf(other.certificate));
  return removed.flatMap((credential) => {
    const certificate = credential.before?.certificate;
    if (certificate === undefined || staying.has(certificate.thumbprintSha256)) return [];
    const successor = byAge.find((content) => startOf(content.certificate) >= startOf(certificate));
    if (successor === undefined) return [];
    const { retireAfterDays } = successor.kept?.declaration.policy ?? defaultPolicy;
    const dated = { certificate: successor.certificate, added: successor.kept?.generation.added };
    const mayLeave = retirable([{ certificate }, dated], retireAfterDays, at).length > 0;
    if (mayLeave && !(successor.isNew && signsIn(credential.before, at))) return [];
    return [{ credential, successor: successor.certificate, isNew: successor.isNew, retireAfterDays }];
  });
}

function startOf({ notBefore }: Certificate): number {
  return notBefore.getTime();
}
