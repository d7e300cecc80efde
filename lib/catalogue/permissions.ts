import { type ApiName, apis, type DirectoryRoleName, type PermissionKind, permissionIds } from './permission-ids';
import { type ServiceLetters, usages, type UsageTable } from './permission-usages';
import { parseProductVersion, productVersionNumber } from './product-version';
import type { Region } from './regions';
import { Vb365Error } from '../errors';
import { shown } from '../words/shown';

export const services = ['exchange', 'sharepoint', 'teams'] as const;

/** What is protected of Microsoft 365: `sharepoint` is SharePoint Online with OneDrive. */
export type Service = (typeof services)[number];

export const purposes = ['backup', 'restore', 'restore-interactive'] as const;

/** `restore` signs in with the certificate; `restore-interactive` with a device code of the person who restores. */
export type Purpose = (typeof purposes)[number];

/** A permission by name; ids are looked up in the catalogue only. */
export interface Permission {
  /** One name may stand on several: `User.Read.All` does on two. */
  readonly api: ApiName;
  /** Decides the id: `Directory.Read.All` has one for each kind. */
  readonly kind: PermissionKind;
  /** `Directory.Read.All` */
  readonly name: string;
  /** UUID of the app role or of the delegated scope, lower case; the same in every tenant. */
  readonly id: string;
}

/** What decides which permissions the application of an organization needs. */
export interface BackupPermissionsOptions {
  /** What none of them needs is left out. */
  readonly services: readonly Service[];
  /** `backup` and `restore` need application permissions, `restore-interactive` needs delegated ones. */
  readonly purposes: readonly Purpose[];
  /** `8.3`: from 8.5 on, some permissions are needed that Veeam's wizard does not grant. */
  readonly productVersion: string;
}

const LETTERS: Readonly<Record<ServiceLetters, Service>> = { EX: 'exchange', SP: 'sharepoint', TM: 'teams' };

const TABLES: Readonly<Record<Purpose, { readonly kind: PermissionKind; readonly table: UsageTable }>> = {
  backup: { kind: 'application', table: usages.backup },
  restore: { kind: 'application', table: usages.restore },
  'restore-interactive': { kind: 'delegated', table: usages.restoreInteractive },
};

/**
 * Every permission of an organization's application, without repetition, ordered by API, kind and name.
 *
 * @throws Vb365Error `service-unknown`, `purpose-unknown`, and what `parseProductVersion` throws.
 */
export function backupPermissions(options: BackupPermissionsOptions): Permission[] {
  checkNames('service', options.services, services);
  checkNames('purpose', options.purposes, purposes);
  const version = productVersionNumber(parseProductVersion(options.productVersion));
  return sorted(
    options.purposes.flatMap((purpose) => {
      const { kind, table } = TABLES[purpose];
      return select(kind, table, options.services, version);
    }),
  );
}

/**
 * Permissions of an auxiliary backup application; it serves SharePoint and OneDrive only.
 * In China, Microsoft Graph asks for `Sites.ReadWrite.All` in place of `Sites.Read.All`.
 */
export function auxiliaryBackupPermissions(region: Region): Permission[] {
  const table = region === 'china' ? usages.auxiliaryBackupInChina : usages.auxiliaryBackup;
  return sorted(select('application', table, ['sharepoint'], 0));
}

/** As an organization's backup application, and two more. @throws Vb365Error `service-unknown` */
export function dataCloudPermissions(wanted: readonly Service[]): Permission[] {
  checkNames('service', wanted, services);
  return sorted([
    ...select('application', usages.backup, wanted, 0),
    ...select('application', usages.dataCloud, wanted, 0),
  ]);
}

/** The own scope of an application of Restore Portal, through which the portal acts for the person who has signed in. */
export const PORTAL_SCOPE = 'access_as_user';

/** What Restore Portal asks for beside its own scope: to sign a person in. */
export function portalPermissions(): Permission[] {
  return sorted(select('delegated', usages.restorePortal, services, 0));
}

/**
 * The permission of that name.
 *
 * @returns undefined where the catalogue does not know it.
 */
export function findPermission(api: ApiName, kind: PermissionKind, name: string): Permission | undefined {
  const ids: Readonly<Record<string, string>> = permissionIds[kind][api];
  const id = Object.hasOwn(ids, name) ? ids[name] : undefined;
  return id === undefined ? undefined : { api, kind, name, id };
}

/** What its ids mean, for whoever reads a plan: `Microsoft Graph · Directory.Read.All (application)`. */
export function formatPermission(permission: Permission): string {
  return formatPermissionName(apis[permission.api].name, permission.kind, permission.name);
}

/** The same of a permission that Veeam does not need. */
export function formatPermissionName(api: string, kind: PermissionKind, name: string): string {
  return `${api} · ${name} (${kind})`;
}

/** Ids by API, as an application asks for them: roles are application permissions, scopes delegated ones. */
export interface ApiPermissions {
  readonly api: ApiName;
  readonly roleIds: readonly string[];
  readonly scopeIds: readonly string[];
}

/** The same permissions, one entry an API. */
export function groupByApi(permissions: readonly Permission[]): ApiPermissions[] {
  return [...new Set(permissions.map(({ api }) => api))].map((api) => {
    const idsOf = (kind: PermissionKind): string[] =>
      permissions.filter((permission) => permission.api === api && permission.kind === kind).map(({ id }) => id);
    return { api, roleIds: idsOf('application'), scopeIds: idsOf('delegated') };
  });
}

/**
 * Directory roles without which a permission is worth nothing: app-only Exchange needs Global Reader.
 *
 * Source: https://learn.microsoft.com/powershell/exchange/app-only-auth-powershell-v2
 */
export function directoryRolesFor(permissions: readonly Permission[]): DirectoryRoleName[] {
  return permissions.some(({ name }) => name === 'Exchange.ManageAsApp') ? ['Global Reader'] : [];
}

/** Who calls it from JavaScript, or reads a name from a file, is told what is not known, and that none is given. */
function checkNames(what: 'service' | 'purpose', given: unknown, known: readonly string[]): void {
  const names: readonly unknown[] = Array.isArray(given) ? given : [];
  const unknown = names.findIndex((name) => typeof name !== 'string' || !known.includes(name));
  if (unknown < 0 && names.length > 0) return;
  throw new Vb365Error(`${what}-unknown`, {
    message: unknown < 0 ? `no ${what} is given` : `${shown(String(names[unknown]))} is not a ${what}`,
    cure: `give one or more of ${known.join(', ')}`,
  });
}

function select(kind: PermissionKind, table: UsageTable, services: readonly Service[], version: number): Permission[] {
  return table.flatMap(({ api, name, services: letters, since }) => {
    const wanted = letters.some((letter) => services.includes(LETTERS[letter]));
    if (!wanted || (since !== undefined && version < productVersionNumber(since))) return [];
    return findPermission(api, kind, name) ?? [];
  });
}

function sorted(permissions: readonly Permission[]): Permission[] {
  const byKey = new Map(
    permissions.map((permission) => [`${permission.api}/${permission.kind}/${permission.name}`, permission]),
  );
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, permission]) => permission);
}
