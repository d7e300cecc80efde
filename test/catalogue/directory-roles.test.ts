import { validate } from 'uuid';
import { directoryRoleNames } from '../../lib/catalogue/directory-role-names';
import { directoryRole } from '../../lib/catalogue/directory-roles';
import { directoryRoles } from '../../lib/catalogue/permission-ids';

const rows = directoryRoleNames.trim().split('\n');

describe('directoryRole', () => {
  it.each([
    ['62e90394-69f5-4237-9190-012177145e10', 'Global Administrator', true],
    ['29232cdf-9323-42fd-ade2-1d097af3e4de', 'Exchange Administrator', false],
    ['e8611ab8-c189-46e8-94e1-60213ab1f814', 'Privileged Role Administrator', true],
    ['88d8e3e3-8f55-4a1e-953a-9b9898b8876b', 'Directory Readers', false],
  ])('knows %s as %s', (templateId, name, isPrivileged) => {
    expect(directoryRole(templateId)).toEqual({ name, isPrivileged });
    expect(directoryRole(templateId.toUpperCase())).toEqual({ name, isPrivileged });
  });

  it('agrees with the roles that Veeam needs', () => {
    for (const [name, id] of Object.entries(directoryRoles)) expect(directoryRole(id)?.name).toBe(name);
  });

  it('does not know what a tenant defines itself', () => {
    expect(directoryRole('00000000-0000-0000-0000-00000000beef')).toBeUndefined();
  });

  it('has one row a role, sorted by name', () => {
    const ids = rows.map((row) => row.split(' ')[0]);
    const names = rows.map((row) => row.split(' ').slice(2).join(' '));
    expect(new Set(ids).size).toBe(rows.length);
    expect(new Set(names).size).toBe(rows.length);
    expect([...names].sort()).toEqual(names);
  });

  it.each(rows)('has a row of id, mark and name: %s', (row) => {
    expect(row).toMatch(/^[0-9a-f-]{36} [*-] [A-Z][\w -]+$/);
    expect(validate(row.slice(0, 36))).toBe(true);
  });
});
