import { statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { objectOf } from '../plan/json-values';
import { textOfFile } from '../system/look';
import { runProcess } from '../system/process';
import { terraformProgram } from '../system/terraform-program';
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
 * @param environment names the program, and the account that signs in where the state is in Azure
 * @returns an empty map where the stack has not been deployed from here, or there is no Terraform
 */
export async function clientIdsOf(
  folder: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Map<string, string>> {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return new Map();
  const outputs = outputsSchema.safeParse(parseJson(await terraformOutput(folder, environment)));
  return outputs.success ? new Map(Object.entries(outputs.data.clients.value)) : new Map();
}

/** Empty where it fails, for whatever reason: what is not known is said so where it is needed. */
async function terraformOutput(folder: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const args = ['output', '-json', '-no-color'];
  const program = terraformProgram(environment);
  const call = {
    program,
    args,
    cwd: folder,
    env: environment,
    needsAzure: isStateInAzure(folder),
    name: program,
    timeout: TIMEOUT,
    mostBytes: MOST_BYTES,
  };
  const output = await runProcess(call).catch(() => undefined);
  return output?.exitCode === 0 && !output.isCut ? output.stdout : '';
}

/** Only the azurerm backend signs in; where nobody can tell, it may be that. */
function isStateInAzure(folder: string): boolean {
  const stack = parseJson(textOfFile(join(folder, 'cdk.tf.json'), MOST_BYTES) ?? '');
  if (stack === undefined) return true;
  return 'azurerm' in objectOf(objectOf(objectOf(stack).terraform).backend);
}
