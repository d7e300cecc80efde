import { z } from 'zod';
import type { RestCall, RestClient } from './client';
import { malformed } from './errors';

const PAGE_SIZE = 100;

/** A server that takes no notice of the offset would be asked for ever. */
const MOST_PAGES = 100;

/**
 * Every item of a collection, page by page.
 *
 * @param call its path may hold a query
 * @throws Vb365Error `rest-answer-malformed` where there is no end, and those of `RestClient`
 */
export async function readPages<T>(client: RestClient, call: RestCall, item: z.ZodType<T>): Promise<T[]> {
  const schema = z.looseObject({ results: z.array(item) });
  const separator = call.path.includes('?') ? '&' : '?';
  const items: T[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const path = `${call.path}${separator}limit=${PAGE_SIZE}&offset=${items.length}`;
    const { results } = await client.get({ ...call, path }, schema);
    items.push(...results);
    if (results.length < PAGE_SIZE) return items;
  }
  throw malformed(`it has more than ${MOST_PAGES} pages`, call.what, client.situation);
}
