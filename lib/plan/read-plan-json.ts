import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Vb365Error } from '../errors';
import { fileError } from '../system/durable-files';
import { configurationBeside, configurationInPlan, isArchive } from './configuration-of-plan';
import type { PlanSource } from './plan-sources';
import { runProcess } from '../system/process';
import { readUpTo } from '../system/read-file';
import { terraformProgram } from '../system/terraform-program';
import { decodeText } from '../system/text';
import type { ConfigurationFile } from './written-parts';
import { readZipDirectory, type ZipEntry } from './zip-directory';

/** Bytes of the longest text that node holds, less what a change of encoding may need. */
const LONGEST = 500_000_000;

/** Bytes of a binary plan when it is unpacked, of which Terraform holds several copies: 3.5 GB where it is 1 GB. */
const MOST_UNPACKED = 256 * 1024 * 1024;
/** Bytes of its configuration, which Terraform parses: that takes 150 times as much memory, and 800 times where it is junk. */
const MOST_CONFIGURATION = 8 * 1024 * 1024;

/** Milliseconds: a provider takes a second to tell its schemas, and a large plan some more. */
const TIMEOUT = 600_000;

/** What a plan is read with beside its file. */
export interface PlanReading {
  /** Holds the plan where its source is standard input. */
  readonly stdin: NodeJS.ReadableStream;
  /** For the program that shows a binary plan: `TERRAFORM_BINARY_NAME`, or terraform. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What was found where a plan lies. */
export interface FoundPlan {
  readonly json: unknown;
  /** The configuration that it was made of; undefined where nobody tells it. */
  readonly files: readonly ConfigurationFile[] | undefined;
}

/**
 * Reads what `terraform show -json` printed, or lets Terraform show a binary plan. Of the configuration, the JSON tells only a
 * part: a binary plan carries it, and beside the JSON CDKTF has written it.
 *
 * @throws Vb365Error `plan-unreadable`, `plan-malformed`, `plan-too-large`, `plan-not-shown`
 */
export async function readPlanJson(source: PlanSource, { env, stdin }: PlanReading): Promise<FoundPlan> {
  if (source.file === undefined) {
    const bytes = await collect(stdin, source.name);
    const json = parse(decodeText(isArchive(bytes) ? refuseBinary(source.name) : bytes), source.name);
    return { json, files: undefined };
  }
  const bytes = readFile(source.file, source.name);
  if (!isArchive(bytes)) {
    return { json: parse(decodeText(bytes), source.name), files: configurationBeside(source.file) };
  }
  refuseInflated(bytes, source.name);
  // A JSON beside it may be of an earlier plan: it is no substitute for what will be applied.
  const json = parse(await show(env, source.file, source.name), source.name);
  return { json, files: configurationInPlan(bytes) };
}

/**
 * Terraform looks at no size before it unpacks. What the archive announces holds: its reader stops at an entry that has more.
 * A plan of this library stays far below a mebibyte.
 */
function refuseInflated(bytes: Buffer, name: string): void {
  const entries = directoryOf(bytes, name);
  refuseAbove(MOST_UNPACKED, entries, name, 'when it is unpacked');
  const configuration = entries.filter((entry) => entry.name.startsWith('tfconfig/'));
  refuseAbove(MOST_CONFIGURATION, configuration, name, 'of configuration');
}

function refuseAbove(most: number, entries: readonly ZipEntry[], name: string, what: string): void {
  const size = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  if (size <= most) return;
  throw new Vb365Error('plan-too-large', {
    subject: name,
    message: `the binary plan ${name} has ${mebibytes(size)} MiB ${what}; at most ${mebibytes(most)} MiB are read`,
    cure: 'plan fewer resources at once, in a stack for each owner',
  });
}

function directoryOf(bytes: Buffer, name: string): ZipEntry[] {
  try {
    return readZipDirectory(bytes);
  } catch (error) {
    throw error instanceof Vb365Error ? damaged(name, error) : error;
  }
}

function mebibytes(bytes: number): number {
  return Math.ceil(bytes / (1024 * 1024));
}

function readFile(file: string, name: string): Buffer {
  try {
    const descriptor = openSync(file, 'r');
    try {
      const status = fstatSync(descriptor);
      if (status.isFile()) {
        if (status.size > LONGEST) throw tooLarge(name);
        return readWhole(descriptor, status.size);
      }
    } finally {
      closeSync(descriptor);
    }
    // A pipe or a device tells no size.
    const bytes = readUpTo(file, LONGEST + 1);
    if (bytes.length > LONGEST) throw tooLarge(name);
    return bytes;
  } catch (error) {
    throw error instanceof Vb365Error ? error : fileError('plan-unreadable', file, 'read', error);
  }
}

function readWhole(descriptor: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let length = 0;
  for (let count = 1; count > 0 && length < size; length += count) {
    count = readSync(descriptor, bytes, length, size - length, null);
  }
  return bytes.subarray(0, length);
}

/** In the folder of the plan, where its providers are: their schemas are needed to show it. */
async function show(env: PlanReading['env'], file: string, name: string): Promise<string> {
  const program = terraformProgram(env);
  const output = await runProcess({
    program,
    args: ['show', '-json', '-no-color', basename(file)],
    cwd: dirname(file),
    env,
    variables: { TF_LOG: '', TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1' },
    name: program,
    timeout: TIMEOUT,
    mostBytes: LONGEST,
  }).catch((error: unknown) => {
    // It has not answered in time, which may be the provider's fault as well.
    if (error instanceof Vb365Error) throw notShown(name, error.message);
    throw fileError('plan-not-shown', file, 'show', error);
  });
  if (output === undefined) throw notShown(name, `there is no ${basename(program)} on the path`);
  if (output.exitCode !== 0) throw notShown(name, `${basename(program)} cannot show it: ${reasonOf(output.stderr)}`);
  if (output.isCut) throw tooLarge(name);
  return output.stdout;
}

/** `Error: Required plugins are not installed`, without the frame that Terraform draws. */
function reasonOf(complaint: string): string {
  const lines = complaint.split('\n').map((line) => line.replace(/^[\s│╷╵]+/, ''));
  return lines.find((line) => line.startsWith('Error: '))?.slice('Error: '.length) ?? 'it does not say why';
}

async function collect(stream: NodeJS.ReadableStream, name: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > LONGEST) throw tooLarge(name);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** The error of JSON.parse is not passed on: it quotes the text, and a plan may hold anything. */
function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notJson(name, whatItIs(text));
  }
}

