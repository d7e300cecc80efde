import { basename, isAbsolute, relative, sep } from 'node:path';
import { join } from 'node:path/posix';

/** Lines whose absence puts private keys, passwords or state into Git. */
const VITAL = ['*.pfx', '*.p12', '*.key', '*.password', '*.tfstate', 'cdktf.out/'];

/**
 * A `.gitignore` for a folder of configuration.
 *
 * @param folder absolute path of the folder that the file will lie in
 * @param keystore absolute path; where it lies outside of the folder, its temporary files are another file's business
 */
export function gitIgnore(folder: string, keystore: string): string {
  const inside = relative(folder, keystore);
  const isInside = !inside.startsWith('..') && !isAbsolute(inside);
  const path = inside
    .split(sep)
    .map((part) => part.replace(/[\\*?[\]]/g, '\\$&'))
    .join('/');
  const own = ['.lock/', '.staging-*/', '**/.retired-*/'].map((pattern) => `/${join(path, pattern)}`);
  const unfinished = isInside ? own : [];
  return `# The keystore stays in Git: private keys in it are sealed.
node_modules/
cdktf.out/
.terraform/
*.tfstate
*.tfstate.*

# Never: private keys outside of the keystore, and their passwords.
*.pfx
*.p12
*.pem
*.key
*.password

# What a command is in the middle of writing.
${[...unfinished, '.vb365-*'].join('\n')}
`;
}

/** What a `.gitignore` that somebody else wrote should name, and does not. */
export function missingFromGitIgnore(text: string): string[] {
  const patterns = new Set(text.split(/\r?\n/).map((line) => bare(line.trim())));
  return VITAL.filter((line) => !patterns.has(bare(line)) && !patterns.has(`${bare(line)}*`));
}

/** A `cdktf.json` that runs this command line on the configuration beside it. */
export function cdktfJson(configuration: string): string {
  const content = {
    language: 'typescript',
    app: appLine(configuration),
    sendCrashReports: 'false',
    terraformProviders: [],
    terraformModules: [],
    context: {},
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

/** What stands as `app` in `cdktf.json`, for a configuration in the same folder. */
export function appLine(configuration: string): string {
  const name = basename(configuration);
  const option = name === 'vb365.yaml' ? '' : ` --config ${/^[\w.-]+$/.test(name) ? name : JSON.stringify(name)}`;
  return `npx vb365 issue${option} && npx vb365 synth${option}`;
}

/** Whether a `cdktf.json` that somebody else wrote runs this command line, or a program that uses the package. */
export function runsVb365(cdktfJsonText: string): boolean {
  return /"app"\s*:\s*"(?:[^"\\]|\\.)*vb365/.test(cdktfJsonText);
}

/** `/cdktf.out` and `cdktf.out/` keep the same folder out. */
function bare(pattern: string): string {
  return pattern.replace(/^\/|\/$/g, '');
}
