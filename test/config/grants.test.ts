import fc from 'fast-check';
import { backupPermissions, dataCloudPermissions, portalPermissions } from '../../lib/catalogue/permissions';
import { grantNames, parseGrantName } from '../../lib/config/grants';

describe('grantNames', () => {
  it('names delegated permissions by their API, and directory roles by themselves', () => {
    const options = { services: ['exchange'], purposes: ['restore-interactive'], productVersion: '8.3' } as const;
    expect(grantNames(backupPermissions(options))).toEqual(['ExchangeOnline/delegated', 'MicrosoftGraph/delegated']);
    expect(grantNames(backupPermissions({ ...options, purposes: ['backup'] }))).toEqual([
      'ExchangeOnline/Exchange.ManageAsApp',
      'ExchangeOnline/full_access_as_app',
      'MicrosoftGraph/Directory.Read.All',
      'MicrosoftGraph/Group.Read.All',
      'Global Reader',
    ]);
  });

  it('gives nothing that parseGrantName refuses', () => {
    const services = fc.subarray(['exchange', 'sharepoint', 'teams'] as const, { minLength: 1 });
    const purposes = fc.subarray(['backup', 'restore', 'restore-interactive'] as const, { minLength: 1 });
    fc.assert(
      fc.property(services, purposes, fc.constantFrom('8.0', '8.5'), (services, purposes, productVersion) => {
        const permissions = [
          ...backupPermissions({ services, purposes, productVersion }),
          ...dataCloudPermissions(services),
          ...portalPermissions(),
        ];
        for (const name of grantNames(permissions)) expect(parseGrantName(name)).toBe(name);
      }),
    );
  });
});
