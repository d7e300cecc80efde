import { statSync } from 'node:fs';
import { z } from 'zod';
import { runProcess } from '../system/process';
import { parseJson } from './cloud';

/** The output of a stack that maps lineages to client ids: `{"contoso/entra-application": "<client id>"}`. */
const outputsSchema = z.looseObject({
  clients: z.looseObject({ value: z.record(z.string(), z.guid()) }),
});

/** Milliseconds: a remote state answers in a few seconds. */
const TIMEOUT = 30_000;
/** A thousand client ids have a hundredth of it. */
const MOST_BYTES = 10_000_000;

/**
 * The client ids that a deployed stack has, as Terraform says: the only one who knows where the state is.
 *
 * @param folder of the synthesized stack: `cdktf.out/stacks/contoso`
 * @returns an empty map where the stack has not been deployed from here, or there is no Terraform
 */
export async function clientIdsOf(folder: string): Promise<Map<string, string>> {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return new Map();
  const outputs = outputsSchema.safeParse(parseJson(await terraformOutput(folder)));
  return outputs.success ? new Map(Object.entries(outputs.data.clients.value)) : new Map();
}

/** Empty where it fails, for whatever reason: what is not known is said so where it is needed. */
async function terraformOutput(folder: string): Promise<string> {
  const args = ['output', '-json', '-no-color'];
  const call = {
    program: 'terraform',
    args,
    cwd: folder,
    env: process.env,
    name: 'terraform',
    timeout: TIMEOUT,
    mostBytes: MOST_BYTES,
  };
  const output = await runProcess(call).catch(() => undefined);
  return output?.exitCode === 0 && !output.isCut ? output.stdout : '';
}
