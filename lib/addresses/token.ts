/** How CDKTF marks a value that only Terraform will know, when it stands in a text. */
const MARKER = '${TfToken[';

/**
 * Whether a text holds a CDKTF token: nothing can be said about it yet, so every check lets it pass untouched.
 *
 * The marker is looked for as text because this layer knows nothing of CDKTF.
 */
export function holdsToken(text: string): boolean {
  return text.includes(MARKER);
}
