import {
  administratorPermissions,
  administratorRoles,
  isAdministratorPermission,
  isAdministratorRole,
} from '../../lib/catalogue/administrator-rights';
import { directoryRoleNames } from '../../lib/catalogue/directory-role-names';
import { directoryRoles } from '../../lib/catalogue/permission-ids';
import { knownPermissions } from '../../lib/catalogue/permission-names';
import { usages, type UsageTable } from '../../lib/catalogue/permission-usages';

describe('the rights of an administrator', () => {
  it.each(Object.keys(administratorPermissions))('has %s as an application permission of Microsoft Graph', (name) => {
    expect(isAdministratorPermission(name)).toBe(true);
    expect(knownPermissions).toContainEqual(
      expect.objectContaining({ api: 'Microsoft Graph', kind: 'application', name }),
    );
  });

  it.each(Object.keys(administratorRoles))('has %s as a directory role that Microsoft marks as privileged', (name) => {
    expect(isAdministratorRole(name)).toBe(true);
    expect(directoryRoleNames).toContain(` * ${name}\n`);
  });

  it('has nothing that Veeam needs', () => {
    const tables: readonly UsageTable[] = Object.values(usages);
    expect(tables.flat().filter(({ name }) => isAdministratorPermission(name))).toEqual([]);
    expect(Object.keys(directoryRoles).filter(isAdministratorRole)).toEqual([]);
  });

  it.each(['toString', '__proto__', 'Application.ReadWrite.OwnedBy', 'Global Reader'])('has nothing of %s', (name) => {
    expect(isAdministratorPermission(name)).toBe(false);
    expect(isAdministratorRole(name)).toBe(false);
  });
});
