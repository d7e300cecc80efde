import { escapeUnits } from '../../words/visible';

/** Secret, both of it. */
export interface BootstrapSecret {
  readonly pfx: Buffer;
  readonly password: string;
}

/** What PowerShell is given through standard input: nothing of it shows on a command line or in an environment. */
export interface ScriptEnvelope {
  /** What `installScript` makes. */
  readonly script: string;
  /** Absent where the script only says what it would do. */
  readonly secret?: BootstrapSecret;
}

/**
 * Reads the envelope from standard input, one line of JSON, and runs its script. It is a constant: what differs from one
 * installation to the next comes inside the envelope.
 *
 * `$input`, because PowerShell itself reads a standard input that is redirected; `[Console]::In` would race with it.
 *
 * Secrets pass through methods of .NET only: what a cmdlet is given as text stands in the event log where module logging is
 * on (event 4103), and in transcripts.
 *
 * Source: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_logging_windows
 */
export const BOOTSTRAP = `
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$envelope = @{}
foreach ($part in [System.Text.Json.JsonDocument]::Parse(@($input) -join '').RootElement.EnumerateObject()) {
  $envelope[$part.Name] = $part.Value.GetString()
}
$arguments = @{ WhatIf = $true }
if ($envelope.pfx) {
  $password = [System.Net.NetworkCredential]::new('', $envelope.password).SecurePassword
  $arguments = @{ Pfx = [Convert]::FromBase64String($envelope.pfx); Password = $password }
}
$script = [scriptblock]::Create($envelope.script)
$envelope = $null
$lines = @(& $script @arguments)
$lines
if (($lines | Select-Object -Last 1) -like '*"error":*') { exit 1 }
`;

/**
 * Arguments of `pwsh`. Both formats are named, because PowerShell otherwise writes errors of an encoded command as CLIXML.
 * The shell of a Windows server takes command lines of 8,191 characters, so the script itself cannot stand here.
 */
export function powershellArguments(): string[] {
  const encoded = Buffer.from(BOOTSTRAP, 'utf16le').toString('base64');
  const formats = ['-InputFormat', 'Text', '-OutputFormat', 'Text'];
  return ['-NoProfile', '-NonInteractive', ...formats, '-EncodedCommand', encoded];
}

/** The line for standard input. ASCII only: which code page a Windows console reads is anybody's guess. */
export function envelopeLine({ script, secret }: ScriptEnvelope): string {
  const content = {
    script,
    ...(secret !== undefined && { pfx: secret.pfx.toString('base64'), password: secret.password }),
  };
  const json = JSON.stringify(content);
  return `${json.replace(/[\u007f-\uffff]/g, escapeUnits)}\n`;
}
