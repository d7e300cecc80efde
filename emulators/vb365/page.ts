import { z } from 'zod';

/** Veeam's default and largest numbers of items on a page. */
const DEFAULT_LIMIT = 30;
const LARGEST_LIMIT = 10_000;

const querySchema = z.looseObject({
  limit: z.coerce.number().int().min(1).max(LARGEST_LIMIT).default(DEFAULT_LIMIT),
  offset: z.coerce.number().int().min(0).default(0),
});

/** One page of a collection, as the query asks for it. @throws ZodError where it asks for none */
export function pageOf<T>(
  items: readonly T[],
  query: unknown,
): { readonly offset: number; readonly limit: number; readonly results: readonly T[] } {
  const { limit, offset } = querySchema.parse(query);
  return { offset, limit, results: items.slice(offset, offset + limit) };
}