/** What people hand over by mistake. */
function whatItIs(text: string): string {
  const start = text.slice(0, 4_096);
  if (start.trim() === '') return 'it is empty';
  if (/^\s*\{[^\n]*"@level"/.test(start)) return 'it is the log of "terraform plan -json", which is no plan';
  if (
    /(?:Terraform|OpenTofu) (?:used the selected providers|will perform the following)|No changes\. Your/.test(start)
  ) {
    return 'it is the text that "terraform plan" prints for people';
  }
  return start.trimStart().startsWith('{') ? 'the JSON is damaged or cut off' : 'it is neither JSON nor a binary plan';
}

function notJson(subject: string, why: string): Vb365Error {
  return new Vb365Error('plan-malformed', {
    subject,
    message: `${subject} is not what "terraform show -json" prints of a plan: ${why}`,
    cure: 'write it anew: terraform plan -out=plan, then terraform show -json plan > plan.json',
  });
}

function refuseBinary(subject: string): never {
  throw new Vb365Error('plan-not-shown', {
    subject,
    message: 'standard input holds a binary plan, which Terraform shows only in the folder of its stack',
    cure: 'name the file instead, or pipe "terraform show -json plan"',
  });
}

function notShown(subject: string, why: string): Vb365Error {
  return new Vb365Error('plan-not-shown', {
    subject,
    message: `the binary plan ${subject} cannot be read: ${why}`,
    cure: 'run "terraform init" in the folder of the stack (install it where it is missing), or name a file with what "terraform show -json" prints there',
  });
}

function damaged(subject: string, cause: Vb365Error): Vb365Error {
  return new Vb365Error('plan-not-shown', {
    subject,
    message: `the binary plan ${subject} cannot be read: it is ${cause.message}`,
    cure: 'write it anew: "terraform plan -out=plan" in the folder of the stack',
    cause,
  });
}

function tooLarge(subject: string): Vb365Error {
  return new Vb365Error('plan-too-large', {
    subject,
    message: `${subject} is larger than ${LONGEST / 1_000_000} MB, more than one text can hold`,
    cure: 'plan fewer resources at once: one stack of this library stays far below a megabyte',
  });
}
