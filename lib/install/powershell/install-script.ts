import type { CertificateStore } from '../../catalogue/roles';
import type { Certificate } from '../../certificates/certificate';
import { powershellLiteral } from './literal';
import { type RoleFacts, roleSteps } from './role-steps';

export interface InstallScriptOptions {
  /** `primary/rest-api` */
  readonly lineage: string;
  readonly certificate: Certificate;
  readonly facts: RoleFacts;
  /** Stores of the machine that must hold the certificate before the product takes it. */
  readonly stores: readonly CertificateStore[];
}

/** How old a folder must be before it counts as left behind by an installation that was killed. */
const ABANDONED_AFTER_HOURS = 1;

/**
 * The script that installs one certificate on a VB365 server. It takes `-Pfx` (bytes) and `-Password` (SecureString), or
 * `-WhatIf` alone, and prints one line of JSON: `role`, `lineage`, `before`, `after`, `changed`, `whatIf`, and `error` where
 * it failed. It holds nothing secret.
 *
 * It does nothing where the certificate is in use already. Windows PowerShell 5.1 can read it, so that whoever starts it
 * there is told what is missing.
 */
export function installScript(options: InstallScriptOptions): string {
  const { lineage, certificate, facts } = options;
  const { read, set } = roleSteps(facts);
  return `[CmdletBinding(SupportsShouldProcess = $true)]
param([byte[]] $Pfx, [securestring] $Password)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$thumbprint = ${powershellLiteral(certificate.thumbprint)}
$result = [ordered]@{
  role = ${powershellLiteral(facts.role)}
  lineage = ${powershellLiteral(lineage)}
  before = $null
  after = $null
  changed = $false
  whatIf = [bool]$WhatIfPreference
}
$folder = $null
$isConnected = $false

function Read-Current {
${indented(read, '  ')}
  $used = @($found | Where-Object { $_ } | ForEach-Object { $_.Replace(' ', '').ToUpperInvariant() })
  $others = @($used | Where-Object { $_ -ne $thumbprint })
  $inUse = if ($others.Count -gt 0) { $others[0] } elseif ($used.Count -gt 0 -and $used.Count -eq $found.Count) { $thumbprint } else { $null }
}

try {
  if ($PSVersionTable.PSVersion -lt [version]'7.4.2') {
    throw "PowerShell 7.4.2 or newer is needed, and this is $($PSVersionTable.PSVersion)"
  }
  $module = Join-Path $env:ProgramFiles 'Veeam\\Backup365\\Veeam.Archiver.PowerShell\\Veeam.Archiver.PowerShell.psd1'
  if (-not (Test-Path -LiteralPath $module)) { $module = 'Veeam.Archiver.PowerShell' }
  Import-Module -Name $module
  Connect-VBOServer -Server 'localhost' -Port 9191 | Out-Null
  $isConnected = $true
  . Read-Current
  $result.before = $inUse
  $result.after = $inUse
  $target = 'the settings of Veeam Backup for Microsoft 365'
  if ($inUse -ne $thumbprint -and $PSCmdlet.ShouldProcess($target, "install the certificate $thumbprint")) {
    if (-not $Pfx -or -not $Password) { throw 'the PFX and its password are needed' }
${indented(privateFolder(), '    ')}
    $pfxFile = Join-Path $folder 'certificate.pfx'
    [System.IO.File]::WriteAllBytes($pfxFile, $Pfx)
${indented(importInto(options), '    ')}
${indented(set, '    ')}
    . Read-Current
    $result.after = $inUse
    if ($inUse -ne $thumbprint) { throw "the product still uses the certificate $inUse after it was told to use $thumbprint" }
    $result.changed = $true
  }
} catch {
  $result.error = $_.Exception.Message
} finally {
  if ($Pfx) { [Array]::Clear($Pfx, 0, $Pfx.Length) }
  if ($Password) { $Password.Dispose() }
  if ($folder -and (Test-Path -LiteralPath $folder)) {
    try {
      Remove-Item -LiteralPath $folder -Recurse -Force -WhatIf:$false -Confirm:$false
    } catch {
      $result.error = "$($result.error) The folder $folder could not be removed: remove it, it holds the PFX".Trim()
    }
  }
  if ($isConnected) {
    try { Disconnect-VBOServer | Out-Null } catch { Write-Verbose $_.Exception.Message }
  }
}
if ($PSVersionTable.PSVersion -lt [version]'6.2') { $result | ConvertTo-Json -Compress }
else { $result | ConvertTo-Json -Compress -EscapeHandling EscapeNonAscii }
`;
}

/**
 * A folder that is closed from its first moment to all but the current account and LocalSystem (S-1-5-18), as which the
 * services of the product run, and which may be who reads the file. What an installation left that was killed goes first: its
 * PFX is protected by a password that is nowhere any more.
 */
function privateFolder(): string {
  return `$temporary = [System.IO.Path]::GetTempPath()
Get-ChildItem -LiteralPath $temporary -Directory -Filter 'vb365-install-*' |
  Where-Object { $_.LastWriteTime -lt (Get-Date).AddHours(-${ABANDONED_AFTER_HOURS}) } |
  Remove-Item -Recurse -Force -ErrorAction SilentlyContinue -Confirm:$false
$access = [System.Security.AccessControl.DirectorySecurity]::new()
$access.SetAccessRuleProtection($true, $false)
$me = [System.Security.Principal.WindowsIdentity]::GetCurrent().User
foreach ($account in $me, [System.Security.Principal.SecurityIdentifier]::new('S-1-5-18')) {
  $access.AddAccessRule([System.Security.AccessControl.FileSystemAccessRule]::new($account, 'FullControl', 'ContainerInherit, ObjectInherit', 'None', 'Allow'))
}
$folder = Join-Path $temporary "vb365-install-$([guid]::NewGuid().ToString('N'))"
[System.IO.FileSystemAclExtensions]::Create([System.IO.DirectoryInfo]::new($folder), $access)`;
}

function importInto({ stores, certificate }: InstallScriptOptions): string {
  return stores
    .map((store) => {
      switch (store) {
        case 'Personal':
          return `Import-PfxCertificate -FilePath $pfxFile -CertStoreLocation 'Cert:\\LocalMachine\\My' -Password $Password -Exportable | Out-Null`;
        case 'Trusted Root Certification Authorities':
          return `$certificateFile = Join-Path $folder 'certificate.cer'
[System.IO.File]::WriteAllBytes($certificateFile, [Convert]::FromBase64String(${powershellLiteral(certificate.der.toString('base64'))}))
Import-Certificate -FilePath $certificateFile -CertStoreLocation 'Cert:\\LocalMachine\\Root' | Out-Null`;
      }
    })
    .join('\n');
}

function indented(text: string, by: string): string {
  return text.replace(/^(?=.)/gm, by);
}
