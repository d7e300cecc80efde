import type { ErrorCode } from '../../error-codes';
import { Vb365Error } from '../../errors';
import { errnoOf } from '../../system/durable-files';
import { runProcess } from '../../system/process';
import { randomPassword } from '../../system/random-password';

/** Secret, all of it. */
export interface ExportedPfx {
  readonly pfx: Buffer;
  readonly password: string;
}

/** Exit codes of the script below. */
const CERTIFICATE_MISSING = 3;
const KEY_MISSING = 4;
const KEY_NOT_EXPORTABLE = 5;

/**
 * Prints the certificate, its private key and its issuers as the base64 of a PFX. Nothing is written to disk.
 * It is a constant: thumbprint and password come through the environment, so neither shows in a list of processes.
 */
const SCRIPT = `
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$found = @('CurrentUser', 'LocalMachine' | ForEach-Object { Get-ChildItem "Cert:\\$_\\My" } | Where-Object { $_.Thumbprint -eq $env:VB365_STORE_THUMBPRINT })
if ($found.Count -eq 0) { exit ${CERTIFICATE_MISSING} }
$certificate = $found | Where-Object { $_.HasPrivateKey } | Select-Object -First 1
if ($null -eq $certificate) { exit ${KEY_MISSING} }
$chain = New-Object System.Security.Cryptography.X509Certificates.X509Chain
$chain.ChainPolicy.RevocationMode = 'NoCheck'
[void]$chain.Build($certificate)
$all = New-Object System.Security.Cryptography.X509Certificates.X509Certificate2Collection
[void]$all.Add($certificate)
$chain.ChainElements | Select-Object -Skip 1 | ForEach-Object { [void]$all.Add($_.Certificate) }
try { $pfx = $all.Export('Pfx', $env:VB365_STORE_PASSWORD) } catch { exit ${KEY_NOT_EXPORTABLE} }
[Console]::Out.Write([Convert]::ToBase64String($pfx))
`;

const REFUSALS: Readonly<Record<number, { readonly code: ErrorCode; readonly why: string; readonly cure: string }>> = {
  [CERTIFICATE_MISSING]: {
    code: 'personal-store-certificate-missing',
    why: 'is in the personal store neither of this account nor of this computer',
    cure: 'run this on the computer and as the account whose personal store holds it',
  },
  [KEY_MISSING]: {
    code: 'personal-store-key-missing',
    why: 'is in the personal store without its private key, or this account may not use the key',
    cure: 'run this as an administrator; where the key is elsewhere, import the PFX file that holds it',
  },
  [KEY_NOT_EXPORTABLE]: {
    code: 'personal-store-key-not-exportable',
    why: 'has a private key that was marked as not exportable',
    cure: 'import the PFX file that it was installed from, or issue a new certificate',
  },
};

/** Milliseconds: of a machine under load, PowerShell alone takes ten seconds to start. */
const TIMEOUT = 120_000;

/** A chain of certificates in base64 is a few kB; this is far above. */
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

/**
 * @param thumbprint normalized
 * @throws Vb365Error `personal-store-certificate-missing`, `personal-store-key-missing`, `personal-store-key-not-exportable`,
 * `personal-store-unreadable`
 */
export async function exportFromWindowsStore(thumbprint: string, powerShell: string): Promise<ExportedPfx> {
  const password = randomPassword();
  const script = Buffer.from(SCRIPT, 'utf16le').toString('base64');
  const output = await runProcess({
    program: powerShell,
    args: ['-NoProfile', '-NonInteractive', '-EncodedCommand', script],
    variables: { VB365_STORE_THUMBPRINT: thumbprint, VB365_STORE_PASSWORD: password },
    name: powerShell,
    timeout: TIMEOUT,
    mostBytes: MAX_OUTPUT_BYTES,
  }).catch((error: unknown) => {
    throw refused(thumbprint, powerShell, error instanceof Vb365Error ? 'no answer in time' : errnoOf(error));
  });
  if (output?.exitCode !== 0) throw refused(thumbprint, powerShell, output === undefined ? 'ENOENT' : output.exitCode);
  if (output.isCut) throw refused(thumbprint, powerShell, 'more than any certificate takes');
  const pfx = Buffer.from(output.stdout, 'base64');
  if (pfx.length === 0) throw noAnswer(thumbprint, powerShell);
  return { pfx, password };
}

/** An ending without a word, as where a policy or a guard against malware has stopped the script. */
function noAnswer(thumbprint: string, powerShell: string): Vb365Error {
  return new Vb365Error('personal-store-unreadable', {
    subject: thumbprint,
    message: `${powerShell} ended well and gave no certificate: something on this machine may have stopped the script`,
    cure: `run "${powerShell} -NoProfile -Command Get-ChildItem Cert:\\LocalMachine\\My" to see that it answers, or export the certificate to a PFX file and import that`,
  });
}

/** The error of the process is not passed on: it repeats the command, and output that could hold the key. */
function refused(thumbprint: string, powerShell: string, exit: unknown): Vb365Error {
  const known = typeof exit === 'number' ? REFUSALS[exit] : undefined;
  if (known === undefined) {
    return new Vb365Error('personal-store-unreadable', {
      subject: thumbprint,
      message: `${powerShell} could not read the personal store: it ended with ${String(exit)}`,
      cure: 'check that Windows PowerShell 5.1 or later runs, or export the certificate to a PFX file and import that',
    });
  }
  const { code, why, cure } = known;
  return new Vb365Error(code, { subject: thumbprint, message: `the certificate ${thumbprint} ${why}`, cure });
}
