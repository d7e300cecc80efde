import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Configuration } from '../../lib/config/configuration';
import { Vb365Error } from '../../lib/errors';
import { bundleFiles } from '../../lib/install/bundle/bundle';
import { filesOfEarlier } from '../../lib/install/bundle/earlier-bundle';
import { zipOf } from '../../lib/install/bundle/zip';
import type { BundledCertificate } from '../../lib/install/bundle/bundled-certificate';
import type { InstallationPlan } from '../../lib/install/installation-plan';
import { readIdentities } from '../../lib/keystore/sealing/identity';
import { Keystore } from '../../lib/keystore/keystore';
import { chooseGeneration } from '../../lib/lifecycle/choose-generation';
import { warnAboutUse } from '../../lib/lifecycle/warn-about-use';
import { now } from '../shell/command-options';
import { identityPath } from './identity-path';
import { pfxOf } from '../../lib/install/install-one';
import { randomPassword } from '../../lib/system/random-password';
import { exposedSecrets } from '../shell/exposed-files';
import { pathFrom } from '../../lib/words/printable';
import { realPath } from '../../lib/system/look';
import { printFindings, printJson, printNote, printResult, type Terminal } from '../shell/terminal';
import type { NewFile } from '../shell/joint-write';
import { refuseTaken, writeSecretFiles } from '../shell/write-file';

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
  const out = resolve(terminal.cwd(), options.out ?? 'vb365-bundle.zip');
  const passwordFile = resolve(terminal.cwd(), options.passwords ?? '');
  refuseInside(out, passwordFile);
  const overwrite = options.force === true;
  refuseTaken([passwordFile], overwrite);
  const password = randomPassword();
  const certificates = await bundledCertificates(terminal, configuration, plans, options, password);
  const files = filesOf(out, certificates);
  const earlier =
    overwrite && !isZip(out)
      ? filesOfEarlier(
          configuration,
          out,
          files.map(({ file }) => file),
        )
      : [];
  const withKeys = files.map(({ file }) => file).filter((file) => /\.(?:pfx|zip)$/i.test(file));
  const secrets = [{ file: passwordFile, content: `${password}\n` }, ...files];
  writeSecretFiles(secrets, overwrite, dirname(configuration.file), earlier);
  for (const file of earlier) {
    printNote(terminal, `removed ${pathFrom(terminal.cwd(), file)}, which was of an earlier bundle`);
  }
  printFindings(terminal, exposedSecrets([passwordFile, ...withKeys]));
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
    printFindings(terminal, warnAboutUse(plan.declaration, generation, now({})));
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
