import type { JsonObject } from '../directory/merge-patch';
import { badRequest } from '../graph-error';

/** Objects of one page where the request does not say: https://learn.microsoft.com/graph/paging */
const PAGE = 100;

const TERM = /^\s*(\w+)\s+(?:eq\s+'((?:[^']|'')*)'|in\s*\(\s*('(?:[^']|'')*'(?:\s*,\s*'(?:[^']|'')*')*)\s*\))\s*$/i;

/** Query options of a request for a list. */
export interface ListQuery {
  readonly $filter?: string | undefined;
  readonly $select?: string | undefined;
  readonly $top?: string | undefined;
  readonly $skiptoken?: string | undefined;
}

/**
 * The objects that `$filter` asks for: `property eq 'value'` and `property in ('a', 'b')`, joined by `and` or by `or`.
 *
 * @throws GraphError 400 where it asks for more than that.
 */
export function filterObjects<T extends JsonObject>(objects: readonly T[], filter: string | undefined): T[] {
  if (filter === undefined || filter === '') return [...objects];
  const alternatives = splitOutsideQuotes(filter, 'or').map((part) => splitOutsideQuotes(part, 'and').map(readTerm));
  return objects.filter((object) => alternatives.some((terms) => terms.every((term) => term(object))));
}

/** The properties that `$select` names; all of them without it. */
export function selectProperties(object: JsonObject, select: string | undefined): JsonObject {
  if (select === undefined || select === '') return object;
  const names = select.split(',').map((name) => name.trim());
  return Object.fromEntries(Object.entries(object).filter(([name]) => names.includes(name) || name.startsWith('@')));
}

/**
 * One page of a list, with the address of the next one.
 *
 * @param address of the list, without its query.
 */
export function page(objects: readonly JsonObject[], query: ListQuery, address: string): JsonObject {
  const size = Number(query.$top ?? PAGE);
  const start = Number(query.$skiptoken ?? 0);
  if (!(Number.isInteger(size) && size >= 1 && size <= 999 && Number.isInteger(start))) {
    throw badRequest(`Invalid page size specified: '${query.$top ?? ''}'. Must be between 1 and 999 inclusive.`);
  }
  const value = objects.slice(start, start + size).map((object) => selectProperties(object, query.$select));
  if (start + size >= objects.length) return { value };
  const options = Object.entries({ ...query, $skiptoken: String(start + size) });
  const next = new URLSearchParams(options.filter((option): option is [string, string] => option[1] !== undefined));
  return { '@odata.nextLink': `${address}?${next.toString()}`, value };
}

function readTerm(text: string): (object: JsonObject) => boolean {
  const [, property, single, list] = TERM.exec(text) ?? [];
  if (property === undefined) {
    throw badRequest(`Unsupported or invalid query filter clause: '${text}'.`, 'Request_UnsupportedQuery');
  }
  const quoted = list?.match(/'(?:[^']|'')*'/g)?.map((value) => value.slice(1, -1));
  const values = (quoted ?? [single ?? '']).map((value) => value.replaceAll("''", "'").toLowerCase());
  return (object) => {
    const value = object[property];
    return typeof value === 'string' && values.includes(value.toLowerCase());
  };
}

function splitOutsideQuotes(text: string, word: 'and' | 'or'): string[] {
  const parts = text.split(/('(?:[^']|'')*')/);
  return parts
    .map((part, index) => (index % 2 === 0 ? part.replace(new RegExp(`\\s${word}\\s`, 'gi'), '\0') : part))
    .join('')
    .split('\0');
}
