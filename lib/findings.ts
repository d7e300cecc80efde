/** `error`: must be mended before anything is done. `warning`: works today, and will hurt. `advice`: better otherwise. */
export type Severity = 'error' | 'warning' | 'advice';

/** A place in a file that a person can open. Line and column count from 1. */
export interface SourcePlace {
  /** Path as people are told of it, not always absolute. */
  readonly file: string;
  /** From 1; absent where only the file is known. */
  readonly line?: number;
  /** From 1; absent where only the line is known. */
  readonly column?: number;
}

/** What a rule has to say about something: a value, so that constructs, command line and documentation say the same. */
export interface Finding {
  /** Stable, kebab case; documented in docs/rules.md or docs/errors.md. */
  readonly id: string;
  /** `error` stops the work; the others only tell. */
  readonly severity: Severity;
  /** What it is about: a lineage, a key of the configuration, a file, an address. Never secret. */
  readonly subject: string;
  /** One lower-case sentence that holds the value received and the values allowed. Never secret. */
  readonly message: string;
  /** What to do about it, as an imperative. */
  readonly cure: string;
  /** Absent where it is not about a place in a file. */
  readonly place?: SourcePlace;
}

/** Whether any of them stops the work. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error');
}

/** `file:line:column`, with the parts that are known. */
export function formatPlace(place: SourcePlace): string {
  return [place.file, place.line, place.column].filter((part) => part !== undefined).join(':');
}
