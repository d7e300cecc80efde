import { roles } from '../catalogue/roles';
import type { LineageDeclaration } from '../config/lineages';
import { type Check, type Complaint, looked } from './report';
import type { KnownLineage } from './served';
import { isThumbprint } from '../certificates/thumbprint';

/**
 * What the server uses against what it shall use.
 *
 * @param thumbprints SHA-1 in upper-case hex, one for each setting of the server; none where it has no application
 */
export function judgeRest(
  { declaration, generations }: KnownLineage,
  where: string,
  thumbprints: readonly string[],
): Check {
  const seen = [...new Set(thumbprints)].map((thumbprint) => {
    const index = generations.findIndex(({ certificate }) => certificate.thumbprint === thumbprint);
    return { thumbprint, label: generations[index]?.label, isCurrent: index >= 0 && index === generations.length - 1 };
  });
  const findings = seen.flatMap(({ thumbprint, label, isCurrent }): Complaint[] => {
    if (isCurrent) return [];
    return [label === undefined ? unknown(declaration, where, thumbprint) : superseded(declaration, where, label)];
  });
  const names = seen.map(({ label, thumbprint }) => label ?? thumbprint).join(' and ');
  if (seen.length === 0) return looked({ kind: 'rest', where, detail: 'not there' }, [absent(declaration, where)]);
  return looked({ kind: 'rest', where, detail: `the server uses ${names}` }, findings);
}

function superseded({ name, role }: LineageDeclaration, where: string, label: string): Complaint {
  return {
    id: 'rest-certificate-superseded',
    severity: 'warning',
    subject: name,
    message: `${where} still uses ${label}, which is superseded`,
    cure: `run "vb365 install ${name} --via rest", or install the current one in ${roles[role].installedIn}, and do not retire ${label} before`,
  };
}

function unknown({ name, role }: LineageDeclaration, where: string, thumbprint: string): Complaint {
  return {
    id: 'rest-certificate-unknown',
    severity: 'error',
    subject: name,
    message: `${where} uses ${isThumbprint(thumbprint) ? thumbprint : 'a certificate'}, which the keystore does not have`,
    cure: `run "vb365 install ${name} --via rest", or install the current one in ${roles[role].installedIn}`,
  };
}

function absent({ name, clientId }: LineageDeclaration, where: string): Complaint {
  return {
    id: 'rest-application-missing',
    severity: 'error',
    subject: name,
    message:
      clientId === undefined
        ? `the organization signs in with no application, as ${where} says`
        : `the organization has no backup application ${clientId}, as ${where} says`,
    cure:
      clientId === undefined
        ? 'edit the organization in VB365: modern authentication, with the client id of its application'
        : 'take the backup application out of vb365.yaml, or add it in Backup Applications Manager',
  };
}
