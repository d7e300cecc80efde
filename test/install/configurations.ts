import type { CertificatePolicy, Configuration, InstallationConfiguration } from '../../lib/config/configuration';

const certificates: CertificatePolicy = {
  source: 'self-signed',
  keySize: 2048,
  validityDays: 365,
  renewBeforeDays: 30,
  retireAfterDays: 14,
};
const owner = { tenantId: '00000000-0000-0000-0000-000000000001', region: 'worldwide', certificates } as const;

/** An installation with every role, an organization, and one of Veeam Data Cloud. */
export function configurationWith(change: Partial<InstallationConfiguration> = {}): Configuration {
  return {
    file: '/vb365.yaml',
    keystore: '/keystore',
    backend: { type: 'local' },
    review: { rules: {} },
    installations: [
      {
        ...owner,
        name: 'primary',
        productVersion: '8.3',
        server: { hostName: 'vb365.example.com' },
        proxies: [{ hostName: 'proxy.example.com', os: 'windows', membership: 'workgroup' }],
        restApi: { hostName: 'vb365.example.com', port: 4443 },
        restorePortal: {
          webAddress: 'https://vb365.example.com:4443',
          application: { displayName: 'Portal', multiTenant: false, additionalRedirectUris: [] },
          consent: 'same-stack',
        },
        authentication: { restoreOperators: true, tenants: true },
        roleCertificates: {},
        ...change,
      },
    ],
    organizations: [
      {
        ...owner,
        name: 'contoso',
        installation: 'primary',
        services: ['exchange'],
        purposes: ['backup'],
        application: { displayName: 'VB365 contoso' },
        backupApplications: [],
        consent: 'same-stack',
      },
    ],
    dataCloud: [
      {
        ...owner,
        name: 'fabrikam',
        services: ['exchange'],
        application: { displayName: 'Veeam Data Cloud' },
        consent: 'same-stack',
      },
    ],
  };
}
