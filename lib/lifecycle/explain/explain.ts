import type { RoleId } from '../../catalogue/roles';
import { microsoftsPageOf, type SignInError, signInErrors, type Step } from '../../catalogue/sign-in-errors';
import { DAY } from '../../words/days';
import type { Configuration } from '../../config/configuration';
import { formatInstant } from '../../words/instant';
import { type Clue, findClues } from './clues';
import { diagnoseAddress, knownIds, type KnownIds, namesOf } from './configuration';
import {
  diagnoseCertificate,
  diagnoseStranger,
  type FoundCertificate,
  indexCertificates,
  type SearchedLineage,
} from './certificate';
import { brokenWithout } from '../scenarios';
import type { GenerationState } from '../states';
import { ownerOf, roleOf } from '../../catalogue/lineage-name';

/** What is known beside the text; without it, codes are explained in general. */
export interface ExplanationContext {
  readonly configuration: Configuration;
  /** Every lineage of the configuration and of the keystore, those of the configuration first. */
  readonly lineages: readonly SearchedLineage[];
}

/** One code, or one certificate without a code; the shape of `vb365 explain --json`. */
export interface Explanation {
  /** The number behind `AADSTS`; null where only a thumbprint was found. */
  readonly code: number | null;
  /** What Entra says with the code; null where there is none, or it is not known. */
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

/**
 * Explains a refusal of Entra's sign-in: any text with AADSTS codes or thumbprints, of which nothing else is repeated.
 *
 * @param context undefined where there is no configuration
 * @returns each code with each certificate once, in the order of the text; none where nothing was recognized
 */
export function explain(text: string, context: ExplanationContext | undefined, at: Date): Explanation[] {
  const knowledge = context && knowledgeOf(context, at);
  const subjects = distinct(findClues(text)).flatMap((clue) => subjectsOf(clue, knowledge));
  const explanations = subjects.map((subject) => explainSubject(subject, knowledge, at));
  const different = distinct(explanations);
  // An answer of Entra says its code twice, and only once with a certificate.
  const detailed = new Set(different.filter(isDetailed).map(({ code }) => code));
  return different.filter((explanation) => isDetailed(explanation) || !detailed.has(explanation.code));
}

/** The context, by what a text says. */
interface Knowledge {
  readonly configuration: Configuration;
  readonly certificates: ReadonlyMap<string, FoundCertificate>;
  readonly lineages: ReadonlyMap<string, SearchedLineage>;
  readonly ids: KnownIds;
}

function knowledgeOf({ configuration, lineages }: ExplanationContext, at: Date): Knowledge {
  return {
    configuration,
    certificates: indexCertificates(lineages, at),
    lineages: new Map(lineages.map((lineage) => [lineage.name, lineage])),
    ids: knownIds(configuration),
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
    application: lineageOfApplication(clue, knowledge),
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
  const error = signInErrors.find(({ code }) => code === clue.code);
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
    source: clue.code === undefined ? null : (error?.source ?? microsoftsPageOf(clue.code)),
  };
}

/** The particular instead of the general, where there is something particular. */
function diagnosisOf(
  { clue, thumbprint, found }: Subject,
  error: SignInError | undefined,
  lineage: SearchedLineage | undefined,
  knowledge: Knowledge | undefined,
  at: Date,
): Pick<Explanation, 'causes' | 'steps'> {
  const isAboutCertificate = error?.isAboutCertificate ?? clue.code === undefined;
  if (isAboutCertificate && found !== undefined) {
    return diagnoseCertificate(found, error !== undefined, at);
  }
  if (isAboutCertificate && thumbprint !== undefined && knowledge !== undefined) {
    return diagnoseStranger(thumbprint, lineage);
  }
  const address = clue.code === 50_011 ? diagnoseAddress(clue.redirectUri, knowledge?.configuration) : undefined;
  return address ?? { causes: error?.causes ?? [], steps: error?.steps ?? [] };
}

/** By the client id, where the application was there before. */
function lineageOfApplication({ uuids }: Clue, knowledge: Knowledge | undefined): SearchedLineage | undefined {
  const names = uuids.flatMap((uuid) => knowledge?.ids.applications.get(uuid) ?? []);
  return names[0] === undefined ? undefined : knowledge?.lineages.get(names[0]);
}

/** A log says the same a thousand times. */
function distinct<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

function isDetailed({ thumbprint, lineage, names }: Explanation): boolean {
  return thumbprint !== null || lineage !== null || names.length > 0;
}
