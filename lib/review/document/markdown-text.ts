import { withoutCommands } from '../../words/ci-commands';
import { escapeCharacter, visible } from '../../words/visible';

/**
 * Texts that others wrote, for a comment on GitHub, GitLab, Azure DevOps or Bitbucket.
 *
 * Escaping alone is not enough there: `@name`, `#1`, addresses and commit hashes become mentions and links after the Markdown
 * is rendered, except inside code. So whatever is no plain word stands in a code span, on one line.
 */

/** Names that are longer say nothing more to a person. */
const LONGEST_NAME = 120;
const LONGEST_SENTENCE = 700;
/** More than a review keeps of any text. */
const LONGEST_TEXT = 4_000;

/** A name, an id or an address as a code span. */
export function codeSpan(text: string, longest = LONGEST_NAME): string {
  const line = oneLine(text, longest).replace(/[`|]/g, escapeCharacter);
  return `\`${line === '' ? ' ' : line}\``;
}

/** A sentence: words stay as they are, and everything that could be markup or a reference becomes a code span. */
export function prose(sentence: string): string {
  const parts = cutWords(oneLine(sentence, LONGEST_TEXT)).match(/\(?"[^"]*"[.,;:!?)]*|\S+/g) ?? [];
  return parts
    .map((part, index) => {
      if (isPlain(part) && !(index === 0 && NUMBERED.test(part))) return part;
      // What is quoted is a command or a value: the quotes give way to the span.
      const [, opening = '', quoted, bare = '', closing = ''] = PARTS.exec(part) ?? [];
      const inner = quoted ?? bare;
      return inner === '' ? codeSpan(part) : `${opening}${codeSpan(inner, LONGEST_SENTENCE)}${closing}`;
    })
    .join(' ');
}

/** A sentence that goes on for ever ends with the number of words that are left out. */
function cutWords(text: string): string {
  if (text.length <= LONGEST_SENTENCE) return text;
  const end = text.lastIndexOf(' ', LONGEST_SENTENCE);
  if (end < 1) return `${text.slice(0, LONGEST_SENTENCE)}…`;
  const words = text.slice(end).trim().split(' ').length;
  return `${text.slice(0, end)} … and ${words} more ${words === 1 ? 'word' : 'words'}`;
}

/** At the beginning, it would begin a list. */
const NUMBERED = /^\d+[.)]/;

/** `("vb365 renew"),` and `(a/b),`: what stands around it, and the value, quoted or bare. */
const PARTS = /^(\(?)(?:"([^"]+)"|(.*?))([.,;:!?)]*)$/u;

/** A text for a chart of Mermaid, whose grammar has no way to escape: other characters become `_`. */
export function chartText(text: string, longest = 60): string {
  return oneLine(text, longest).replace(/[^\p{L}\p{N} ./()-]/gu, '_');
}

/** Words, and digits with hyphens as a date has them; then what ends a clause. `GH-1` and `ABC-1` are references. */
const PLAIN = /^\(?(?:[\p{L}\p{Nd}]+|\p{L}+(?:['’-]\p{L}+)*|\d+(?:-\d+)*|[→·…])[.,;:!?)]*$/u;

/** Seven hexadecimal digits may be a commit. */
const LIKE_A_COMMIT = /^[0-9a-f]{7,}$/i;

function isPlain(part: string): boolean {
  return PLAIN.test(part) && !part.split(/[^\p{L}\p{Nd}]/u).some((word) => LIKE_A_COMMIT.test(word));
}

function oneLine(text: string, longest: number): string {
  return visible(withoutCommands(text.replace(/\s+/g, ' ').trim()), longest);
}
