import { accessErrors } from './sign-in-errors/access';
import { applicationErrors } from './sign-in-errors/application';
import { certificateErrors } from './sign-in-errors/certificate';
import { consentErrors } from './sign-in-errors/consent';
import { redirectErrors } from './sign-in-errors/redirect';
import { type SignInError, type Step } from './sign-in-errors/sign-in-error';

export { microsoftsPageOf } from './sign-in-errors/sign-in-error';
export type { SignInError, Step } from './sign-in-errors/sign-in-error';

/** A step as a clause of a sentence. */
export function stepText({ command, what }: Step): string {
  return command === null ? what : `run "${command}": ${what}`;
}

/** The codes that the sign-ins of VB365, of Restore Portal and of a pipeline meet. */
export const signInErrors: readonly SignInError[] = [
  ...certificateErrors,
  ...applicationErrors,
  ...redirectErrors,
  ...consentErrors,
  ...accessErrors,
];
