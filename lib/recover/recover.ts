import { relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Vb365Error } from '../errors';
import type { Finding } from '../findings';
import { Clouds } from '../verify/cloud';
import { Network } from '../verify/network';
import { readerOf, readerToken } from '../verify/reader';
import { applicationOfClientId, type DeletedApplication, findDeleted } from './applications';
import { type DeclaredResource, type DeclaredStack, readDeclaredStack } from './declared-stack';
import { EntraObjects } from './entra-objects';
import { applicationDeleted, applicationMissing, credentialDiffers } from './findings';
import { Graph } from '../verify/graph';
import { findImportId, isOfEntra, OTHER_CERTIFICATE } from './import-ids';
import { credentialsOfState } from './state';

/** What Entra is asked with. */
export interface RecoverOptions {
  /** `ARM_CLIENT_ID` and what goes with it, as for Terraform; `ARM_METADATA_HOSTNAME`, `SSL_CERT_FILE`, `HTTPS_PROXY`. */
  readonly environment: NodeJS.ProcessEnv;
  /** Absolute path of the folder of synthesized stacks. */
  readonly stacks: string;
  /** Absolute path that the paths of commands are told from. */
  readonly cwd: string;
  /** Application (client) ids that are meant, where several may be. @default none */
  readonly clientIds?: readonly string[];
  /** Whether an application that was deleted is restored. @default false */
  readonly restore?: boolean;
}

/** A resource of a stack that Entra has. */
export interface RecoveredResource {
  /** Its address in Terraform. */
  readonly to: string;
  /** By which the provider imports it. */
  readonly id: string;
}

/** What Entra has of a stack; the shape of `vb365 recover --json`. */
export interface RecoveredStack {
  readonly stack: string;
  readonly imports: readonly RecoveredResource[];
  /** Addresses of what Entra does not have: the plan creates them. */
  readonly missing: readonly string[];
  /** Client ids of the applications that were restored. */
  readonly restored: readonly string[];
  readonly findings: readonly Finding[];
}

/** Milliseconds between two looks for an application that was restored, and how many. */
const PAUSE = 1_000;
const LOOKS = 60;

/**
 * Looks in Entra for everything that a synthesized stack declares, and tells by which ids Terraform imports it. Nothing is
 * changed anywhere, unless an application is to be restored.
 *
 * @throws Vb365Error `stack-not-synthesized`, `reader-account-unusable`, `recover-application-ambiguous`, `graph-refused`,
 * `verify-unreachable`, `cloud-metadata-malformed`, `ca-file-unreadable`, `proxy-address-invalid`
 */
export async function recoverStack(name: string, options: RecoverOptions): Promise<RecoveredStack> {
  const stack = readDeclaredStack(options.stacks, name);
  const network = new Network(options.environment);
  try {
    const graph = await graphOf(stack, network, options.environment);
    const restored = options.restore === true ? await restoreApplications(stack, graph, options) : [];
    return await look(stack, graph, restored, options);
  } finally {
    await network.close();
  }
}

async function graphOf(stack: DeclaredStack, network: Network, environment: NodeJS.ProcessEnv): Promise<Graph> {
  const reader = readerOf(environment, network);
  if (reader === undefined) {
    throw new Vb365Error('reader-account-unusable', {
      subject: 'ARM_CLIENT_ID',
      message: 'no account is given that could look for the application in Entra',
      cure: 'give the environment of Terraform: ARM_CLIENT_ID, and ARM_CLIENT_SECRET, ARM_CLIENT_CERTIFICATE_PATH or ARM_USE_OIDC',
    });
  }
  const cloud = await new Clouds(network, environment.ARM_METADATA_HOSTNAME).of(stack.region);
  return new Graph(cloud, await readerToken(reader, cloud, stack.tenantId, network), network);
}

function objectsOf(stack: DeclaredStack, graph: Graph, { clientIds = [], stacks }: RecoverOptions): EntraObjects {
  const stackOf = (other: string): DeclaredStack | undefined => {
    const declared = readDeclaredStack(stacks, other);
    return declared.tenantId === stack.tenantId ? declared : undefined;
  };
  return new EntraObjects(
    graph,
    stackOf,
    clientIds.map((id) => id.toLowerCase()),
  );
}

async function look(
  stack: DeclaredStack,
  graph: Graph,
  restored: readonly string[],
  options: RecoverOptions,
): Promise<RecoveredStack> {
  const entra = objectsOf(stack, graph, options);
  const findings = await judgeApplications(stack, graph, entra, options);
  const imports: RecoveredResource[] = [];
  const missing: string[] = [];
  for (const resource of stack.resources.filter((one) => isOfEntra(one) && !stack.imported.has(one.address))) {
    const id = await findImportId(resource, stack, entra);
    if (id === OTHER_CERTIFICATE) findings.push(credentialDiffers(resource, stack));
    if (typeof id === 'string') imports.push({ to: resource.address, id });
    else missing.push(resource.address);
  }
  return { stack: stack.name, imports, missing, restored, findings };
}

/** Those that the stack has made and Entra does not have: deleted, and to be restored, or gone. */
async function judgeApplications(
  stack: DeclaredStack,
  graph: Graph,
  entra: EntraObjects,
  { cwd }: RecoverOptions,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const resource of await lostApplications(stack, entra)) {
    const wanted = entra.wanted(resource, stack);
    const [deleted] = await findDeleted(graph, wanted);
    const place = { name: stack.name, folder: relative(cwd, stack.folder) };
    const credentials = await credentialsOfState(stack.folder);
    findings.push(
      deleted === undefined
        ? applicationMissing(wanted.displayName, stack.tenantId, place, credentials)
        : applicationDeleted(deleted, place, credentials),
    );
  }
  return findings;
}

async function lostApplications(stack: DeclaredStack, entra: EntraObjects): Promise<DeclaredResource[]> {
  const lost: DeclaredResource[] = [];
  for (const resource of stack.resources.filter(({ type }) => type === 'azuread_application')) {
    if ((await entra.application(resource, stack)) === undefined) lost.push(resource);
  }
  return lost;
}

/** @returns their client ids */
async function restoreApplications(stack: DeclaredStack, graph: Graph, options: RecoverOptions): Promise<string[]> {
  const entra = objectsOf(stack, graph, options);
  const restored: string[] = [];
  for (const resource of await lostApplications(stack, entra)) {
    const [deleted] = await findDeleted(graph, entra.wanted(resource, stack));
    if (deleted === undefined) continue;
    await restore(deleted, graph);
    restored.push(deleted.clientId);
  }
  return restored;
}

/** Waits until it can be seen: Microsoft Graph answers from several replicas. */
async function restore({ clientId, objectId }: DeletedApplication, graph: Graph): Promise<void> {
  await graph.act(`/directory/deletedItems/${objectId}/restore`);
  for (let looks = 0; looks < LOOKS; looks += 1) {
    if ((await applicationOfClientId(graph, clientId)) !== undefined) return;
    await sleep(PAUSE);
  }
}
