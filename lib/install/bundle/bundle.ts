import type { InstallationConfiguration } from '../../config/configuration';
import { type BundledCertificate, cerName, type MachineBundle, pfxName } from './bundled-certificate';
import { bundleReadme } from './readme';
import { type InstallationPlan, restMachineToTrust, roleFactsOf, storesOf } from '../installation-plan';
import { type BundledScript, bundleScript } from '../powershell/bundle-script';
import { installScript } from '../powershell/install-script';

/** A file to put into a bundle: the README, the script, a PFX or a public certificate. */
export interface BundleFile {
  /** Path inside the bundle, with `/`. */
  readonly name: string;
  /** Texts end their lines with `\r\n`. A PFX is secret. */
  readonly content: Buffer;
}

/** Folder of what goes to Veeam Data Cloud, where there is something for a server too. */
const DATA_CLOUD_GROUP = 'veeam-data-cloud';

/** Folders that a bundle of these installations can have: one for each machine, so that each gets no key but its own. */
export function bundleFolders(installations: readonly Pick<InstallationConfiguration, 'name'>[]): string[] {
  return [...installations.flatMap(({ name }) => [name, restFolder(name)]), DATA_CLOUD_GROUP];
}

/**
 * Everything that has to be carried over, in the order of the lineages: PFX files, one script for what cmdlets install, and a
 * README for exactly these. What goes to different machines lies in folders of its own. The password is not in it.
 */
export function bundleFiles(certificates: readonly BundledCertificate[]): BundleFile[] {
  const groups = new Map<string, MachineBundle>();
  const groupOf = (name: string, machine: string): MachineBundle => {
    const group = groups.get(name) ?? { machine, certificates: [], trusted: [] };
    groups.set(name, group);
    return group;
  };
  for (const certificate of certificates) {
    const { plan, generation } = certificate;
    groupOf(folderOf(plan), plan.target).certificates.push(certificate);
    const machine = restMachineToTrust(plan);
    if (machine === undefined || plan.installation === undefined || !generation.certificate.isSelfSigned) continue;
    groupOf(restFolder(plan.installation.name), machine).trusted.push(certificate);
  }
  return [...groups].flatMap(([group, members]) => {
    const folder = groups.size === 1 ? '' : `${group}/`;
    return filesOfMachine(members).map(({ name, content }) => ({ name: `${folder}${name}`, content }));
  });
}

function folderOf({ installation, target }: InstallationPlan): string {
  if (installation === undefined) return DATA_CLOUD_GROUP;
  return target === installation.server.hostName ? installation.name : restFolder(installation.name);
}

/** Of a REST API machine of its own; names of installations have no underscore. */
function restFolder(installation: string): string {
  return `${installation}_rest-api`;
}

function filesOfMachine(bundle: MachineBundle): BundleFile[] {
  const scripts = bundle.certificates.filter(({ plan }) => plan.byHand === undefined).map(scriptOf);
  return [
    text('README.txt', bundleReadme(bundle)),
    ...(scripts.length === 0 ? [] : [text('install.ps1', bundleScript(scripts))]),
    ...bundle.certificates.map(({ generation, pfx }) => ({ name: pfxName(generation), content: pfx })),
    ...bundle.trusted.map(({ generation }) => ({ name: cerName(generation), content: generation.certificate.der })),
  ];
}

function scriptOf({ plan, generation, thumbprints }: BundledCertificate): BundledScript {
  const { lineage, certificate } = generation;
  const facts = roleFactsOf(plan, thumbprints);
  return {
    lineage,
    pfx: pfxName(generation),
    script: installScript({ lineage, certificate, facts, stores: storesOf(plan) }),
  };
}

/** With the line ends that every editor of Windows reads. */
function text(name: string, content: string): BundleFile {
  return { name, content: Buffer.from(content.replace(/\r?\n/g, '\r\n')) };
}
