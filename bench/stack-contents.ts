import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How many there are of each: `resource.azuread_service_principal (client_id)`, `output (description, value)`, `stack`. */
type Contents = ReadonlyMap<string, number>;

/**
 * Makes sure that a comparison is fair: two syntheses hold as many stacks, and in them as many resources, data sources and
 * providers of each type with the same attributes, backends, and outputs.
 *
 * @throws Error with what they do not have in common
 */
export function refuseDifference(ourFolder: string, theirFolder: string): void {
  const [ours, theirs] = [contentsOf(ourFolder), contentsOf(theirFolder)];
  const differing = [...new Set([...ours.keys(), ...theirs.keys()])].filter(
    (what) => ours.get(what) !== theirs.get(what),
  );
  if (differing.length === 0) return;
  const lines = differing
    .sort()
    .map((what) => `${what}: ${ours.get(what) ?? 0} of ours, ${theirs.get(what) ?? 0} of theirs`);
  throw new Error(['the two sides synthesized different things', ...lines].join('\n  '));
}

function contentsOf(folder: string): Contents {
  const counts = new Map<string, number>();
  const count = (what: string): void => {
    counts.set(what, (counts.get(what) ?? 0) + 1);
  };
  const stacks = join(folder, 'stacks');
  for (const stack of readdirSync(stacks)) {
    const content: unknown = JSON.parse(readFileSync(join(stacks, stack, 'cdk.tf.json'), 'utf8'));
    count('stack');
    for (const [, output] of entriesOf(at(content, 'output'))) count(`output ${attributesOf(output)}`);
    for (const kind of ['resource', 'data', 'provider']) {
      for (const [type, blocks] of entriesOf(at(content, kind))) {
        for (const [, block] of entriesOf(blocks)) count(`${kind}.${type} ${attributesOf(block)}`);
      }
    }
    for (const [type] of entriesOf(at(at(content, 'terraform'), 'backend'))) count(`backend.${type}`);
  }
  return counts;
}

/** Names alone: the two sides call what they refer to differently. Metadata of CDKTF is no attribute. */
function attributesOf(block: unknown): string {
  const names = entriesOf(block).map(([name]) => name);
  return `(${names.filter((name) => name !== '//').join(', ')})`;
}

function at(value: unknown, key: string): unknown {
  return new Map(entriesOf(value)).get(key);
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
