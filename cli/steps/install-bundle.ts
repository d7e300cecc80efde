import { lstatSync, realpathSync, rmSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Configuration } from '../../lib/config/configuration';
import { Vb365Error } from '../../lib/errors';
import { bundleFiles, DATA_CLOUD_GROUP } from '../../lib/install/bundle/bundle';
import { listedFiles } from '../../lib/install/bundle/readme';
import { zipOf } from '../../lib/install/bundle/zip';
import type { BundledCertificate } from '../../lib/install/bundle/bundled-certificate';
import type { InstallationPlan } from '../../lib/install/installation-plan';
import { withFileErrors } from '../../lib/system/durable-files';
import { isInsideGitWorkTree } from '../../lib/system/git-work-tree';
import { readIdentities } from '../../lib/keystore/sealing/identity';
import { Keystore } from '../../lib/keystore/keystore';
import { chooseGeneration } from '../../lib/lifecycle/choose-generation';
import { identityPath } from './identity-path';
import { pfxOf } from '../../lib/install/install-one';
import { randomPassword } from '../../lib/system/random-password';
import { insideRepository } from '../shell/inside-repository';
import { pathFrom } from '../../lib/words/printable';
import { readUpTo } from '../../lib/system/read-file';
import { printFindings, printJson, printNote, printResult, type Terminal } from '../shell/terminal';
import { type NewFile, refuseTaken, writeSecretFiles } from '../shell/write-file';

/** Bytes; that of a hundred certificates has a tenth of it. */
const README_LIMIT = 1_048_576;

export interface BundleOptions {
  readonly out?: string;
  readonly passwords?: string;
  readonly generation?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/**
 * Writes a bundle, folder or zip, and the password of its PFX files elsewhere: all of it or nothing.
 *
 * @throws Vb365Error `bundle-password-inside`, `output-exists`, `output-unwritable`, and why a key could not be opened
 */
export async function writeBundle(
  terminal: Terminal,
  configuration: Configuration,
  plans: readonly InstallationPlan[],
  options: BundleOptions,
): Promise<void> {
  if (plans.length === 0) {
    printResult(terminal, 'Nothing to install.');
    return;
  }
  const out = resolve(terminal.cwd(), options.out ?? 'vb365-bundle.zip');
  const passwordFile = resolve(terminal.cwd(), options.passwords ?? '');
  refuseInside(out, passwordFile);
  const overwrite = options.force === true;
  refuseTaken([passwordFile], overwrite);
  const password = randomPassword();
  const certificates = await bundledCertificates(terminal, configuration, plans, options, password);
  const files = filesOf(out, certificates);
  const earlier = overwrite && !isZip(out) ? filesOfEarlier(configuration, out, files) : [];
  writeSecretFiles([{ file: passwordFile, content: `${password}\n` }, ...files], overwrite);
  for (const file of earlier) remove(terminal, file);
  printFindings(terminal, [passwordFile, out].filter(isInsideGitWorkTree).map(insideRepository));
  say(terminal, certificates, out, passwordFile, options.json === true);
}

async function bundledCertificates(
  terminal: Terminal,
  configuration: Configuration,
  plans: readonly InstallationPlan[],
  options: BundleOptions,
  password: string,
): Promise<BundledCertificate[]> {
  const keystore = new Keystore(configuration.keystore);
  const { findings, identities } = await readIdentities(await identityPath(terminal));
  printFindings(terminal, findings);
  const certificates: BundledCertificate[] = [];
  for (const plan of plans) {
    const { name, role } = plan.declaration;
    const generation = await chooseGeneration(keystore, plan.declaration, options.generation);
    const pfx = await pfxOf(generation, role, identities, password);
    const thumbprints = keystore.generations(name).map(({ certificate }) => certificate.thumbprint);
    certificates.push({ plan, generation, pfx, thumbprints });
  }
  return certificates;
}

function filesOf(out: string, certificates: readonly BundledCertificate[]): NewFile[] {
  const files = bundleFiles(certificates);
  if (!isZip(out)) return files.map(({ name, content }) => ({ file: join(out, name), content }));
  return [{ file: out, content: zipOf(files) }];
}

/**
 * What an earlier bundle in the folder lists, which its new README will not: nobody would install it, its password may be gone,
 * and it is a private key all the same. Other files, such as exports, stay.
 */
function filesOfEarlier({ installations }: Configuration, out: string, files: readonly NewFile[]): string[] {
  const written = new Set(files.map(({ file }) => file));
  const groups = [...installations.map(({ name }) => name), DATA_CLOUD_GROUP];
  const folders = [out, ...groups.map((group) => join(out, group))];
  const listed = folders.flatMap((folder) => listedFiles(readmeIn(folder)).map((name) => join(folder, name)));
  const all = listed.flatMap((file) => [file, file.replace(/pfx$/, 'cer')]);
  return all.filter((file) => !written.has(file) && isFile(file));
}

function remove(terminal: Terminal, file: string): void {
  withFileErrors('output-unwritable', file, 'remove', () => {
    rmSync(file);
  });
  printNote(terminal, `removed ${pathFrom(terminal.cwd(), file)}, which was of an earlier bundle`);
}

/** Empty where there is none. */
function readmeIn(folder: string): string {
  const file = join(folder, 'README.txt');
  return isFile(file)
    ? withFileErrors('output-unwritable', file, 'read', () => readUpTo(file, README_LIMIT).toString())
    : '';
}

function isFile(file: string): boolean {
  const look = (): boolean => lstatSync(file, { throwIfNoEntry: false })?.isFile() === true;
  return withFileErrors('output-unwritable', file, 'read', look);
}

/** Whoever finds the bundle shall not find its password. */
function refuseInside(out: string, passwordFile: string): void {
  const seen = relative(realPath(out), realPath(passwordFile));
  const isInside = seen === '' || (!isZip(out) && seen !== '..' && !seen.startsWith(`..${sep}`));
  if (!isInside) return;
  throw new Vb365Error('bundle-password-inside', {
    subject: passwordFile,
    message: `the password was to be written to ${passwordFile}, into the bundle that it protects`,
    cure: 'name a file elsewhere, and carry it by another way',
  });
}

/** With the symbolic links of its folders followed, as far as these are there. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent), basename(path));
  }
}

function isZip(out: string): boolean {
  return out.toLowerCase().endsWith('.zip');
}

function say(
  terminal: Terminal,
  certificates: readonly BundledCertificate[],
  out: string,
  passwordFile: string,
  json: boolean,
): void {
  const cwd = terminal.cwd();
  if (json) {
    const rows = certificates.map(({ generation, plan }) => ({
      lineage: generation.lineage,
      generation: generation.label,
      thumbprint: generation.certificate.thumbprint,
      via: plan.way,
      target: plan.target,
      bundle: out,
    }));
    printJson(terminal, rows);
    return;
  }
  for (const { generation, plan } of certificates) {
    const { lineage, label, certificate } = generation;
    const how = plan.byHand === undefined ? '' : ', to be installed by hand';
    printResult(
      terminal,
      `bundled ${lineage} ${label} for ${plan.target}${how} (thumbprint ${certificate.thumbprint})`,
    );
  }
  printResult(terminal, `wrote the password to ${pathFrom(cwd, passwordFile)}`);
  printResult(terminal, `wrote ${pathFrom(cwd, out)}: README.txt in it says what to do`);
}
