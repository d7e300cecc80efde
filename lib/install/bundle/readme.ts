import { regions } from '../../catalogue/regions';
import { roles } from '../../catalogue/roles';
import { formatInstant } from '../../words/instant';
import { type BundledCertificate, cerName, type MachineBundle, pfxName } from './bundled-certificate';
import { meansOf } from '../installation-plan';

const KEYS = `
The PFX files hold private keys. Their password is not in this bundle: carry it by another way, and delete both
when you are done.
`;

/** What a person does with the bundle of one machine, in three steps, for exactly the certificates that are in it. */
export function bundleReadme({ machine, certificates, trusted }: MachineBundle): string {
  const scripted = certificates.filter(({ plan }) => plan.byHand === undefined);
  const names = [...certificates, ...trusted].map(({ generation }) => generation.lineage);
  return `Certificates to install
=======================
${[...certificates.map(listed), ...trusted.map((one) => listedTrusted(one, machine))].join('')}${certificates.length === 0 ? '' : KEYS}
1. Carry it over
----------------
${carry(machine)}
2. Install
----------
${[
  ...(scripted.length === 0 ? [] : [byScript(scripted)]),
  ...certificates.flatMap(byHand),
  ...trusted.map((one) => trustHere(one, machine)),
].join('\n')}
3. Check
--------
Where the certificates are kept, run:

${names.map((name) => `  vb365 verify ${name}`).join('\n')}

Then delete this folder and the file of the password on every machine they have been on.
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

function listedTrusted({ generation }: BundledCertificate, machine: string): string {
  const { lineage, label, certificate } = generation;
  return `
${lineage} ${label}: to be trusted; its key is none of this machine's business
  file        ${cerName(generation)}
  thumbprint  ${certificate.thumbprint}
  valid until ${formatInstant(certificate.notAfter)}
  for         ${machine}
`;
}

/** Names of the PFX and .cer files that a README of a bundle lists; none where it is something else. */
export function listedFiles(readme: string): string[] {
  return Array.from(readme.matchAll(/^ {2}file {8}([\w.-]+-\d{4,}\.(?:pfx|cer))\r?$/gm), ([, name = '']) => name);
}

function carry(machine: string): string {
  const place = machine === 'Veeam Data Cloud' ? 'a workstation with a browser, for Veeam Data Cloud' : machine;
  return `Copy this folder, and no other, to a place that only administrators can read, on:

  ${place}
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
  if (plan.byHand === undefined) return [];
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
function trustHere({ generation }: BundledCertificate, machine: string): string {
  return `On ${machine}, which must trust ${generation.lineage}, in PowerShell as an administrator, in this folder:

  Import-Certificate -FilePath .\\${cerName(generation)} -CertStoreLocation Cert:\\LocalMachine\\Root
`;
}

/** Source: https://helpcenter.veeam.com/docs/vdc/userguide/m365_certificates.html */
function inDataCloud({ generation }: BundledCertificate): string {
  return `For ${generation.lineage}, in a browser:

  a. Sign in to Veeam Data Cloud for Microsoft 365 as an administrator; open Settings, System, SSL Certificate.
  b. Click "Upload a custom certificate", copy the code, and enter it at https://microsoft.com/devicelogin.
  c. Choose ${pfxName(generation)}, type its password, and click Import.
`;
}
