import { SEGMENT } from '../../catalogue/lineage-name';
import type { ErrorCode } from '../../error-codes';
import { Vb365Error } from '../../errors';
import { shown } from '../../words/shown';
import { hasInvisible } from '../../words/visible';

/** Windows opens a device instead of a folder: https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/;
/** A reason stands in one cell of a table of a comment. */
const LONGEST_REASON = 200;
/** https://learn.microsoft.com/graph/api/resources/application: displayName. */
const LONGEST_DISPLAY_NAME = 256;

/** @throws Vb365Error `name-invalid`, `name-reserved`. */
export function parseName(text: string): string {
  if (!SEGMENT.test(text)) {
    const why = 'is not a name; a to z, 0 to 9 and hyphens between them are allowed, 63 characters at most';
    throw refused('name-invalid', `${shown(text)} ${why}`, 'rename it, for example to contoso-europe');
  }
  if (DEVICE.test(text)) {
    const why = 'is the name of a device on Windows, where no folder can bear it';
    throw refused('name-reserved', `${shown(text)} ${why}`, `rename it, for example to ${text}-tenant`);
  }
  return text;
}

/**
 * The display name of an Entra application, which is also the common name of its certificates.
 *
 * Whoever reads a plan must see the name as it is, so that no invisible character may occur. Terraform would evaluate `${…}` and `%{…}` in it, so neither may occur.
 *
 * @throws Vb365Error `display-name-invalid`.
 */
export function parseDisplayName(text: string): string {
  const isUsable = text.trim() === text && text !== '' && text.length <= LONGEST_DISPLAY_NAME;
  if (!isUsable || hasInvisible(text) || /[$%]\{/.test(text)) {
    const why =
      'is not a display name; allowed are 1 to 256 visible characters, with neither ${ nor %{ and no blank at either end';
    throw refused('display-name-invalid', `${shown(text)} ${why}`, 'give a name such as VB365 contoso');
  }
  return text;
}

/**
 * An account of an SSH server. Not what an SSH client would take for an option.
 *
 * @throws Vb365Error `user-name-invalid`.
 */
export function parseUserName(text: string): string {
  if (/^[A-Za-z0-9_][\w.@\\-]{0,103}$/.test(text)) return text;
  const why = 'is not the name of an account; letters, digits and . _ - @ \\ are allowed, 104 characters at most';
  throw refused('user-name-invalid', `${shown(text)} ${why}`, 'give a name such as backup or EXAMPLE\\backup');
}

/**
 * Why a rule has another severity than its own, for whoever reads a review: without the blanks and line ends around it, as
 * YAML's folded texts have them.
 *
 * @throws Vb365Error `review-reason-invalid`.
 */
export function parseReason(text: string): string {
  const reason = text.trim();
  if (reason === '' || reason.length > LONGEST_REASON || hasInvisible(reason)) {
    const why = `is not a reason; one line of 1 to ${LONGEST_REASON} visible characters is allowed`;
    const cure = 'say in one line who decided it, and why';
    throw refused('review-reason-invalid', `${reason === '' ? 'an empty text' : shown(reason)} ${why}`, cure);
  }
  return reason;
}

function refused(code: ErrorCode, message: string, cure: string): Vb365Error {
  return new Vb365Error(code, { message, cure });
}
