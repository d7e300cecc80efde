import { createHash } from 'node:crypto';
import type { Configuration, OrganizationConfiguration, ProxyConfiguration } from '../../lib/config/configuration';
import { type LineageDeclaration, lineagesOf } from '../../lib/config/lineages';
import { defaultPolicy } from '../../lib/config/policy';
import type { Finding } from '../../lib/findings';
import { stateOf } from '../../lib/lifecycle/states';
import type { StatusRow } from '../../lib/lifecycle/status';
import type { ReportInput } from '../../lib/report/report-model';

const DAY = 86_400_000;

export const REPORTED_AT = new Date('2026-11-20T12:00:00Z');

const TENANT = '00000000-0000-0000-0000-000000000001';

const PROXIES: readonly ProxyConfiguration[] = [
  { hostName: 'proxy1.example.com', os: 'windows', membership: 'workgroup' },
  { hostName: 'proxy2.example.com', os: 'windows', membership: 'domain' },
  { hostName: 'proxy3.example.com', os: 'linux' },
];

/** Days left of each lineage in turn, by its place in the configuration; null where it has no certificate. */
export type DaysLeft = (index: number) => number | null;

/** Some of every state, most of them valid. */
const MIXED: DaysLeft = (index) => {
  if (index % 97 === 6) return null;
  if (index % 89 === 7) return -3;
  if (index % 41 === 8) return 12;
  return 40 + ((index * 67) % 320);
};

/** What a report is made from, without issuing a certificate: so many organizations of one installation. */
export function madeUpReport(organizations: number, daysLeft: DaysLeft = MIXED): ReportInput {
  const configuration = madeUpConfiguration(organizations);
  const rows = lineagesOf(configuration).flatMap((declaration, index) => rowsOf(declaration, index, daysLeft(index)));
  return { configuration, rows, findings: FINDINGS, requests: new Map(), at: REPORTED_AT };
}

/** An installation with everything, its organizations, and one of Veeam Data Cloud. */
function madeUpConfiguration(organizations: number): Configuration {
  return {
    file: '/srv/vb365/vb365.yaml',
    keystore: '/srv/vb365/keystore',
    installations: [
      {
        ...{
          name: 'primary',
          tenantId: TENANT,
          region: 'worldwide',
          certificates: defaultPolicy,
          productVersion: '8.3',
        },
        server: { hostName: 'vb365.example.com' },
        proxies: PROXIES,
        restApi: { hostName: 'rest.example.com', port: 4443 },
        restorePortal: {
          webAddress: 'https://portal.example.com:4443',
          application: { displayName: 'VB365 Restore Portal', multiTenant: true, additionalRedirectUris: [] },
          consent: 'same-stack',
        },
        authentication: { restoreOperators: true, tenants: true },
        roleCertificates: {},
      },
    ],
    organizations: Array.from({ length: organizations }, (_, index) => organizationOf(index)),
    dataCloud: [
      {
        ...{ name: 'fabrikam', tenantId: TENANT, region: 'worldwide', certificates: defaultPolicy },
        ...{ services: ['exchange'], application: { displayName: 'Veeam Data Cloud' }, consent: 'same-stack' },
      },
    ],
    backend: { type: 'local' },
    review: { rules: {} },
  };
}

function organizationOf(index: number): OrganizationConfiguration {
  const name = `organization-${String(index + 1).padStart(4, '0')}`;
  return {
    ...{ name, tenantId: TENANT, region: 'worldwide', installation: 'primary', consent: 'same-stack' },
    certificates: index === 4 ? { ...defaultPolicy, source: 'imported' } : defaultPolicy,
    services: ['exchange', 'sharepoint'],
    purposes: ['backup'],
    application: { displayName: `VB365 ${name}` },
    backupApplications: index === 1 ? [{ clientId: '0a1b2c3d-0000-0000-0000-000000000001' }] : [],
  };
}

/** The current certificate, and for every fifth lineage the one that it follows. */
function rowsOf(declaration: LineageDeclaration, index: number, daysLeft: number | null): StatusRow[] {
  if (daysLeft === null) return [missingRow(declaration)];
  const current = rowOf(declaration, 2, daysLeft);
  if (index % 5 !== 2) return [current];
  return [current, { ...rowOf(declaration, 1, daysLeft - 335), current: false, state: 'superseded' }];
}

function rowOf(declaration: LineageDeclaration, number: number, daysLeft: number): StatusRow {
  const { name, owner, role, serves, policy, profile } = declaration;
  const notAfter = new Date(REPORTED_AT.getTime() + daysLeft * DAY);
  const notBefore = new Date(notAfter.getTime() - 365 * DAY);
  const generation = String(number).padStart(4, '0');
  return {
    ...{ lineage: name, owner, role, serves, generation, current: true, daysLeft },
    thumbprint: hash('sha1', `${name} ${generation}`),
    sha256: hash('sha256', `${name} ${generation}`),
    subject: `CN=${profile.commonName}`,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    state: stateOf({ notBefore, notAfter }, policy.renewBeforeDays, REPORTED_AT),
  };
}

function missingRow({ name, owner, role, serves }: LineageDeclaration): StatusRow {
  return {
    ...{ lineage: name, owner, role, serves, generation: null, current: false, thumbprint: null, sha256: null },
    ...{ subject: null, notBefore: null, notAfter: null, daysLeft: null, state: 'missing' },
  };
}

function hash(algorithm: string, text: string): string {
  return createHash(algorithm).update(text).digest('hex').toUpperCase();
}

const FINDINGS: readonly Finding[] = [
  {
    id: 'keystore-key-missing',
    severity: 'error',
    subject: 'organization-0001/entra-application',
    message: 'organization-0001/entra-application 0002 has no sealed key',
    cure: 'restore the key from Git, or renew the certificate',
  },
  {
    id: 'lineage-undeclared',
    severity: 'advice',
    subject: 'tailspin/entra-application',
    message:
      'the keystore holds tailspin/entra-application, which the configuration does not declare: it is neither published nor renewed',
    cure: 'remove the folder of a lineage that has left from the keystore, or declare it again',
  },
];
