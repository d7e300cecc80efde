import type { RoleId } from './roles';

/** Key of `usageScenarios`; `vb365 status --json` lists them under `serves`. */
export type UsageScenarioId =
  | 'organization'
  | 'backup-applications'
  | 'backup-proxy'
  | 'rest-api-on-server'
  | 'rest-api-on-separate-machine'
  | 'restore-portal'
  | 'restore-operators'
  | 'tenants';

/** A use of Veeam Backup for Microsoft 365 that fails without certificates of certain roles. */
export interface UsageScenario {
  /** Its own key in `usageScenarios`. */
  readonly id: UsageScenarioId;
  /** Veeam's name of the scenario. */
  readonly name: string;
  /** Roles whose certificate it needs. */
  readonly roles: readonly RoleId[];
  /** What no longer works without one. */
  readonly breaks: string;
}

/**
 * When Veeam Backup for Microsoft 365 needs a certificate.
 *
 * Source: https://helpcenter.veeam.com/docs/vbo365/guide/vbo_ssl_usage_scenarios.html
 */
export const usageScenarios: Readonly<Record<UsageScenarioId, UsageScenario>> = {
  organization: {
    id: 'organization',
    name: 'Managing Microsoft 365 organization',
    roles: ['entra-application'],
    breaks: 'every backup and restore of the organization',
  },
  'backup-applications': {
    id: 'backup-applications',
    name: 'Backup applications',
    roles: ['entra-application'],
    breaks: 'the auxiliary backup applications, so that backups are throttled or stop',
  },
  'backup-proxy': {
    id: 'backup-proxy',
    name: 'Communicating with backup proxy server',
    roles: ['server'],
    breaks: 'the connection to Windows backup proxies in a workgroup',
  },
  'rest-api-on-server': {
    id: 'rest-api-on-server',
    name: 'Communicating with REST API on Veeam Backup for Microsoft 365 server',
    roles: ['rest-api'],
    breaks: 'the REST API and the restores of Restore Portal',
  },
  'rest-api-on-separate-machine': {
    id: 'rest-api-on-separate-machine',
    name: 'Communicating with REST API on separate machine',
    roles: ['rest-api'],
    breaks: 'the REST API and the restores of Restore Portal',
  },
  'restore-portal': {
    id: 'restore-portal',
    name: 'Communicating with Restore Portal',
    roles: ['restore-portal', 'rest-api'],
    breaks: 'the sign-in to Restore Portal',
  },
  'restore-operators': {
    id: 'restore-operators',
    name: 'Authenticating restore operators to Veeam Backup for Microsoft 365 server',
    roles: ['restore-operator-authentication'],
    breaks: 'the sign-in of restore operators',
  },
  tenants: {
    id: 'tenants',
    name: 'Authenticating tenants to Veeam Backup for Microsoft 365 in service provider infrastructure',
    roles: ['tenant-authentication'],
    breaks: 'the sign-in of tenants',
  },
};
