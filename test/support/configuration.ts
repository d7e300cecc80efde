import type {
  CertificatePolicy,
  Configuration,
  DataCloudConfiguration,
  InstallationConfiguration,
  OrganizationConfiguration,
} from '../../lib/config/configuration';

const policy: CertificatePolicy = {
  source: 'self-signed',
  keySize: 2048,
  validityDays: 365,
  renewBeforeDays: 30,
  retireAfterDays: 14,
};

const tenantId = '00000000-0000-0000-0000-000000000001';

/** An installation with every part. */
export const primary: InstallationConfiguration = {
  name: 'primary',
  productVersion: '8.3',
  tenantId,
  region: 'worldwide',
  certificates: policy,
  roleCertificates: {},
  server: { hostName: 'vb365.example.com' },
  proxies: [{ hostName: 'proxy1.example.com', os: 'windows', membership: 'workgroup' }],
  restApi: { hostName: 'vb365.example.com', port: 4443 },
  restorePortal: {
    webAddress: 'https://portal.example.com:4443',
    application: { displayName: 'VB365 Restore Portal', multiTenant: false, additionalRedirectUris: [] },
    consent: 'same-stack',
  },
  authentication: { restoreOperators: true, tenants: true },
};

/** An organization with a new application. */
export const contoso: OrganizationConfiguration = {
  name: 'contoso',
  installation: 'primary',
  tenantId,
  region: 'worldwide',
  certificates: policy,
  services: ['exchange', 'sharepoint', 'teams'],
  purposes: ['backup', 'restore'],
  application: { displayName: 'VB365 contoso' },
  backupApplications: [],
  consent: 'same-stack',
};

export const fabrikam: DataCloudConfiguration = {
  name: 'fabrikam',
  tenantId,
  region: 'worldwide',
  certificates: policy,
  services: ['exchange'],
  application: { displayName: 'Veeam Data Cloud' },
  consent: 'same-stack',
};

/** As if it had been read from a file. */
export function configurationOf(parts: Partial<Configuration>): Configuration {
  return {
    file: '/nowhere/vb365.yaml',
    keystore: '/nowhere/keystore',
    installations: [],
    organizations: [],
    dataCloud: [],
    backend: { type: 'local' },
    review: { rules: {} },
    ...parts,
  };
}
