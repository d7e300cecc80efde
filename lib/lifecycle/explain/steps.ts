import { roles } from '../../catalogue/roles';
import type { Step } from '../../catalogue/sign-in-errors';
import { sourceOf } from '../../config/certificate-sources';
import type { LineageDeclaration } from '../../config/lineages';

/** How `vb365 install` puts the certificate of a lineage in place; undefined where the configuration does not say. */
export type Installed = (declaration: LineageDeclaration) => string | undefined;

export function renewStep({ name, policy }: LineageDeclaration): Step {
  const { isIssuedHere, successors } = sourceOf(policy);
  const what = isIssuedHere ? 'issue its successor' : 'take in the certificate that follows it';
  return { command: successors(name), what };
}

export function switchSteps(declaration: LineageDeclaration, installed: Installed | undefined): Step[] {
  return [publishStep(declaration), ...installSteps(declaration, installed)];
}

export function publishStep({ owner, role }: LineageDeclaration): Step {
  const what = roles[role].boundToEntra ? 'publish the current certificate in Entra' : 'put the change on record';
  return { command: `npx cdktf deploy ${owner}`, what };
}

export function installSteps(declaration: LineageDeclaration, installed: Installed | undefined): Step[] {
  const { name, role, clientId } = declaration;
  const how = installed?.(declaration);
  if (how !== undefined) return [{ command: `vb365 install ${name}`, what: how }];
  const { backupApplication, installedIn, setCmdlet } = roles[role];
  const cmdlet = clientId === undefined ? setCmdlet : backupApplication?.setCmdlet;
  const product = role === 'data-cloud' ? '' : 'VB365: ';
  const where = clientId === undefined ? installedIn : 'Backup Applications Manager';
  return [
    { command: `vb365 export ${name}`, what: 'write it as a PFX' },
    { command: cmdlet ?? null, what: `install the PFX in ${product}${where}` },
  ];
}
