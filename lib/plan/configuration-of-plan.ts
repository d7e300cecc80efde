import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readUpTo } from '../system/read-file';
import type { ConfigurationFile } from './written-parts';
import { readZipDirectory, readZipEntry } from './zip-directory';

/** Where a binary plan keeps the files of its root module. */
const ROOT = 'tfconfig/m-/';

/** What Terraform reads in a folder. */
const CONFIGURATION = /\.(?:tf|tofu)(?:\.json)?$/;

/** CDKTF writes one file for a stack. */
const SYNTHESIZED = 'cdk.tf.json';

/** Bytes of a file; a stack of this library stays far below one mebibyte. */
const LONGEST = 64 * 1024 * 1024;

/** Archives in the ZIP format begin so; a binary plan is one. */
export function isArchive(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004';
}

/**
 * The configuration that a binary plan was made of, as it carries it; modules that it calls are judged as such.
 *
 * @throws Vb365Error `zip-malformed`
 */
export function configurationInPlan(bytes: Buffer): ConfigurationFile[] {
  return readZipDirectory(bytes)
    .filter(({ name }) => name.startsWith(ROOT) && CONFIGURATION.test(name))
    .map((entry) => ({ name: entry.name.slice(ROOT.length), text: readZipEntry(bytes, entry).toString() }));
}

/**
 * The configuration that the JSON of a plan was made of: as the binary plan of the same name carries it, which no program has to
 * open, else where CDKTF has synthesized one in the same folder; undefined where nobody tells it.
 */
export function configurationBeside(json: string): ConfigurationFile[] | undefined {
  try {
    return inPlanBeside(json.replace(/\.json$/, '')) ?? synthesizedIn(dirname(json));
  } catch {
    return undefined;
  }
}

function inPlanBeside(plan: string): ConfigurationFile[] | undefined {
  if (!statSync(plan, { throwIfNoEntry: false })?.isFile()) return undefined;
  const bytes = readUpTo(plan, LONGEST);
  if (!isArchive(bytes)) return undefined;
  const isSmall = readZipDirectory(bytes).every(({ uncompressedSize }) => uncompressedSize < LONGEST);
  return isSmall ? configurationInPlan(bytes) : undefined;
}

function synthesizedIn(folder: string): ConfigurationFile[] | undefined {
  const names = readdirSync(folder).filter((name) => CONFIGURATION.test(name));
  if (!names.includes(SYNTHESIZED)) return undefined;
  return names.map((name) => ({ name, text: readUpTo(join(folder, name), LONGEST).toString() }));
}
