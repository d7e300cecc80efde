import { type BundledCertificate, cerName, pfxName } from './bundled-certificate';
import { bundleReadme } from './readme';
import { restMachineToTrust, roleFactsOf, storesOf } from '../installation-plan';
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
export const DATA_CLOUD_GROUP = 'veeam-data-cloud';

/**
 * Everything that has to be carried over, in the order of the lineages: PFX files, one script for what cmdlets install, and a
 * README for exactly these. What goes to different servers lies in folders of its own. The password is not in it.
 */
export function bundleFiles(certificates: readonly BundledCertificate[]): BundleFile[] {
  const groups = new Map<string, BundledCertificate[]>();
  for (const certificate of certificates) {
    const group = certificate.plan.installation?.name ?? DATA_CLOUD_GROUP;
    groups.set(group, [...(groups.get(group) ?? []), certificate]);
  }
  return [...groups].flatMap(([group, members]) => {
    const folder = groups.size === 1 ? '' : `${group}/`;
    return filesOfGroup(members).map(({ name, content }) => ({ name: `${folder}${name}`, content }));
  });
}

function filesOfGroup(certificates: readonly BundledCertificate[]): BundleFile[] {
  const scripts = certificates.filter(({ plan }) => plan.byHand === undefined).map(scriptOf);
  return [
    text('README.txt', bundleReadme(certificates)),
    ...(scripts.length === 0 ? [] : [text('install.ps1', bundleScript(scripts))]),
    ...certificates.flatMap(({ plan, generation, pfx }) => {
      const files = [{ name: pfxName(generation), content: pfx }];
      const { certificate } = generation;
      if (restMachineToTrust(plan) === undefined || !certificate.isSelfSigned) return files;
      return [...files, { name: cerName(generation), content: certificate.der }];
    }),
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
