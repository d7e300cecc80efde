import { apis, permissionIds } from '../../lib/catalogue/permission-ids';
import { usages, type UsageTable } from '../../lib/catalogue/permission-usages';
import {
  auxiliaryBackupPermissions,
  backupPermissions,
  dataCloudPermissions,
  directoryRolesFor,
  findPermission,
  formatPermission,
  groupByApi,
  type Permission,
  portalPermissions,
} from '../../lib/catalogue/permissions';

const names = (permissions: readonly Permission[]): string[] => permissions.map(({ api, name }) => `${api}/${name}`);

describe('backupPermissions', () => {
  it('asks for what a backup of Exchange needs and nothing of SharePoint', () => {
    const permissions = backupPermissions({ services: ['exchange'], purposes: ['backup'], productVersion: '8.3' });

    expect(names(permissions)).toEqual([
      'ExchangeOnline/Exchange.ManageAsApp',
      'ExchangeOnline/full_access_as_app',
      'MicrosoftGraph/Directory.Read.All',
      'MicrosoftGraph/Group.Read.All',
    ]);
  });

  it.each([
    ['8.4', false],
    ['8.5', true],
    ['8.10', true],
    ['9.0', true],
  ])('in version %s asks for what the wizard does not grant: %s', (productVersion, isAsked) => {
    const permissions = backupPermissions({ services: ['exchange'], purposes: ['backup'], productVersion });

    expect(names(permissions).includes('MicrosoftGraph/MailboxItem.ImportExport.All')).toBe(isAsked);
  });

  it('names a permission once though two purposes and three services need it', () => {
    const permissions = backupPermissions({
      services: ['exchange', 'sharepoint', 'teams'],
      purposes: ['backup', 'restore'],
      productVersion: '8.3',
    });

    expect(new Set(permissions.map(({ api, kind, id }) => `${api}/${kind}/${id}`)).size).toBe(permissions.length);
    expect(names(permissions)).toContain('MicrosoftGraph/Directory.ReadWrite.All');
  });

  it('keeps the same name on two APIs apart', () => {
    const permissions = backupPermissions({
      services: ['exchange', 'sharepoint'],
      purposes: ['backup'],
      productVersion: '8.5',
    });

    expect(names(permissions)).toEqual(
      expect.arrayContaining(['MicrosoftGraph/User.Read.All', 'SharePointOnline/User.Read.All']),
    );
  });

  it('asks for delegated permissions for interactive restores only', () => {
    const of = (purposes: readonly ('backup' | 'restore' | 'restore-interactive')[]): Permission[] =>
      backupPermissions({ services: ['exchange'], purposes, productVersion: '8.3' });

    expect(of(['backup', 'restore']).every(({ kind }) => kind === 'application')).toBe(true);
    expect(of(['restore-interactive']).every(({ kind }) => kind === 'delegated')).toBe(true);
    expect(names(of(['restore-interactive']))).toContain('ExchangeOnline/EWS.AccessAsUser.All');
  });

  it('does not depend on the order of services and purposes', () => {
    const forwards = backupPermissions({
      services: ['exchange', 'teams'],
      purposes: ['backup', 'restore'],
      productVersion: '8.3',
    });
    const backwards = backupPermissions({
      services: ['teams', 'exchange'],
      purposes: ['restore', 'backup'],
      productVersion: '8.3',
    });

    expect(backwards).toEqual(forwards);
  });
});

describe('other applications', () => {
  it('asks for Sites.ReadWrite.All in China, where auxiliary backup applications need it', () => {
    expect(names(auxiliaryBackupPermissions('worldwide'))).toContain('MicrosoftGraph/Sites.Read.All');
    expect(names(auxiliaryBackupPermissions('china'))).toContain('MicrosoftGraph/Sites.ReadWrite.All');
    expect(names(auxiliaryBackupPermissions('china'))).not.toContain('MicrosoftGraph/Sites.Read.All');
  });

  it('asks for two more in Veeam Data Cloud', () => {
    const backup = names(backupPermissions({ services: ['exchange'], purposes: ['backup'], productVersion: '8.3' }));

    expect(names(dataCloudPermissions(['exchange'])).filter((name) => !backup.includes(name))).toEqual([
      'MicrosoftGraph/MailboxFolder.Read.All',
      'MicrosoftGraph/User.ReadBasic.All',
    ]);
  });

  it('only signs people in for Restore Portal', () => {
    expect(portalPermissions().map(formatPermission)).toEqual(['Microsoft Graph · User.Read (delegated)']);
  });
});

describe('the catalogue of permissions', () => {
  const tables: readonly (readonly [string, 'application' | 'delegated', UsageTable])[] = [
    ['backup', 'application', usages.backup],
    ['restore', 'application', usages.restore],
    ['restoreInteractive', 'delegated', usages.restoreInteractive],
    ['auxiliaryBackup', 'application', usages.auxiliaryBackup],
    ['auxiliaryBackupInChina', 'application', usages.auxiliaryBackupInChina],
    ['dataCloud', 'application', usages.dataCloud],
    ['restorePortal', 'delegated', usages.restorePortal],
  ];

  it.each(tables)('knows the id of every permission of %s', (_, kind, table) => {
    for (const { api, name } of table) expect(findPermission(api, kind, name)?.id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('covers every table', () => {
    expect(tables.map(([name]) => name).sort()).toEqual(Object.keys(usages).sort());
  });

  it.each(['toString', '__proto__', 'Nothing.Read.All'])('does not know %s', (name) => {
    expect(findPermission('MicrosoftGraph', 'application', name)).toBeUndefined();
  });

  it('gives each id of an API and kind to one name', () => {
    for (const byApi of Object.values(permissionIds)) {
      for (const ids of Object.values(byApi)) expect(new Set(Object.values(ids)).size).toBe(Object.keys(ids).length);
    }
  });

  it('asks for Global Reader where Exchange is managed by the application', () => {
    const of = (services: readonly ('exchange' | 'sharepoint')[]): Permission[] =>
      backupPermissions({ services, purposes: ['backup'], productVersion: '8.3' });

    expect(directoryRolesFor(of(['exchange']))).toEqual(['Global Reader']);
    expect(directoryRolesFor(of(['sharepoint']))).toEqual([]);
  });

  it('groups by API, roles apart from scopes', () => {
    const [graph] = groupByApi(portalPermissions());

    expect(graph).toEqual({
      api: 'MicrosoftGraph',
      roleIds: [],
      scopeIds: [permissionIds.delegated.MicrosoftGraph['User.Read']],
    });
    expect(apis.MicrosoftGraph.clientId).toBe('00000003-0000-0000-c000-000000000000');
  });
});
