import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

/** How many there are of each: `resource.azuread_application`, `data.azuread_service_principal`, `output`, `stack`. */
type Contents = Readonly<Record<string, number>>;

/**
 * Makes sure that a comparison is fair: two syntheses hold as many stacks, and in them as many resources, data sources,
 * providers and backends of each type, and outputs.
 *
 * @throws Error with what each holds
 */
export function refuseDifference(ourFolder: string, theirFolder: string): void {
  const [ours, theirs] = [contentsOf(ourFolder), contentsOf(theirFolder)];
  if (isDeepStrictEqual(ours, theirs)) return;
  throw new Error(`the two sides synthesized different things: ${JSON.stringify({ ours, theirs }, undefined, 2)}`);
}

function contentsOf(folder: string): Contents {
  const counts: Record<string, number> = {};
  const count = (what: string, number = 1): void => {
    counts[what] = (counts[what] ?? 0) + number;
  };
  const stacks = join(folder, 'stacks');
  for (const stack of readdirSync(stacks)) {
    const content: unknown = JSON.parse(readFileSync(join(stacks, stack, 'cdk.tf.json'), 'utf8'));
    count('stack');
    count('output', entriesOf(at(content, 'output')).length);
    for (const kind of ['resource', 'data', 'provider']) {
      for (const [type, blocks] of entriesOf(at(content, kind))) count(`${kind}.${type}`, entriesOf(blocks).length);
    }
    for (const [type] of entriesOf(at(at(content, 'terraform'), 'backend'))) count(`backend.${type}`);
  }
  return counts;
}

function at(value: unknown, key: string): unknown {
  return new Map(entriesOf(value)).get(key);
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
