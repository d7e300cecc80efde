import { type RoleId, roles } from '../../catalogue/roles';
import { powershellLiteral } from './literal';

/** What differs between the roles of an installation script; the parts are statements of PowerShell. */
export interface RoleSteps {
  /** Puts what is there into variables, and the thumbprints in use into `$found`. */
  readonly read: string;
  /** Installs the certificate of `$pfxFile`, protected by `$Password`. */
  readonly set: string;
}

/** What a script has to know of a role beside its certificate. */
export type RoleFacts =
  | { readonly role: Exclude<RoleId, 'restore-portal' | 'entra-application' | 'data-cloud'> }
  | {
      readonly role: 'restore-portal';
      /** Veeam's own word: `Worldwide`. */
      readonly region: string;
      readonly webAddress: string;
      /** Client id of its application. @default as the product has it */
      readonly clientId?: string;
    }
  | {
      readonly role: 'entra-application';
      /** Client id of the application. @default the one that a certificate of the lineage is installed for */
      readonly clientId?: string;
      /** Thumbprints of all generations of the lineage. */
      readonly thumbprints: readonly string[];
    }
  | { readonly role: 'backup-application'; readonly clientId: string };

/** The statements of one role; what the product refuses, the script says. */
export function roleSteps(facts: RoleFacts): RoleSteps {
  switch (facts.role) {
    case 'server':
      return settingsSteps('server', '-Force');
    case 'rest-api':
      return settingsSteps('rest-api', '-EnableService -HTTPSPort $settings.HTTPSPort');
    case 'tenant-authentication':
    case 'restore-operator-authentication':
      return settingsSteps(facts.role, '-EnableAuthentication');
    case 'restore-portal':
      return portalSteps(facts);
    case 'entra-application':
      return organizationSteps(facts);
    case 'backup-application':
      return backupApplicationSteps(facts.clientId);
  }
}

/** A role that has a page of settings of its own. */
function settingsSteps(role: RoleId, parameters: string): RoleSteps {
  const { getCmdlet = '', setCmdlet = '' } = roles[role];
  return {
    read: `$settings = ${getCmdlet}
$found = @($settings.CertificateThumbprint)`,
    set: `${setCmdlet} ${parameters} -CertificateFilePath $pfxFile -CertificatePassword $Password | Out-Null`,
  };
}

function portalSteps({ clientId, region, webAddress }: RoleFacts & { readonly role: 'restore-portal' }): RoleSteps {
  const { read } = settingsSteps('restore-portal', '');
  const application = clientId === undefined ? '$settings.ApplicationId' : `[guid]${powershellLiteral(clientId)}`;
  return {
    read: `${read}
$application = ${application}
if (-not $application -or $application -eq [guid]::Empty) {
  throw 'Restore Portal has no Microsoft Entra application yet: give its client id by vb365 install --client-id'
}`,
    set: `$portal = @{
  ApplicationId = $application
  Region = ${powershellLiteral(region)}
  PortalUri = ${powershellLiteral(webAddress)}
}
Set-VBORestorePortalSettings -EnableService @portal -CertificateFilePath $pfxFile -CertificatePassword $Password | Out-Null`,
  };
}

/**
 * VB365 does not tell the tenant of an organization, so the organization is known by the application that it signs in with,
 * or by a certificate of the lineage that it uses already. Connections by another application are left alone.
 */
function organizationSteps(facts: RoleFacts & { readonly role: 'entra-application' }): RoleSteps {
  const { clientId, thumbprints } = facts;
  const isOurs =
    clientId === undefined
      ? `$known -contains $connection.ApplicationCertificateThumbprint`
      : `[string]$connection.ApplicationId -eq ${powershellLiteral(clientId)}`;
  return {
    read: `$known = @(${thumbprints.map(powershellLiteral).join(', ')})
function Select-Own($connection) {
  if ($connection -and (${isOurs})) { $connection }
}
$organizations = @(Get-VBOOrganization | Where-Object {
  (Select-Own $_.Office365ExchangeConnectionSettings) -or (Select-Own $_.Office365SharePointConnectionSettings)
})
if ($organizations.Count -ne 1) {
  throw "$($organizations.Count) organizations sign in with ${
    clientId === undefined ? 'a certificate of this lineage' : 'this application'
  }, and one was expected: name its application by vb365 install --client-id"
}
$organization = $organizations[0]
$exchange = Select-Own $organization.Office365ExchangeConnectionSettings
$sharePoint = Select-Own $organization.Office365SharePointConnectionSettings
$found = @($exchange, $sharePoint | Where-Object { $_ } | ForEach-Object { $_.ApplicationCertificateThumbprint })`,
    set: `function New-Connection($present) {
  $same = @{ ApplicationId = $present.ApplicationId }
  if ($present.ImpersonationAccountName) {
    $same.ImpersonationAccountName = $present.ImpersonationAccountName
  } elseif ($present.OfficeOrganizationName) {
    $same.OfficeOrganizationName = $present.OfficeOrganizationName
  } else {
    $same.OfficeOrganizationName = $organization.Name
  }
  if ($present.SharePointSaveAllWebParts) { $same.SharePointSaveAllWebParts = $true }
  New-VBOOffice365ApplicationOnlyConnectionSettings @same -ApplicationCertificatePath $pfxFile -ApplicationCertificatePassword $Password
}
$connections = @{}
if ($exchange) { $connections.Office365ExchangeConnectionsSettings = New-Connection $exchange }
if ($sharePoint) { $connections.Office365SharePointConnectionsSettings = New-Connection $sharePoint }
Set-VBOOrganization -Organization $organization @connections | Out-Null`,
  };
}

function backupApplicationSteps(clientId: string): RoleSteps {
  return {
    // Organizations that do not sign in by application only are refused by the cmdlet, and have no backup applications.
    read: `$wanted = ${powershellLiteral(clientId)}
$applications = @(Get-VBOOrganization | ForEach-Object {
  $organization = $_
  try { Get-VBOBackupApplication -Organization $organization } catch { Write-Verbose $_.Exception.Message }
} | Where-Object { [string]$_.ApplicationId -eq $wanted })
if ($applications.Count -eq 0) { throw "no organization has the backup application $wanted" }
$found = @($applications | ForEach-Object { $_.ApplicationCertificateThumbprint })`,
    set: `foreach ($application in $applications) {
  Set-VBOBackupApplication -BackupApplication $application -ApplicationCertificatePath $pfxFile -ApplicationCertificatePassword $Password | Out-Null
}`,
  };
}
