import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JsonObject, objectOf, objectsOf } from '../plan/json-values';

/** Beside the `cdk.tf.json` of a stack: Terraform reads every file of a folder, and CDKTF leaves it there. */
export const RECOVER_FILE = 'recover.tf.json';

const NOTE = 'Written by vb365 recover; once it is applied, it does nothing and may go.';

/** `import` blocks in Terraform's JSON. */
export function recoverFileContent(imports: readonly object[]): string {
  return `${JSON.stringify({ '//': NOTE, import: imports }, undefined, 2)}\n`;
}

/**
 * Takes out of such files what their stack does not declare any more, as a certificate that was retired: Terraform would fail
 * at it. To be called after a synthesis.
 *
 * @param output folder that CDKTF has written to
 */
export function keepDeclaredImports(output: string): void {
  const stacks = join(output, 'stacks');
  if (!existsSync(stacks)) return;
  for (const stack of readdirSync(stacks)) {
    const file = join(stacks, stack, RECOVER_FILE);
    if (existsSync(file)) keepDeclared(file, join(stacks, stack, 'cdk.tf.json'));
  }
}

function keepDeclared(file: string, stackFile: string): void {
  const imports = objectsOf(readJson(file).import);
  const declared = objectOf(readJson(stackFile).resource);
  const kept = imports.filter(({ to }) => {
    const [type = '', name = ''] = String(to).split('.');
    return Object.hasOwn(objectOf(declared[type]), name);
  });
  if (kept.length === imports.length) return;
  if (kept.length === 0) rmSync(file);
  else writeFileSync(file, recoverFileContent(kept));
}

/** Nothing where it is damaged: Terraform will say so. */
function readJson(file: string): JsonObject {
  try {
    return objectOf(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}
