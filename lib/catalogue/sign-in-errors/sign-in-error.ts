/** Something to do; `command` where one does it. */
export interface Step {
  readonly command: string | null;
  readonly what: string;
}

/** What a code of Entra's sign-in says, seen from Veeam Backup for Microsoft 365. */
export interface SignInError {
  /** The number behind `AADSTS`. */
  readonly code: number;
  /** What Entra says with it, as a clause. */
  readonly meaning: string;
  /** Likely first. */
  readonly causes: readonly string[];
  readonly steps: readonly Step[];
  /** Whether it is about the certificate that signed the request. */
  readonly isAboutCertificate: boolean;
  readonly source: string;
}

/** MicrosoftDocs/entra-docs, docs/identity-platform/reference-error-codes.md, read on 2026-11-30. */
export const REFERENCE = 'https://learn.microsoft.com/entra/identity-platform/reference-error-codes';

/** Where Microsoft explains any code. */
export function microsoftsPageOf(code: number): string {
  return `https://login.microsoftonline.com/error?code=${code}`;
}

/** One that has nothing to do with a certificate. Steps that are texts are what a person does. */
export function signInError(
  code: number,
  meaning: string,
  causes: readonly string[],
  steps: readonly (Step | string)[],
  source: string = REFERENCE,
): SignInError {
  const done = steps.map((step) => (typeof step === 'string' ? { command: null, what: step } : step));
  return { code, meaning, causes, steps: done, isAboutCertificate: false, source };
}
