import { regions } from '../../catalogue/regions';
import { roles } from '../../catalogue/roles';
import { formatInstant } from '../../words/instant';
import { type BundledCertificate, cerName, pfxName } from './bundled-certificate';
import { meansOf, restMachineToTrust } from '../installation-plan';

/** What a person does with the bundle, in three steps, for exactly the certificates that are in it. */
export function bundleReadme(certificates: readonly BundledCertificate[]): string {
  const scripted = certificates.filter(({ plan }) => plan.byHand === undefined);
  const names = certificates.map(({ generation }) => generation.lineage);
  return `Certificates to install
=======================
${certificates.map(listed).join('')}
The PFX files hold private keys. Their password is not in this bundle: carry it by another way, and delete both
when you are done.

1. Carry it over
----------------
${carry(certificates)}
2. Install
----------
${[...(scripted.length === 0 ? [] : [byScript(scripted)]), ...certificates.flatMap(byHand)].join('\n')}
3. Check
--------
Where the certificates are kept, run:

${names.map((name) => `  vb365 verify ${name}`).join('\n')}

Then delete this bundle and the file of the password on every machine they have been on.
`;
}

function listed({ generation, plan }: BundledCertificate): string {
  const { lineage, label, certificate } = generation;
  return `
${lineage} ${label}: ${roles[plan.declaration.role].name}
  file        ${pfxName(generation)}
  thumbprint  ${certificate.thumbprint}
  valid until ${formatInstant(certificate.notAfter)}
  for         ${plan.target}
`;
}

/** Names of the PFX files that a README of a bundle lists; none where it is something else. */
export function listedFiles(readme: string): string[] {
  return Array.from(readme.matchAll(/^ {2}file {8}([\w.-]+-\d{4,}\.pfx)\r?$/gm), ([, name = '']) => name);
}

function carry(certificates: readonly BundledCertificate[]): string {
  const machines = certificates.flatMap(({ plan }) => [plan.target, restMachineToTrust(plan) ?? plan.target]);
  return `Copy this folder to a place that only administrators can read, on:

${[...new Set(machines)].map((machine) => `  ${machine === 'Veeam Data Cloud' ? 'a workstation with a browser, for Veeam Data Cloud' : machine}`).join('\n')}
`;
}

function byScript(certificates: readonly BundledCertificate[]): string {
  const { target } = certificates[0]?.plan ?? { target: '' };
  return `On ${certificates[0]?.plan.installation?.server.hostName ?? target}, in PowerShell 7.4.2 or newer (pwsh), as an administrator of the server and of
Veeam Backup for Microsoft 365, in this folder:

  pwsh -ExecutionPolicy Bypass -File .\\install.ps1 -WhatIf
  pwsh -ExecutionPolicy Bypass -File .\\install.ps1

The first says what would be done, and needs no password. The second asks for the password; -PasswordFile <file> reads
it from the first line of a file. It prints one line for each certificate, and can be run again:

${certificates.map(({ generation, plan }) => `  ${generation.lineage}: ${meansOf(plan) ?? ''}`).join('\n')}
`;
}

function byHand(bundled: BundledCertificate): string[] {
  const { plan } = bundled;
  if (plan.byHand === undefined) return trustOnRestMachine(bundled);
  switch (plan.declaration.role) {
    case 'data-cloud':
      return [inDataCloud(bundled)];
    case 'restore-portal':
      return [inConfigurator(bundled, portalTab(bundled))];
    case 'rest-api':
      return [inConfigurator(bundled, restTab(bundled))];
    case 'server':
    case 'entra-application':
    case 'tenant-authentication':
    case 'restore-operator-authentication':
      return [];
  }
}

/** Source: https://helpcenter.veeam.com/docs/vbo365/guide/vbo_configuring_rest_separate.html */
function inConfigurator({ generation, plan }: BundledCertificate, lines: readonly string[]): string {
  return `On ${plan.target}, for ${generation.lineage} (no cmdlet reaches this machine):

  a. Run C:\\Program Files\\Veeam\\Backup365\\Veeam.Archiver.REST.Configurator.exe as an administrator.
${lines.map((line, index) => `  ${String.fromCharCode('b'.charCodeAt(0) + index)}. ${line}`).join('\n')}
  ${String.fromCharCode('b'.charCodeAt(0) + lines.length)}. Click Apply, then OK.
`;
}

function restTab({ generation, plan }: BundledCertificate): string[] {
  const { restApi, server } = plan.installation ?? {};
  return [
    'Open the tab REST API, and select "Enable REST service".',
    `See that "HTTPS port" is ${restApi?.port ?? 4443}, and "Controller host" ${server?.hostName ?? 'the VB365 server'}.`,
    `Click Install, select "Import certificate from a PFX file", choose ${pfxName(generation)}, type the password, and click Finish.`,
  ];
}

function portalTab({ generation, plan }: BundledCertificate): string[] {
  const { restorePortal, region = 'worldwide' } = plan.installation ?? {};
  const application = plan.clientId ?? 'the client id of the Restore Portal application';
  return [
    'Open the tab Restore Portal, and select "Enable Restore Portal".',
    `See that "Region" is ${regions[region].veeamRegion}, "Application ID" ${application}, and "Restore Portal URL" ${restorePortal?.webAddress ?? 'its web address'}.`,
    `Under "Application certificate", click Install, select "Import certificate from a PFX file", choose ${pfxName(generation)}, type the password, and click Finish.`,
  ];
}

/** Source: https://helpcenter.veeam.com/docs/vbo365/guide/vbo_authentication_settings.html */
function trustOnRestMachine({ generation, plan }: BundledCertificate): string[] {
  const machine = restMachineToTrust(plan);
  if (machine === undefined || !generation.certificate.isSelfSigned) return [];
  return [
    `On ${machine}, which must trust ${generation.lineage}, in PowerShell as an administrator:

  Import-Certificate -FilePath .\\${cerName(generation)} -CertStoreLocation Cert:\\LocalMachine\\Root
`,
  ];
}

/** Source: https://helpcenter.veeam.com/docs/vdc/userguide/m365_certificates.html */
function inDataCloud({ generation }: BundledCertificate): string {
  return `For ${generation.lineage}, in a browser:

  a. Sign in to Veeam Data Cloud for Microsoft 365 as an administrator; open Settings, System, SSL Certificate.
  b. Click "Upload a custom certificate", copy the code, and enter it at https://microsoft.com/devicelogin.
  c. Choose ${pfxName(generation)}, type its password, and click Import.
`;
}
