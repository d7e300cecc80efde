import { apis, directoryRoles } from '../../catalogue/permission-ids';
import { directoryRolesFor, type Permission } from '../../catalogue/permissions';
import type { LineageDeclaration } from '../../config/lineages';
import { counted } from '../../words/counted';
import { groupBy } from '../../words/lists';
import type { ExpectedConsent } from '../expected';
import type { SeenGrants } from './grants';
import { type Check, type Complaint, looked } from '../report';

/** An application, what has to be granted to it, and what is. */
export interface ConsentComparison {
  readonly declaration: LineageDeclaration;
  readonly clientId: string;
  readonly expected: ExpectedConsent;
  readonly seen: SeenGrants;
  /** Why something could not be read, and what helps. */
  readonly unread: { readonly why: string; readonly cure: string };
}

/** One thing to be granted: a permission, or a directory role without which one of them is worth nothing. */
interface Wanted {
  /** `Microsoft Graph (application)` */
  readonly group: string;
  readonly name: string;
  /** As `alreadyConsented` has it. */
  readonly grant: string;
  readonly state: 'granted' | 'missing' | 'unknown';
  /** Whether Entra has a grant that only lacks this: it keeps the delegated permissions of an API in one. */
  readonly isPartOfGrant: boolean;
}

/** Client ids of the APIs of which it is not known whether their application permissions are granted. */
export function unreadApis({ permissions }: ExpectedConsent, seen: SeenGrants): string[] {
  const asked = permissions.filter(({ kind }) => kind === 'application').map(({ api }) => apis[api].clientId);
  return [...new Set(asked)].filter((apiId) => !seen.application.has(apiId));
}

/** Whether everything that has to be granted is known to be granted, or not to be. */
export function isAllRead(expected: ExpectedConsent, seen: SeenGrants): boolean {
  const needsDelegated =
    expected.ownScope !== undefined || expected.permissions.some(({ kind }) => kind === 'delegated');
  const needsRoles = directoryRolesFor(expected.permissions).length > 0;
  return (
    unreadApis(expected, seen).length === 0 &&
    !(needsDelegated && seen.delegated === undefined) &&
    !(needsRoles && seen.directoryRoles === undefined)
  );
}

/** What has to be granted against what is. */
export function judgeConsent(comparison: ConsentComparison): Check {
  const wanted = [...wantedPermissions(comparison), ...wantedRoles(comparison)];
  const granted = wanted.filter(({ state }) => state === 'granted');
  const unknown = wanted.filter(({ state }) => state === 'unknown');
  const found = [
    `${counted(wanted.length, 'permission')} asked for, ${granted.length} granted`,
    ...(unknown.length === 0 ? [] : [`${unknown.length} not known`]),
  ];
  const findings = [...missing(wanted, comparison), ...(unknown.length === 0 ? [] : [notKnown(unknown, comparison)])];
  const isMissing = findings.some(({ id }) => id !== 'consent-unknown');
  const check = { kind: 'consent', where: comparison.clientId, detail: found.join(', ') } as const;
  return looked(check, findings, isMissing ? 'differs' : 'not-known');
}

function wantedPermissions({ clientId, expected, seen }: ConsentComparison): Wanted[] {
  const ofApi = (permission: Permission): Wanted => {
    const { api, kind, name } = permission;
    const apiId = apis[api].clientId;
    const granted = kind === 'application' ? seen.application.get(apiId) : delegatedOn(apiId, seen);
    const has = granted?.has(name.toLowerCase()) === true || granted?.has(permission.id) === true;
    return {
      group: `${apis[api].name} (${kind})`,
      name,
      grant: kind === 'application' ? `${api}/${name}` : `${api}/delegated`,
      state: granted === undefined ? 'unknown' : has ? 'granted' : 'missing',
      isPartOfGrant: kind === 'delegated' && (granted?.size ?? 0) > 0,
    };
  };
  const { ownScope, permissions } = expected;
  const wanted = permissions.map(ofApi);
  if (ownScope === undefined) return wanted;
  const own = delegatedOn(clientId.toLowerCase(), seen);
  const state = own === undefined ? 'unknown' : own.has(ownScope) ? 'granted' : 'missing';
  const grant = `own/${ownScope}`;
  return [...wanted, { group: 'its own scope', name: ownScope, grant, state, isPartOfGrant: false }];
}

/** Undefined where nobody may read it; empty where there is no grant. */
function delegatedOn(apiId: string, { delegated }: SeenGrants): ReadonlySet<string> | undefined {
  return delegated && (delegated.get(apiId) ?? new Set());
}

function wantedRoles({ expected, seen }: ConsentComparison): Wanted[] {
  return directoryRolesFor(expected.permissions).map((name) => {
    const has = seen.directoryRoles?.has(directoryRoles[name]);
    const state = has === undefined ? 'unknown' : has ? 'granted' : 'missing';
    return { group: 'directory role', name, grant: name, state, isPartOfGrant: false };
  });
}

/** A finding for each way in which what is missing is granted. */
function missing(wanted: readonly Wanted[], comparison: ConsentComparison): Complaint[] {
  const lacking = wanted.filter(({ state }) => state === 'missing');
  const byCure = groupBy(lacking, (one) => cureOf(one, comparison));
  return [...byCure].map(([cure, ones]) => ({
    id: 'consent-missing',
    severity: 'error',
    subject: comparison.declaration.name,
    message: `Entra has not granted ${ones.length} of the ${counted(wanted.length, 'permission')} that the application needs: ${listed(ones)}`,
    cure,
  }));
}

function cureOf(
  { grant, group, isPartOfGrant, name }: Wanted,
  { clientId, declaration, expected }: ConsentComparison,
): string {
  const { alreadyConsented, placement } = expected;
  const byHand =
    group === 'directory role'
      ? `assign the role ${name} to the application in Entra (Roles and administrators)`
      : `grant admin consent in Entra (API permissions of the application), or run "az ad app permission admin-consent --id ${clientId}"`;
  if (placement === 'none') return byHand;
  const stack = placement === 'same-stack' ? declaration.owner : `${declaration.owner}-consent`;
  const deploy = `run "npx cdktf deploy ${stack}"`;
  if (alreadyConsented?.includes(grant) === true) {
    return isPartOfGrant ? byHand : `take ${grant} out of alreadyConsented in vb365.yaml, and ${deploy}`;
  }
  if (!isPartOfGrant) return deploy;
  // The provider adds nothing to a grant that it does not know, and Entra takes no second one.
  const taking =
    alreadyConsented === undefined
      ? `run "vb365 recover ${stack}" before, which has the stack take it over`
      : `name ${grant} in alreadyConsented, and ${byHand}`;
  return `${deploy}; where Entra says that the entry already exists, ${taking}`;
}

function notKnown(unknown: readonly Wanted[], { declaration, unread }: ConsentComparison): Complaint {
  return {
    id: 'consent-unknown',
    severity: 'warning',
    subject: declaration.name,
    message: `whether Entra has granted ${listed(unknown)} is not known: ${unread.why}`,
    cure: unread.cure,
  };
}

/** `Microsoft Graph (application): Directory.Read.All, Group.Read.All; directory role: Global Reader` */
function listed(wanted: readonly Wanted[]): string {
  return [...groupBy(wanted, ({ group }) => group)]
    .map(([group, ones]) => `${group}: ${ones.map(({ name }) => name).join(', ')}`)
    .join('; ');
}
