import type { RoleId } from '../../catalogue/roles';
import { microsoftsPageOf, type SignInError, signInErrors, type Step } from '../../catalogue/sign-in-errors';
import { namedErrors } from '../../catalogue/named-errors';
import { DAY } from '../../words/days';
import type { Configuration } from '../../config/configuration';
import { formatInstant } from '../../words/instant';
import { type Clue, findClues } from './clues';
import { diagnoseAddress, knownIds, type KnownIds, namesOf } from './configuration';
import {
  diagnoseCertificate,
  diagnoseStranger,
  type FoundCertificate,
  type OtherApplication,
  indexCertificates,
  type SearchedLineage,
} from './certificate';
import type { Installed } from './steps';
import { brokenWithout } from '../scenarios';
import type { GenerationState } from '../states';
import { ownerOf, roleOf } from '../../catalogue/lineage-name';

/** What is known beside the text; without it, codes are explained in general. */
export interface ExplanationContext {
  readonly configuration: Configuration;
  /** Every lineage of the configuration and of the keystore, those of the configuration first. */
  readonly lineages: readonly SearchedLineage[];
  /** What `vb365 install` would do for a lineage. @default certificates are exported, and installed by a person */
  readonly installed?: Installed;
}

/** One code, or one certificate without a code; the shape of `vb365 explain --json`. */
export interface Explanation {
  /** The number behind `AADSTS`, or the name of another error; null where only a thumbprint was found. */
  readonly code: number | string | null;
  /** What is said with the code; null where there is none, or it is not known. */
  readonly meaning: string | null;
  /** Whether the code is known, or the certificate in the keystore. */
  readonly known: boolean;
  /** Of the certificate in the text: SHA-1 in upper-case hex, SHA-256 where the text says that and the keystore lacks it. */
  readonly thumbprint: string | null;
  /** That of the certificate, or of the application that the text names. */
  readonly lineage: string | null;
  readonly owner: string | null;
  readonly role: RoleId | null;
  /** Four digits. */
  readonly generation: string | null;
  /** `unknown`: the keystore has no certificate of that thumbprint. */
  readonly state: GenerationState | 'unknown' | null;
  /** RFC 3339, UTC. */
  readonly notBefore: string | null;
  readonly notAfter: string | null;
  /** Whole days until the end of the validity, rounded down: negative once it has passed. */
  readonly daysLeft: number | null;
  /** What does not work without the certificate. */
  readonly breaks: readonly string[];
  /** What the ids of the text are in the configuration. */
  readonly names: readonly string[];
  /** Likely first. */
  readonly causes: readonly string[];
  /** In their order; `command` is null where a person does it. */
  readonly steps: readonly Step[];
  /** Page of Microsoft about the code. */
  readonly source: string | null;
}

const NONE: ReadonlyMap<string, FoundCertificate> = new Map();

/** A code and at most one certificate. */
interface Subject {
  readonly clue: Clue;
  readonly thumbprint: string | undefined;
  readonly found: FoundCertificate | undefined;
  /** What the ids of the clue are, which a thousand certificates may share. */
  readonly names: readonly string[];
  readonly application: SearchedLineage | undefined;
}

/** More different ones than any log has; `hasLeftOut` says where one has more. */
const MOST_EXPLANATIONS = 10_000;

/**
 * Explains a refusal of Entra's sign-in: any text with AADSTS codes or thumbprints, of which nothing else is repeated.
 *
 * @param context undefined where there is no configuration
 * @returns each code with each certificate once, in the order of the text; none where nothing was recognized
 */
export function explain(text: string, context: ExplanationContext | undefined, at: Date): Explanation[] {
  const explainer = new Explainer(context, at);
  explainer.add(text);
  return explainer.explanations();
}

/** Explains a text that comes in pieces, none of which cuts a message: what is kept of it does not grow with the text. */
export class Explainer {
  hasLeftOut = false;
  readonly #knowledge: Knowledge | undefined;
  readonly #found = new Map<string, Explanation>();

  constructor(
    context: ExplanationContext | undefined,
    private readonly at: Date,
  ) {
    this.#knowledge = context && knowledgeOf(context, at);
  }

