import { App } from 'cdktf';
import type { CertificateLineage } from '../lib/certificates/generation';
import { type LineageDeclaration, lineagesOf } from '../lib/config/lineages';
import { readConfiguration } from '../lib/config/read-configuration';
import { Vb365Error } from '../lib/errors';
import { Keystore } from '../lib/keystore/keystore';
import { missingFinding } from '../lib/lifecycle/issue/missing';
import { type OwnerStacks, ownersOf } from './add-stacks';

/** A configuration and the public half of its keystore. */
export interface Project {
  readonly owners: readonly OwnerStacks[];
  readonly declarations: readonly LineageDeclaration[];
  readonly lineage: (name: string) => CertificateLineage;
}

/**
 * Reads a configuration and the public half of its keystore, and writes the Terraform of every stack to `cdktf.out`
 * (or where CDKTF says). No clock, no dice, no secret: the same files give the same bytes on any machine and any day.
 *
 * @param file absolute path of the configuration
 * @throws Vb365Error as `readProject`
 */
export function synthesize(file: string): void {
  writeStacks(readProject(file));
}

/**
 * @param file absolute path of the configuration
 * @throws Vb365Error `configuration-invalid`, `certificates-missing` with every lineage that has none, and what
 * `Keystore.generations` throws.
 */
export function readProject(file: string): Project {
  const configuration = readConfiguration(file);
  const keystore = new Keystore(configuration.keystore);
  const declarations = lineagesOf(configuration);
  const lineages = new Map<string, CertificateLineage>(declarations.map(({ name }) => [name, keystore.lineage(name)]));
  refuseMissing(declarations.filter(({ name }) => lineages.get(name)?.generations.length === 0));
  const lineage = (name: string): CertificateLineage => lineages.get(name) ?? { name, generations: [] };
  return { owners: ownersOf(configuration), declarations, lineage };
}

/** @param folder absolute path to write to, instead of where CDKTF says */
export function writeStacks({ owners, lineage }: Pick<Project, 'owners' | 'lineage'>, folder?: string): void {
  const app = new App(folder === undefined ? {} : { outdir: folder });
  for (const owner of owners) owner.add(app, lineage);
  app.synth();
}

function refuseMissing(missing: readonly LineageDeclaration[]): void {
  const findings = missing.map(missingFinding);
  if (findings.length === 0) return;
  throw new Vb365Error('certificates-missing', {
    message: `${findings.length === 1 ? 'a certificate is' : `${findings.length} certificates are`} missing from the keystore`,
    cure: 'run what the findings say at a workstation, and commit the keystore',
    findings,
  });
}
