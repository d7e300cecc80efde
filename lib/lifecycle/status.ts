import type { RoleId } from '../catalogue/roles';
import type { UsageScenarioId } from '../catalogue/usage-scenarios';
import { DAY } from '../words/days';
import type { LineageDeclaration } from '../config/lineages';
import { formatInstant } from '../words/instant';
import type { Generation } from '../keystore/keystore';
import { judgeLineage, type LineageJudgement } from './judgement';
import type { GenerationState } from './states';

/** One generation, or a lineage that has none; the shape of `vb365 status --json`. */
export interface StatusRow {
  /** `contoso/entra-application` */
  readonly lineage: string;
  /** The part of `lineage` before the slash. */
  readonly owner: string;
  /** `entra-application` also for a backup application. */
  readonly role: RoleId;
  /** Four digits; null where there is none that can be read, like all that follows from a certificate. */
  readonly generation: string | null;
  /** Whether the product shall use it. */
  readonly current: boolean;
  /** SHA-1, upper-case hex. */
  readonly thumbprint: string | null;
  /** SHA-256, upper-case hex. */
  readonly sha256: string | null;
  /** Distinguished name on one line: `CN=vb365.example.com, O=Example`. */
  readonly subject: string | null;
  /** RFC 3339, UTC. */
  readonly notBefore: string | null;
  /** RFC 3339, UTC; the last second of the validity. */
  readonly notAfter: string | null;
  /** Whole days until the end of the validity, rounded down: negative once it has passed. */
  readonly daysLeft: number | null;
  /** `superseded` for every generation but the current one, even where it has expired. */
  readonly state: GenerationState;
  /** Usage scenarios that need it; none for Veeam Data Cloud, which is another product. */
  readonly serves: readonly UsageScenarioId[];
}

/**
 * Where a lineage stands at a date: a row for each generation, the newest first.
 *
 * Whether its files are damaged is not asked: `Keystore.findings` tells.
 */
export function statusOf(declaration: LineageDeclaration, generations: readonly Generation[], at: Date): StatusRow[] {
  return statusRows(judgeLineage({ declaration, generations }, at), at);
}

/** The rows of a lineage that was judged at a date. */
export function statusRows({ declaration, generations, state }: LineageJudgement, at: Date): StatusRow[] {
  const { name: lineage, owner, role, serves } = declaration;
  const current = generations.at(-1);
  if (current === undefined) return [{ lineage, owner, role, ...NOTHING, state, serves }];
  return generations.toReversed().map(({ certificate, label }) => {
    const isCurrent = label === current.label;
    return {
      lineage,
      owner,
      role,
      generation: label,
      current: isCurrent,
      thumbprint: certificate.thumbprint,
      sha256: certificate.thumbprintSha256,
      subject: certificate.subject,
      notBefore: formatInstant(certificate.notBefore),
      notAfter: formatInstant(certificate.notAfter),
      daysLeft: Math.floor((certificate.notAfter.getTime() - at.getTime()) / DAY),
      state: isCurrent ? state : 'superseded',
      serves,
    };
  });
}

const NOTHING = {
  generation: null,
  current: false,
  thumbprint: null,
  sha256: null,
  subject: null,
  notBefore: null,
  notAfter: null,
  daysLeft: null,
} as const;
