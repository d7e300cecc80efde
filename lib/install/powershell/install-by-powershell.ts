import { type BootstrapSecret, envelopeLine } from './bootstrap';
import { type InstallAnswer, readInstallAnswer } from './install-answer';
import { installScript, type InstallScriptOptions } from './install-script';
import type { Transport } from '../transport/transport';

/**
 * Installs a certificate by PowerShell, or asks what would be done.
 *
 * @param secret the PFX with its password; without it nothing is changed (`-WhatIf`)
 * @throws Vb365Error `install-refused`, `install-answer-missing`, and those of the transport
 */
export async function installByPowershell(
  transport: Transport,
  options: InstallScriptOptions,
  secret?: BootstrapSecret,
): Promise<InstallAnswer> {
  const input = envelopeLine({ script: installScript(options), ...(secret !== undefined && { secret }) });
  const secrets = secret === undefined ? [] : [secret.password, secret.pfx.toString('base64')];
  const output = await transport.run(input, secrets);
  return readInstallAnswer(output, {
    lineage: options.lineage,
    thumbprint: options.certificate.thumbprint,
    place: transport.place,
    whatIf: secret === undefined,
  });
}
