/** Lines of a list or a table under a heading. */
export interface Lines<T> {
  /** It may hold the head of the table. */
  readonly heading: string;
  readonly items: readonly T[];
  /** The line of one of them: only those are made that fit. */
  readonly line: (item: T) => string;
  /** Characters of the whole text after which no line of these is added, so that something else has room, too. */
  readonly until: number;
  /** What those are that do not fit: `3 more stacks`. */
  readonly more: (count: number) => string;
  /** Makes a line of it that fits the others. */
  readonly lineOf: (more: string) => string;
}

/** Text that grows by whole parts up to a limit, and knows what did not fit: no table, fence or fold is cut in two. */
export class BoundedText {
  text = '';
  readonly #left: string[] = [];

  /** @param limit characters, as JavaScript counts them */
  constructor(readonly limit: number) {}

  /** What did not fit, in a few words each. */
  get left(): readonly string[] {
    return this.#left;
  }

  /** @returns whether the part fits; where it does not, nothing is added */
  add(part: string, limit = this.limit): boolean {
    if (this.text.length + part.length + 2 > limit) return false;
    this.text += this.text === '' ? part : `\n\n${part}`;
    return true;
  }

  /** As many lines as fit, then one that counts the others. */
  addLines<T>({ heading, items, line, lineOf, more, until }: Lines<T>): void {
    if (items.length === 0) return;
    const longestRest = lineOf(more(items.length)).length;
    const room = Math.min(until, this.limit) - this.text.length - heading.length - longestRest - 4;
    const shown: string[] = [];
    let length = 0;
    for (const item of items) {
      const text = line(item);
      length += text.length + 1;
      if (length > room) break;
      shown.push(text);
    }
    const rest = items.length - shown.length;
    const isAdded = this.add([heading, ...shown, ...(rest > 0 ? [lineOf(more(rest))] : [])].join('\n'));
    if (!isAdded) this.leave(more(items.length));
    else if (rest > 0) this.leave(more(rest));
  }

  leave(what: string): void {
    this.#left.push(what);
  }
}
