import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ErrorCode } from '../error-codes';
import type { Finding } from '../findings';

/** What cdktf-cli 0.21, the last one, loads at every start: its prebuilt code ends with Node 22 (ABI 127). */
export const TERMINAL_MODULE = '@cdktf/node-pty-prebuilt-multiarch';

/**
 * The same module on Node-API, which is prebuilt for every version of Node and runs no install script; without a build for
 * musl. MIT, https://github.com/lydell/node-pty.
 */
export const TERMINAL_REPLACEMENT = 'npm:@lydell/node-pty@1.1.0';

/** The commands after which an override counts that came beside an installed cdktf-cli: npm keeps what its lock file says. */
export const TAKE_ANEW = '"npm uninstall cdktf-cli" and "npm install --save-dev cdktf-cli"';

/** @param folder absolute path; whether cdktf-cli is installed in it, or above it. */
export function findCdktfCli(folder: string): string | undefined {
  try {
    return createRequire(join(folder, 'package.json')).resolve('cdktf-cli/package.json');
  } catch {
    return undefined;
  }
}

/**
 * Whether the cdktf-cli beside a configuration starts under the Node that runs. It would fail before it runs anything of ours, with
 * nothing but the stack of a native module.
 *
 * @param folder absolute path
 * @returns nothing where there is no cdktf-cli, or it starts
 */
export function judgeCdktfCli(folder: string): Finding[] {
  const packageJson = findCdktfCli(folder);
  if (packageJson === undefined) return [];
  const load: NodeJS.Require = createRequire(packageJson);
  try {
    load(TERMINAL_MODULE);
    return [];
  } catch (error) {
    return [cannotStart(error)];
  }
}

function cannotStart(error: unknown): Finding {
  const id: ErrorCode = 'cdktf-cli-cannot-start';
  const code = typeof error === 'object' && error !== null && 'code' in error ? ` (${String(error.code)})` : '';
  const { version, platform, arch } = process;
  const override = `"overrides": { "${TERMINAL_MODULE}": "${TERMINAL_REPLACEMENT}" }`;
  const onLinux = platform === 'linux' ? '; on Alpine use an image with glibc, since there is none for musl' : '';
  return {
    id,
    severity: 'warning',
    subject: 'cdktf-cli',
    message: `cdktf-cli cannot start under Node ${version.slice(1)} on ${platform}-${arch}: its module ${TERMINAL_MODULE} does not load${code}`,
    cure: `see that ${override} stands in the package.json of your project, as "npx vb365 init" writes it, then run ${TAKE_ANEW}${onLinux}`,
  };
}
