import { powershellLiteral } from './literal';

export interface BundledScript {
  /** `primary/rest-api` */
  readonly lineage: string;
  /** Name of the PFX beside the script. */
  readonly pfx: string;
  /** What `installScript` makes. */
  readonly script: string;
}

/**
 * `install.ps1` of a bundle: asks for the password, or reads it from the first line of `-PasswordFile`, and installs each
 * certificate in turn. One that fails does not keep the others from being installed. An empty password is an error. No cmdlet
 * is given the password as text, because logs of PowerShell keep that.
 *
 * Strict mode is off, because whoever starts it in a session may have it on, and what is not there is `$null` here.
 */
export function bundleScript(scripts: readonly BundledScript[]): string {
  const steps = scripts.map(
    ({ lineage, pfx, script }) => `
Install-One ${powershellLiteral(lineage)} ${powershellLiteral(pfx)} {
${script.trimEnd()}
}
`,
  );
  return `# Installs certificates on this Veeam Backup for Microsoft 365 server. README.txt says how.
[CmdletBinding(SupportsShouldProcess = $true)]
param([string] $PasswordFile)
$ErrorActionPreference = 'Stop'
Set-StrictMode -Off
if ($PSVersionTable.PSVersion -lt [version]'7.4.2') {
  throw "PowerShell 7.4.2 or newer is needed, and this is $($PSVersionTable.PSVersion): start it with pwsh"
}
$password = $null
if (-not $WhatIfPreference) {
  if ($PasswordFile) {
    $path = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($PasswordFile)
    $password = [System.Net.NetworkCredential]::new('', [string][System.IO.File]::ReadAllLines($path)[0]).SecurePassword
  } else {
    $password = Read-Host -Prompt 'Password of the PFX files' -AsSecureString
  }
  if ($password.Length -eq 0) { throw 'the password is empty: nothing was installed' }
}
$failed = @()

function Install-One($lineage, $file, $script) {
  $arguments = @{ WhatIf = $true }
  if (-not $WhatIfPreference) {
    $path = Join-Path $PSScriptRoot $file
    $arguments = @{ Pfx = [System.IO.File]::ReadAllBytes($path); Password = $password.Copy() }
  }
  $lines = @(& $script @arguments)
  $lines
  if (($lines | Select-Object -Last 1) -like '*"error":*') { $script:failed += $lineage }
}
${steps.join('')}
if ($password) { $password.Dispose() }
if ($failed.Count -gt 0) {
  Write-Warning "not installed: $($failed -join ', ')"
  exit 1
}
`;
}
