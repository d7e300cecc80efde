import { readdirSync } from 'node:fs';
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

/** Bytes of a file of the configuration; a stack of this library stays far below one mebibyte. */
const LONGEST = 64 * 1024 * 1024;

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

/** The configuration beside the JSON of a plan, where CDKTF has synthesized one there; undefined where nobody tells it. */
export function configurationBeside(plan: string): ConfigurationFile[] | undefined {
  const folder = dirname(plan);
  try {
    const names = readdirSync(folder).filter((name) => CONFIGURATION.test(name));
    if (!names.includes(SYNTHESIZED)) return undefined;
    return names.map((name) => ({ name, text: readUpTo(join(folder, name), LONGEST).toString() }));
  } catch {
    return undefined;
  }
}
