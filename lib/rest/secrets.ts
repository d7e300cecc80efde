import { onOneLine } from '../words/visible';

/** Characters of a server's sentence that are repeated. Entra's messages have about 500. */
const LONGEST = 1_200;

/** Longer than any thumbprint: keys, tokens and files in base64 or hex, of which nobody reads anything. */
const LONG_BLOB = /[A-Za-z0-9+/=_-]{65,}/g;

/** What must never be repeated, whoever says it. */
export class RestSecrets {
  readonly #texts = new Set<string>();

  add(...secrets: readonly string[]): void {
    for (const secret of secrets) {
      if (secret === '') continue;
      // As a form, a JSON text or the product's own messages would hold it.
      const forms = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
      for (const form of forms) this.#texts.add(form);
    }
  }

  /** What others said, on one line, without a secret of ours, without characters that move a cursor, and cut where it is long. */
  clean(text: string): string {
    const longestFirst = [...this.#texts].sort((one, other) => other.length - one.length);
    const harmless = longestFirst.reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text);
    const line = onOneLine(harmless.replace(LONG_BLOB, '[…]'));
    return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
  }
}
