import { join } from 'node:path';
import { lineagesOf } from '../../lib/config/lineages';
import { readConfiguration } from '../../lib/config/read-configuration';
import { removeFiles, writeFiles } from './write-files';

const INSTALLATION = `installations:
  - name: primary
    productVersion: "8.3"
    tenantId: 6f9d2c7a-1b34-4e58-9a0c-3d5e7f8091a2
    server: { hostName: vb365.example.com }
`;

afterEach(removeFiles);

function namesWith(text: string): string[] {
  return lineagesOf(readConfiguration(writeFiles({ 'vb365.yaml': INSTALLATION + text }))).map(({ name }) => name);
}

describe('lineagesOf', () => {
  it('declares what the sample needs, in its order', () => {
    const lineages = lineagesOf(readConfiguration(join(__dirname, 'fixtures', 'vb365.yaml')));
    expect(
      lineages.map(({ name, role, serves, profile }) => [name, role, serves, profile.commonName, profile.hosts]),
    ).toEqual([
      ['primary/server', 'server', ['backup-proxy'], 'vb365.example.com', ['vb365.example.com']],
      [
        'primary/rest-api',
        'rest-api',
        ['rest-api-on-server', 'restore-portal'],
        'vb365.example.com',
        ['vb365.example.com', 'portal.example.com'],
      ],
      [
        'primary/restore-portal',
        'restore-portal',
        ['restore-portal'],
        'VB365 Restore Portal primary',
        ['portal.example.com'],
      ],
      [
        'primary/tenant-authentication',
        'tenant-authentication',
        ['tenants'],
        'vb365.example.com',
        ['vb365.example.com'],
      ],
      [
        'primary/restore-operator-authentication',
        'restore-operator-authentication',
        ['restore-operators'],
        'vb365.example.com',
        ['vb365.example.com'],
      ],
      ['contoso/entra-application', 'entra-application', ['organization'], 'VB365 contoso', []],
      ['northwind/entra-application', 'entra-application', ['organization'], 'VB365 northwind', []],
      ['fabrikam/data-cloud', 'data-cloud', [], 'Veeam Data Cloud', []],
    ]);
  });

  it('declares nothing for a bare server', () => {
    expect(namesWith('')).toEqual([]);
  });

  it.each([
    ['os: linux', []],
    ['os: windows, membership: domain', []],
    ['os: windows, membership: workgroup', ['primary/server']],
  ])('with a proxy of %s declares %j', (proxy, expected) => {
    expect(namesWith(`    proxies: [{ hostName: proxy, ${proxy} }]\n`)).toEqual(expected);
  });

  it('names both machines where the REST API runs on its own', () => {
    const text = `${INSTALLATION}    restApi: { hostName: rest.example.com }\n    authentication: { restoreOperators: true }\n`;
    const lineages = lineagesOf(readConfiguration(writeFiles({ 'vb365.yaml': text })));
    expect(lineages.map(({ role, serves, profile }) => ({ role, serves, ...profile }))).toEqual([
      {
        role: 'rest-api',
        serves: ['rest-api-on-separate-machine'],
        commonName: 'rest.example.com',
        hosts: ['rest.example.com'],
      },
      {
        role: 'restore-operator-authentication',
        serves: ['restore-operators'],
        commonName: 'vb365.example.com',
        hosts: ['vb365.example.com', 'rest.example.com'],
      },
    ]);
  });

  it('gives each backup application a lineage of its own', () => {
    const clientId = '2b3c4d5e-6f70-4182-93a4-b5c6d7e8f901';
    const text = `${INSTALLATION}organizations:
  - name: contoso
    installation: primary
    tenantId: 0c1d2e3f-4a5b-4c6d-8e7f-90a1b2c3d4e5
    services: [exchange]
    backupApplications: [{ clientId: ${clientId.toUpperCase()} }]
`;
    const [, backupApplication] = lineagesOf(readConfiguration(writeFiles({ 'vb365.yaml': text })));
    expect(backupApplication).toMatchObject({
      name: `contoso/backup-application-${clientId}`,
      role: 'entra-application',
      serves: ['backup-applications'],
      clientId,
    });
  });

  it('lets a role have a policy of its own', () => {
    const text = `${INSTALLATION}    restApi: {}
    authentication: { tenants: true }
    certificates: { keySize: 3072, roles: { rest-api: { source: imported } } }
`;
    const lineages = lineagesOf(readConfiguration(writeFiles({ 'vb365.yaml': text })));
    expect(lineages.map(({ role, policy }) => [role, policy.source, policy.keySize])).toEqual([
      ['rest-api', 'imported', 3072],
      ['tenant-authentication', 'self-signed', 3072],
    ]);
  });
});
