import { App } from 'cdktf';
import type { CertificateLineage } from '../lib/certificates/generation';
import { type LineageDeclaration, lineagesOf } from '../lib/config/lineages';
import { readConfiguration } from '../lib/config/read-configuration';
import { ownerOf } from '../lib/catalogue/lineage-name';
import { Vb365Error } from '../lib/errors';
import type { Finding } from '../lib/findings';
import { damageOf } from '../lib/lifecycle/damage';
import { isFinding, readWholeLineage } from '../lib/lifecycle/read-whole-lineage';
import { keepDeclaredImports } from '../lib/recover/recover-file';
import { sharedKeyDamage } from '../lib/lifecycle/shared-keys';
import { type Generation, Keystore } from '../lib/keystore/keystore';
import { missingFinding } from '../lib/lifecycle/issue/missing';
import { type OwnerStacks, ownersOf } from './add-stacks';

/** A configuration and the public half of its keystore. */
export interface Project {
  readonly owners: readonly OwnerStacks[];
  readonly declarations: readonly LineageDeclaration[];
  readonly lineage: (name: string) => CertificateLineage;
  /** What is wrong with lineages: the stacks of their owners must not be written. */
  readonly damage: readonly Finding[];
}

/** How a project is read. */
export interface ReadProjectOptions {
  /**
   * Whether the keystore was taken from a commit without its sealed keys, to be compared with and not to be published: then
   * it is not judged, and a key that is missing says nothing.
   *
   * @default false
   */
  readonly isPublicHalf?: boolean;
}

/** What is done with stacks whose lineages are damaged. */
export interface SynthesizeOptions {
  /** Whether they are left out, and all others written. @default false: nothing is written */
  readonly onlyWhole?: boolean;
}

/**
 * Reads a configuration and the public half of its keystore, and writes the Terraform of every stack to `cdktf.out`
 * (or where CDKTF says). No clock, no dice, no secret: the same files give the same bytes on any machine and any day.
 *
 * @param file absolute path of the configuration
 * @returns why stacks were left out
 * @throws Vb365Error as `readProject`; `keystore-damaged` where a lineage is, before anything is written
 */
export function synthesize(file: string, options: SynthesizeOptions = {}): readonly Finding[] {
  const project = readProject(file);
  if (options.onlyWhole !== true) refuseDamaged(project);
  const damaged = new Set(project.damage.map(({ subject }) => ownerOf(subject)));
  writeStacks({ ...project, owners: project.owners.filter(({ owner }) => !damaged.has(owner)) });
  return project.damage;
}

/**
 * @param file absolute path of the configuration
 * @throws Vb365Error `configuration-invalid`, `certificates-missing` with every lineage that has none, and what
 * `Keystore.generations` throws.
 */
export function readProject(file: string, { isPublicHalf = false }: ReadProjectOptions = {}): Project {
  const configuration = readConfiguration(file);
  const keystore = new Keystore(configuration.keystore);
  const declarations = lineagesOf(configuration);
  const lineages = new Map<string, readonly Generation[]>();
  const damage: Finding[] = [];
  for (const { name, policy } of declarations) {
    const wrong = isPublicHalf ? [] : damageOf({ name, policy }, keystore);
    damage.push(...wrong);
    if (wrong.length > 0) continue;
    const generations = readWholeLineage(keystore, name);
    if (isFinding(generations)) damage.push(generations);
    else lineages.set(name, generations);
  }
  if (!isPublicHalf) damage.push(...sharedKeyDamage(declarations, keystore, lineages));
  refuseMissing(declarations.filter(({ name }) => lineages.get(name)?.length === 0));
  const lineage = (name: string): CertificateLineage => ({ name, generations: lineages.get(name) ?? [] });
  return { owners: ownersOf(configuration), declarations, lineage, damage };
}

/** @param folder absolute path to write to, instead of where CDKTF says */
export function writeStacks({ owners, lineage }: Pick<Project, 'owners' | 'lineage'>, folder?: string): void {
  const app = new App(folder === undefined ? {} : { outdir: folder });
  for (const owner of owners) owner.add(app, lineage);
  app.synth();
  keepDeclaredImports(app.outdir);
}

/** @throws Vb365Error `keystore-damaged` */
export function refuseDamaged({ damage }: Pick<Project, 'damage'>): void {
  if (damage.length === 0) return;
  throw new Vb365Error('keystore-damaged', {
    message: 'the keystore is damaged, and Terraform would take away what it no longer shows: nothing is written',
    cure: 'do what the findings say; to write the stacks that are whole meanwhile, run "vb365 synth --whole"',
    findings: damage,
  });
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
