import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { transformSync } from '@swc/core';

const ROOT = join(__dirname, '..', '..');

const VARIABLE = 'VB365_TEST_COMPILED';

/** Folder of the compiled programs: within the project, so that they find its packages, and one for each run of the tests. */
export const COMPILED = process.env[VARIABLE] ?? join(ROOT, '.compiled', String(process.pid));

/** What tests start as processes of their own. */
const SOURCES = ['main.ts', 'cli', 'lib', 'stacks', 'test/e2e/sign-in.ts', 'test/install/installing-process.ts'];

/**
 * Compiles the programs once for all tests: a process that starts from JavaScript needs a third of the time of one that
 * compiles as it goes, and the tests start hundreds.
 */
export function compilePrograms(): void {
  process.env[VARIABLE] = COMPILED;
  process.on('exit', () => {
    rmSync(COMPILED, { recursive: true, force: true });
  });
  for (const file of SOURCES.flatMap(filesOf)) {
    const { code } = transformSync(readFileSync(file, 'utf8'), {
      filename: file,
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      // A dynamic import stays one, as in what is published; so it must see the names that a module exports.
      module: { type: 'commonjs', ignoreDynamic: true, exportInteropAnnotation: true },
      isModule: true,
    });
    const target = join(COMPILED, relative(ROOT, file).replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
}

function filesOf(source: string): string[] {
  const path = join(ROOT, source);
  if (source.endsWith('.ts')) return [path];
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.ts')).map((name) => join(path, name));
}
