import { shown } from '../words/shown';
import { type ApiName, apis, type DirectoryRoleName, directoryRoles, permissionIds } from '../catalogue/permission-ids';
import { directoryRolesFor, findPermission, type Permission } from '../catalogue/permissions';
import { Vb365Error } from '../errors';
import { nearest } from '../words/did-you-mean';

const apiNames = keysOf<ApiName>(apis);
const roleNames = keysOf<DirectoryRoleName>(directoryRoles);

/**
 * What an administrator grants: `MicrosoftGraph/Directory.Read.All` for an application permission,
 * `MicrosoftGraph/delegated` for all delegated permissions of an API, `Global Reader` for a directory role.
 *
 * @throws Vb365Error `permission-name-invalid` where the catalogue does not know it.
 */
export function parseGrantName(text: string): string {
  if (isKnown(text)) return text;
  const known = [
    ...apiNames.flatMap((api) => Object.keys(permissionIds.application[api]).map((name) => `${api}/${name}`)),
    ...apiNames.map(delegated),
    ...roleNames,
  ];
  const meant = known.find((name) => name.endsWith(`/${text}`)) ?? delegatedOf(text) ?? nearest(text, known);
  throw new Vb365Error('permission-name-invalid', {
    message: `${shown(text)} is not known; allowed: <api>/<application permission>, <api>/delegated and ${roleNames.join(', ')}, with the APIs ${apiNames.join(', ')}`,
    cure:
      meant === undefined
        ? 'write MicrosoftGraph/<permission>, MicrosoftGraph/delegated or Global Reader'
        : `write ${meant}, if you mean that`,
  });
}

/** Names of what admin consent grants for these permissions, without repetition. */
export function grantNames(permissions: readonly Permission[]): string[] {
  const names = permissions.map(({ api, kind, name }) => (kind === 'application' ? `${api}/${name}` : delegated(api)));
  return [...new Set([...names, ...directoryRolesFor(permissions)])];
}

function isKnown(text: string): boolean {
  const [api, name] = split(text);
  if (api === undefined) return roleNames.some((role) => role === text);
  return name === 'delegated' || findPermission(api, 'application', name) !== undefined;
}

/** Entra keeps the delegated permissions of an API in one grant, so that none is named alone. */
function delegatedOf(text: string): string | undefined {
  const [api, name] = split(text);
  return api !== undefined && findPermission(api, 'delegated', name) !== undefined ? delegated(api) : undefined;
}

function split(text: string): [api: ApiName | undefined, name: string] {
  const [before = '', ...name] = text.split('/');
  return [apiNames.find((api) => name.length > 0 && api === before), name.join('/')];
}

function delegated(api: ApiName): string {
  return `${api}/delegated`;
}

function keysOf<Key extends string>(names: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(names).filter((name): name is Key => Object.hasOwn(names, name));
}
