import { runProcess } from '../system/process';

/** Milliseconds: a remote state answers in a few seconds. */
const TIMEOUT = 30_000;
/** A thousand resources have a hundredth of it. */
const MOST_BYTES = 10_000_000;

/**
 * Addresses of the key credentials that the state of a stack knows: where their application is gone, each makes the plan fail.
 *
 * @param folder of the synthesized stack
 * @returns none where there is no state, or no Terraform
 */
export async function credentialsOfState(folder: string): Promise<string[]> {
  const call = {
    program: 'terraform',
    args: ['state', 'list', '-no-color'],
    cwd: folder,
    env: process.env,
    name: 'terraform',
    timeout: TIMEOUT,
    mostBytes: MOST_BYTES,
  };
  const output = await runProcess(call).catch(() => undefined);
  if (output?.exitCode !== 0) return [];
  return output.stdout.split('\n').filter((address) => /(?:^|\.)azuread_application_certificate\.[^.]+$/.test(address));
}
