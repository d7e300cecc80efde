import type { ErrorCode } from './error-codes';
import type { Finding } from './findings';

/** What an error says beside its code. */
export interface Vb365ErrorOptions {
  /** What it is about: a lineage, a file, a key of the configuration. Never secret. */
  readonly subject?: string;
  /** One lower-case sentence: the value received (never secret), the values allowed. */
  readonly message: string;
  /** What to do about it, as an imperative. */
  readonly cure: string;
  /** Where many things are wrong at once, every one of them. @default none */
  readonly findings?: readonly Finding[];
  /** The error that led to this one, as ECMAScript's `Error.cause`. @default none */
  readonly cause?: unknown;
}

/** The only error this library throws on purpose: a code to match on, a subject, and a cure. */
export class Vb365Error extends Error {
  /** Stable: what a program matches on. */
  readonly code: ErrorCode;
  /** A lineage, a file, a key of the configuration; undefined where the message is about none. Never secret. */
  readonly subject: string | undefined;
  /** What to do about it, as an imperative. */
  readonly cure: string;
  /** Every one where many things are wrong at once, else empty. */
  readonly findings: readonly Finding[];

  constructor(code: ErrorCode, options: Vb365ErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Vb365Error';
    this.code = code;
    this.subject = options.subject;
    this.cure = options.cure;
    this.findings = options.findings ?? [];
  }
}
