import type { z } from 'zod';
import { explainIssue } from '../schema/explain-issue';
import { isMapping } from '../../system/mapping';
import type { Problems } from './problems';
import type { SourceFile } from '../yaml/source-file';
import type { KeyPath } from '../yaml/yaml-places';

/** A mapping of a file that the schema has looked at. */
export interface Section<Whole> {
  readonly source: SourceFile;
  readonly path: KeyPath;
  readonly raw: Readonly<Record<string, unknown>>;
  /** Absent where anything in it is wrong. */
  readonly whole?: Whole;
  /** The keys that are right: enough for the rules to find what else is wrong. */
  readonly valid: ValidKeys<Whole>;
}

/** A mapping without the keys whose values are wrong. */
export type ValidKeys<Whole> = { readonly [Key in keyof Whole]?: Whole[Key] | undefined };

/** Where a mapping stands, and where to complain about it. */
export interface SectionPlace {
  readonly source: SourceFile;
  readonly path: KeyPath;
  readonly problems: Problems;
}

/**
 * Checks a mapping against its schema; each problem goes to `problems`.
 *
 * @param schema of the whole mapping
 * @param partialSchema the same with every key optional
 * @returns undefined where the value is not a mapping at all
 */
export function readSection<Whole>(
  schema: z.ZodType<Whole>,
  partialSchema: z.ZodType<ValidKeys<Whole>>,
  value: unknown,
  { source, path, problems }: SectionPlace,
): Section<Whole> | undefined {
  const result = schema.safeParse(value);
  if (result.success && isMapping(value)) return { source, path, raw: value, whole: result.data, valid: result.data };
  const issues = result.success ? [] : result.error.issues;
  const explained = issues.flatMap((issue) => explainIssue(schema, value, issue));
  for (const problem of explained) problems.add(source, [...path, ...problem.path], problem.place, problem);
  if (!isMapping(value)) return undefined;
  const wrong = new Set(explained.map((problem) => String(problem.path[0])));
  const right = Object.fromEntries(Object.entries(value).filter(([key]) => !wrong.has(key)));
  const partial = partialSchema.safeParse(right);
  if (!partial.success) return undefined;
  // A default must not stand in for a value that is there and wrong.
  const unknown = Object.fromEntries([...wrong].map((key) => [key, undefined]));
  return { source, path, raw: value, valid: { ...partial.data, ...unknown } };
}
