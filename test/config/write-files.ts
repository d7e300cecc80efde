import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readConfiguration } from '../../lib/config/read-configuration';
import { Vb365Error } from '../../lib/errors';

const folders: string[] = [];

/** A folder with these files; `vb365.yaml` is the main one. @returns its path */
export function writeFiles(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'vb365-config-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return join(folder, 'vb365.yaml');
}

/** Removes whatever {@link writeFiles} wrote. */
export function removeFiles(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** The error that reading a file ends with. */
export function errorOf(file: string): Vb365Error {
  try {
    readConfiguration(file);
  } catch (error) {
    if (error instanceof Vb365Error) return error;
    throw error;
  }
  throw new Error('the configuration was read without an error');
}

/** `line:column id subject` of each finding. */
export function findingsOf(file: string): string[] {
  return errorOf(file).findings.map(
    ({ id, subject, place }) => `${place?.line ?? '-'}:${place?.column ?? '-'} ${id} ${subject}`,
  );
}