  add(piece: string): void {
    const subjects = distinct(findClues(piece)).flatMap((clue) => subjectsOf(clue, this.#knowledge));
    for (const subject of subjects) {
      const explanation = explainSubject(subject, this.#knowledge, this.at);
      const key = JSON.stringify(explanation);
      if (this.#found.size < MOST_EXPLANATIONS || this.#found.has(key)) this.#found.set(key, explanation);
      else this.hasLeftOut = true;
    }
  }

  /** Each once, in the order of the text. */
  explanations(): Explanation[] {
    const all = [...this.#found.values()];
    const coded = all.filter(({ code }) => code !== null);
    // Where a text has codes, a thumbprint far from any is none that somebody asks about.
    const different = coded.length > 0 ? coded : all;
    // An answer of Entra says its code twice, and only once with a certificate.
    const detailed = new Set(different.filter(isDetailed).map(({ code }) => code));
    return different.filter((explanation) => isDetailed(explanation) || !detailed.has(explanation.code));
  }
}

/** The context, by what a text says. */
interface Knowledge {
  readonly configuration: Configuration;
  readonly certificates: ReadonlyMap<string, FoundCertificate>;
  readonly lineages: ReadonlyMap<string, SearchedLineage>;
  readonly ids: KnownIds;
  readonly installed: Installed | undefined;
}

function knowledgeOf({ configuration, lineages, installed }: ExplanationContext, at: Date): Knowledge {
  return {
    configuration,
    certificates: indexCertificates(lineages, at),
    lineages: new Map(lineages.map((lineage) => [lineage.name, lineage])),
    ids: knownIds(configuration),
    installed,
  };
}

function subjectsOf(clue: Clue, knowledge: Knowledge | undefined): Subject[] {
  const index = knowledge?.certificates ?? NONE;
  const { code, thumbprints, possibleThumbprints } = clue;
  const known = [...new Set(possibleThumbprints.flatMap((thumbprint) => index.get(thumbprint) ?? []))];
  const strangers = thumbprints.filter((thumbprint) => !index.has(thumbprint));
  const about = {
    clue,
    names: knowledge === undefined ? [] : namesOf(clue.uuids, knowledge.ids),
    application: applicationsOf(clue, knowledge)[0]?.lineage,
  };
  const subjects = [
    ...known.map((found) => ({ ...about, thumbprint: found.generation.certificate.thumbprint, found })),
    // Where a certificate is known, its other thumbprint is no stranger.
    ...(known.length > 0 ? [] : strangers.map((thumbprint) => ({ ...about, thumbprint, found: undefined }))),
  ];
  if (subjects.length > 0 || code === undefined) return subjects;
  return [{ ...about, thumbprint: undefined, found: undefined }];
}

function explainSubject(subject: Subject, knowledge: Knowledge | undefined, at: Date): Explanation {
  const { clue, thumbprint, found, names, application } = subject;
  const error = errorOf(clue.code);
  const lineage = found?.lineage ?? application;
  const certificate = found?.generation.certificate;
  const isConsulted = knowledge !== undefined && thumbprint !== undefined;
  return {
    code: clue.code ?? null,
    meaning: error?.meaning ?? null,
    known: error !== undefined || found !== undefined,
    thumbprint: thumbprint ?? null,
    lineage: lineage?.name ?? null,
    owner: lineage === undefined ? null : ownerOf(lineage.name),
    role: (lineage && roleOf(lineage.name)) ?? null,
    generation: found?.generation.label ?? null,
    state: found?.state ?? (isConsulted ? 'unknown' : null),
    notBefore: certificate === undefined ? null : formatInstant(certificate.notBefore),
    notAfter: certificate === undefined ? null : formatInstant(certificate.notAfter),
    daysLeft: certificate === undefined ? null : Math.floor((certificate.notAfter.getTime() - at.getTime()) / DAY),
    breaks: lineage?.declaration === undefined ? [] : brokenWithout(lineage.declaration),
    names,
    ...diagnosisOf(subject, error, lineage, knowledge, at),
    source: error?.source ?? (typeof clue.code === 'number' ? microsoftsPageOf(clue.code) : null),
  };
}

/** The particular instead of the general, where there is something particular. */
function diagnosisOf(
  { clue, thumbprint, found }: Subject,
  error: KnownError | undefined,
  lineage: SearchedLineage | undefined,
  knowledge: Knowledge | undefined,
  at: Date,
): Pick<Explanation, 'causes' | 'steps'> {
  const isAboutCertificate = error?.isAboutCertificate ?? clue.code === undefined;
  const installed = knowledge?.installed;
  if (isAboutCertificate && found !== undefined) {
    const otherApplication = otherApplicationOf(clue, found, knowledge);
    const refusal = { isRefused: error !== undefined, evidence: clue.evidence, otherApplication, installed };
    return diagnoseCertificate(found, refusal, at);
  }
  if (isAboutCertificate && thumbprint !== undefined && knowledge !== undefined) {
    return diagnoseStranger(thumbprint, lineage, clue.evidence, installed);
  }
  const isAddress = clue.code === 50_011;
  const [applicationId] = clue.evidence.applicationIds;
  const address = isAddress
    ? diagnoseAddress(clue.redirectUri, applicationId, knowledge?.configuration, knowledge?.ids)
    : undefined;
  return address ?? { causes: error?.causes ?? [], steps: stepsFor(error, clue, lineage, knowledge) };
}

/** With what the text or the configuration tells in the place of `<owner>`, `<installation>` and `<lineage>`. */
function stepsFor(
  error: KnownError | undefined,
  { uuids }: Clue,
  lineage: SearchedLineage | undefined,
  knowledge: Knowledge | undefined,
): readonly Step[] {
  const inTenant = [...new Set(uuids.flatMap((uuid) => knowledge?.ids.tenants.get(uuid) ?? []))];
  const [installation, ...others] = knowledge?.configuration.installations ?? [];
  const owner = lineage === undefined ? (inTenant.length === 1 ? inTenant[0] : undefined) : ownerOf(lineage.name);
  const names: Readonly<Record<string, string | undefined>> = {
    '<owner>': owner,
    '<lineage>': lineage?.name,
    '<installation>': others.length === 0 ? installation?.name : undefined,
  };
  return (error?.steps ?? []).map(({ command, what }) => ({
    command: command?.replace(/<(?:owner|lineage|installation)>/g, (place) => names[place] ?? place) ?? null,
    what,
  }));
}

/** What is known of an error, whether a code or a name tells it. */
interface KnownError extends Pick<SignInError, 'meaning' | 'causes' | 'steps' | 'source'> {
  readonly isAboutCertificate?: boolean;
}

function errorOf(code: Clue['code']): KnownError | undefined {
  if (typeof code === 'number') return signInErrors.find((one) => one.code === code);
  return namedErrors.find(({ name }) => name === code);
}

/** The applications of a message that the configuration, or an address of Terraform, knows. */
function applicationsOf(
  { uuids, evidence }: Clue,
  knowledge: Knowledge | undefined,
): { readonly clientId: string | undefined; readonly lineage: SearchedLineage }[] {
  const byAddress = evidence.lineages.map((name) => ({ clientId: undefined, name }));
  const byId = uuids.flatMap((clientId) =>
    (knowledge?.ids.applications.get(clientId) ?? []).map((name) => ({ clientId, name })),
  );
  return [...byAddress, ...byId].flatMap(({ clientId, name }) => {
    const lineage = knowledge?.lineages.get(name);
    return lineage === undefined ? [] : [{ clientId, lineage }];
  });
}

/** The application that a refusal is about, where it is none that the certificate is for. */
function otherApplicationOf(
  clue: Clue,
  { lineage }: FoundCertificate,
  knowledge: Knowledge | undefined,
): OtherApplication | undefined {
  const known = applicationsOf(clue, knowledge).filter(({ clientId }) => clientId !== undefined);
  if (known.some((one) => one.lineage.name === lineage.name)) return undefined;
  const [other] = known;
  if (other?.clientId !== undefined) return { clientId: other.clientId, lineage: other.lineage };
  const isKnown = [...(knowledge?.ids.applications.values() ?? [])].flat().includes(lineage.name);
  const [clientId] = clue.evidence.applicationIds;
  return isKnown && clientId !== undefined ? { clientId, lineage: undefined } : undefined;
}

/** A log says the same a thousand times. */
function distinct<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

function isDetailed({ thumbprint, lineage, names }: Explanation): boolean {
  return thumbprint !== null || lineage !== null || names.length > 0;
}
