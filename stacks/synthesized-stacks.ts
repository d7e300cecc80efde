import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { SynthesizedStack } from '../lib/matrix/matrix';
import { type Project, writeStacks } from './synthesize';

/** What CDKTF writes beside the stacks, as far as it is looked at here. */
const manifestSchema = z.object({
  stacks: z.record(
    z.string(),
    z.object({ name: z.string(), synthesizedStackPath: z.string(), dependencies: z.array(z.string()) }),
  ),
});

/**
 * What goes into the stacks of each owner, as text: where it is the same, so are the stacks, and it takes a fraction of
 * their time.
 */
export function ingredientsOf({ owners, declarations, lineage }: Project): ReadonlyMap<string, string> {
  const certificates = new Map<string, (readonly string[])[]>();
  for (const { name, owner } of declarations) {
    const own = certificates.get(owner) ?? [];
    certificates.set(owner, own);
    for (const { label, certificate } of lineage(name).generations) own.push([name, label, certificate.pem]);
  }
  return new Map(
    owners.map(({ owner, parts }) => [owner, JSON.stringify({ parts, certificates: certificates.get(owner) })]),
  );
}

/**
 * Synthesizes the stacks of some owners into a folder of its own, and reads what became of them.
 *
 * @param folder absolute path; made where it is not there
 */
export function synthesizedStacks(
  { owners, lineage }: Project,
  folder: string,
  isWanted: (owner: string) => boolean,
): SynthesizedStack[] {
  writeStacks({ owners: owners.filter(({ owner }) => isWanted(owner)), lineage }, folder);
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
  return Object.values(manifest.stacks).map(({ name, synthesizedStackPath, dependencies }) => ({
    stack: name,
    needs: dependencies,
    terraform: readFileSync(join(folder, synthesizedStackPath), 'utf8'),
  }));
}
