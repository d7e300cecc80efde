import { type Event, EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE } from 'js-yaml';

/** Keys and indexes from the root of a document to a value. */
export type KeyPath = readonly (string | number)[];

interface Entry {
  readonly key: string;
  readonly keyOffset: number;
  readonly value: YamlNode;
}

/** A value of a document, with the place where it starts. */
interface YamlNode {
  readonly offset: number;
  readonly entries: Entry[];
  readonly items: YamlNode[];
}

/** Where the keys and values of a YAML text stand; made only when there is something to complain about. */
export class YamlPlaces {
  readonly #root: YamlNode;
  readonly #duplicates: { offset: number; path: KeyPath }[] = [];

  /** @param text of which the parser has said that it is one YAML document. */
  constructor(text: string) {
    this.#root = new TreeBuilder(text).build();
    collectDuplicates(this.#root, [], this.#duplicates);
  }

  /** Keys that stand twice in one mapping: each one but the first. */
  get duplicates(): readonly { readonly offset: number; readonly path: KeyPath }[] {
    return this.#duplicates;
  }

  /** Offset of the value, or of its key, of which the last counts where it stands twice; of the nearest that is there where the path leads nowhere. */
  offsetOf(path: KeyPath, what: 'key' | 'value'): number {
    let node = this.#root;
    let { offset } = node;
    for (const [depth, step] of path.entries()) {
      const entry = typeof step === 'string' ? node.entries.findLast(({ key }) => key === step) : undefined;
      const next = typeof step === 'number' ? node.items[step] : entry?.value;
      if (next === undefined) return offset;
      const isLast = depth === path.length - 1;
      offset = entry !== undefined && isLast && what === 'key' ? entry.keyOffset : next.offset;
      node = next;
    }
    return offset;
  }
}

/** Line and column, both from 1. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lineStart = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
  return { line: before.split(/\r\n|\n|\r/).length, column: offset - lineStart + 1 };
}

/** js-yaml's values know no places, but the events of which it makes them do. */
class TreeBuilder {
  readonly #text: string;
  readonly #events: readonly Event[];
  readonly #anchors = new Map<string, YamlNode>();
  #next = 0;
  /** Where an empty value stands: behind what was read last. */
  #lastEnd = 0;

  constructor(text: string) {
    this.#text = text;
    this.#events = parseEvents(text, {});
  }

  build(): YamlNode {
    this.#next = this.#events.findIndex((event) => event.type === EVENT_ID.DOCUMENT) + 1;
    return this.#read();
  }

  #read(): YamlNode {
    const event = this.#events[this.#next++];
    switch (event?.type) {
      case EVENT_ID.SCALAR: {
        const isQuoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
        const offset = event.valueStart < 0 ? this.#lastEnd : event.valueStart - (isQuoted ? 1 : 0);
        this.#lastEnd = Math.max(this.#lastEnd, event.valueEnd);
        return this.#anchor(event, { offset, entries: [], items: [] });
      }
      case EVENT_ID.SEQUENCE: {
        const node = this.#anchor(event, { offset: event.start, entries: [], items: [] });
        while (!this.#isPop()) node.items.push(this.#read());
        return node;
      }
      case EVENT_ID.MAPPING: {
        const node = this.#anchor(event, { offset: event.start, entries: [], items: [] });
        while (!this.#isPop()) node.entries.push(this.#readEntry());
        return node;
      }
      case EVENT_ID.ALIAS: {
        const target = this.#anchors.get(this.#text.slice(event.anchorStart, event.anchorEnd));
        // The keys of what the alias stands for, at the place of the alias: this is where a person has to look first.
        return { entries: target?.entries ?? [], items: target?.items ?? [], offset: event.anchorStart - 1 };
      }
      case EVENT_ID.DOCUMENT:
      case EVENT_ID.POP:
      case undefined:
        return { offset: this.#lastEnd, entries: [], items: [] };
    }
  }

  #readEntry(): Entry {
    const event = this.#events[this.#next];
    const key = event?.type === EVENT_ID.SCALAR ? getScalarValue(this.#text, event) : '';
    const { offset } = this.#read();
    return { key, keyOffset: offset, value: this.#read() };
  }

  #isPop(): boolean {
    const event = this.#events[this.#next];
    if (event !== undefined && event.type !== EVENT_ID.POP) return false;
    this.#next++;
    return true;
  }

  #anchor(event: { readonly anchorStart: number; readonly anchorEnd: number }, node: YamlNode): YamlNode {
    if (event.anchorStart >= 0) this.#anchors.set(this.#text.slice(event.anchorStart, event.anchorEnd), node);
    return node;
  }
}

function collectDuplicates(
  node: YamlNode,
  path: KeyPath,
  found: { offset: number; path: KeyPath }[],
  seen = new Set<Entry[]>(),
): void {
  // An alias shares the entries of what it stands for, and may stand inside itself.
  if (seen.has(node.entries)) return;
  seen.add(node.entries);
  const keys = new Set<string>();
  for (const { key, keyOffset, value } of node.entries) {
    if (keys.has(key)) found.push({ offset: keyOffset, path: [...path, key] });
    keys.add(key);
    collectDuplicates(value, [...path, key], found, seen);
  }
  for (const [index, item] of node.items.entries()) collectDuplicates(item, [...path, index], found, seen);
}
