import { basename } from 'node:path';

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
