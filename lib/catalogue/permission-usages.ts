import type { ApiName } from './permission-ids';

/** EX = Exchange, SP = SharePoint and OneDrive, TM = Teams: the letters of Veeam's own tables. */
export type ServiceLetters = 'EX' | 'SP' | 'TM';

export interface PermissionUsage {
  readonly api: ApiName;
  readonly name: string;
  /** Services that need it: any of them is enough. */
  readonly services: readonly ServiceLetters[];
  /** Build of Veeam Backup for Microsoft 365 from which it is needed; Veeam's wizard does not grant it. */
  readonly since?: string;
}

export type UsageTable = readonly PermissionUsage[];

const EXCHANGE = ['EX'] as const;
const SHAREPOINT = ['SP'] as const;
const TEAMS = ['TM'] as const;

/**
 * Which permissions serve which purpose and service.
 *
 * Source: Veeam help centre, ad_app_permissions_sd.html and backup_app_permissions.html (build 8.5.0.1014);
 * Veeam Data Cloud user guide.
 */
export const usages = {
  backup: [
    { api: 'MicrosoftGraph', name: 'Directory.Read.All', services: ['EX', 'SP', 'TM'] },
    { api: 'MicrosoftGraph', name: 'Group.Read.All', services: ['EX', 'SP', 'TM'] },
    { api: 'MicrosoftGraph', name: 'Sites.Read.All', services: ['SP', 'TM'] },
    { api: 'MicrosoftGraph', name: 'TeamSettings.ReadWrite.All', services: TEAMS },
    { api: 'MicrosoftGraph', name: 'ChannelMessage.Read.All', services: TEAMS },
    { api: 'MicrosoftGraph', name: 'ChannelMember.Read.All', services: TEAMS },
    { api: 'MicrosoftGraph', name: 'User.Read.All', services: EXCHANGE, since: '8.5' },
    { api: 'MicrosoftGraph', name: 'MailboxItem.ImportExport.All', services: EXCHANGE, since: '8.5' },
    { api: 'MicrosoftGraph', name: 'MailboxFolder.ReadWrite.All', services: EXCHANGE, since: '8.5' },
    { api: 'MicrosoftGraph', name: 'MailboxItem.Read.All', services: EXCHANGE, since: '8.5' },
    { api: 'ExchangeOnline', name: 'full_access_as_app', services: ['EX', 'TM'] },
    { api: 'ExchangeOnline', name: 'Exchange.ManageAsApp', services: EXCHANGE },
    { api: 'SharePointOnline', name: 'Sites.FullControl.All', services: ['SP', 'TM'] },
    { api: 'SharePointOnline', name: 'User.Read.All', services: ['SP', 'TM'] },
  ],
  restore: [
    { api: 'MicrosoftGraph', name: 'Directory.Read.All', services: ['EX', 'TM'] },
    { api: 'MicrosoftGraph', name: 'Group.ReadWrite.All', services: ['SP', 'TM'] },
    { api: 'MicrosoftGraph', name: 'Sites.Read.All', services: ['SP', 'TM'] },
    { api: 'MicrosoftGraph', name: 'Directory.ReadWrite.All', services: ['SP', 'TM'] },
    { api: 'MicrosoftGraph', name: 'Files.ReadWrite.All', services: TEAMS },
    { api: 'MicrosoftGraph', name: 'ChannelMember.ReadWrite.All', services: TEAMS },
    { api: 'MicrosoftGraph', name: 'User.Read.All', services: EXCHANGE, since: '8.5' },
    { api: 'MicrosoftGraph', name: 'MailboxItem.ImportExport.All', services: EXCHANGE, since: '8.5' },
    { api: 'MicrosoftGraph', name: 'MailboxFolder.ReadWrite.All', services: EXCHANGE, since: '8.5' },
    { api: 'MicrosoftGraph', name: 'MailboxItem.Read.All', services: EXCHANGE, since: '8.5' },
    { api: 'ExchangeOnline', name: 'full_access_as_app', services: EXCHANGE },
    { api: 'SharePointOnline', name: 'Sites.FullControl.All', services: ['SP', 'TM'] },
    { api: 'SharePointOnline', name: 'User.Read.All', services: SHAREPOINT },
  ],
  restoreInteractive: [
    { api: 'MicrosoftGraph', name: 'Directory.Read.All', services: ['EX', 'SP', 'TM'] },
    { api: 'MicrosoftGraph', name: 'Group.ReadWrite.All', services: TEAMS },
    { api: 'MicrosoftGraph', name: 'Sites.Read.All', services: ['SP', 'TM'] },
    { api: 'MicrosoftGraph', name: 'Directory.ReadWrite.All', services: ['SP', 'TM'] },
    { api: 'MicrosoftGraph', name: 'offline_access', services: ['EX', 'SP', 'TM'] },
    { api: 'MicrosoftGraph', name: 'ChannelMember.ReadWrite.All', services: TEAMS },
    { api: 'MicrosoftGraph', name: 'User.Read.All', services: EXCHANGE, since: '8.5' },
    { api: 'MicrosoftGraph', name: 'MailboxItem.ImportExport', services: EXCHANGE, since: '8.5' },
    { api: 'MicrosoftGraph', name: 'MailboxItem.Read', services: EXCHANGE, since: '8.5' },
    { api: 'MicrosoftGraph', name: 'MailboxFolder.ReadWrite', services: EXCHANGE, since: '8.5' },
    { api: 'ExchangeOnline', name: 'EWS.AccessAsUser.All', services: EXCHANGE },
    { api: 'SharePointOnline', name: 'AllSites.FullControl', services: ['SP', 'TM'] },
    { api: 'SharePointOnline', name: 'User.Read.All', services: SHAREPOINT },
  ],
  auxiliaryBackup: [
    { api: 'MicrosoftGraph', name: 'Sites.Read.All', services: SHAREPOINT },
    { api: 'SharePointOnline', name: 'Sites.FullControl.All', services: SHAREPOINT },
    { api: 'SharePointOnline', name: 'User.Read.All', services: SHAREPOINT },
  ],
  auxiliaryBackupInChina: [
    { api: 'MicrosoftGraph', name: 'Sites.ReadWrite.All', services: SHAREPOINT },
    { api: 'SharePointOnline', name: 'Sites.FullControl.All', services: SHAREPOINT },
    { api: 'SharePointOnline', name: 'User.Read.All', services: SHAREPOINT },
  ],
  dataCloud: [
    { api: 'MicrosoftGraph', name: 'User.ReadBasic.All', services: ['EX', 'SP', 'TM'] },
    { api: 'MicrosoftGraph', name: 'MailboxFolder.Read.All', services: ['EX', 'SP', 'TM'] },
  ],
  restorePortal: [{ api: 'MicrosoftGraph', name: 'User.Read', services: ['EX', 'SP', 'TM'] }],
} as const satisfies Record<string, UsageTable>;
