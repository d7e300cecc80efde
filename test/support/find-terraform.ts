import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bindings from '@cdktf/provider-azuread/package.json';

/** Set for the test workers: why the end-to-end tests cannot run; empty where they can. */
export const REASON_VARIABLE = 'VB365_TEST_NO_TERRAFORM';

/** What the stacks ask for: the version that the bindings were made from. */
const PROBE = `terraform {
  required_version = ">= 1.7"
  required_providers {
    azuread = { source = "hashicorp/azuread", version = "${bindings.cdktf.provider.version}" }
  }
}
`;

/**
 * Asks the real `terraform init` once whether it finds the provider, in the registry or in the mirror that its own
 * configuration names. From then on the provider comes from what was found: Terraform's cache does not bear several
 * `init` at once, a mirror does.
 */
export default function findTerraform(): void {
  const folder = mkdtempSync(join(tmpdir(), 'vb365-terraform-'));
  process.on('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const probe = join(folder, 'probe');
  const found = join(folder, 'found');
  const configuration = join(folder, 'terraform.rc');
  process.env[REASON_VARIABLE] = '';
  try {
    mkdirSync(probe);
    mkdirSync(found);
    writeFileSync(join(probe, 'main.tf'), PROBE);
    execFileSync('terraform', ['init', '-input=false', '-no-color'], {
      cwd: probe,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 120_000,
      env: { ...process.env, CHECKPOINT_DISABLE: '1', TF_PLUGIN_CACHE_DIR: found },
    });
    writeFileSync(
      configuration,
      `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(found)}\n  }\n}\n`,
    );
    process.env.TF_CLI_CONFIG_FILE = configuration;
  } catch (error) {
    process.env[REASON_VARIABLE] = reasonOf(error);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
    return 'there is no terraform on this machine';
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  const [line = 'it failed'] = said.split('\n').filter((text) => text.startsWith('Error: '));
  return `terraform init does not find hashicorp/azuread: ${line.replace('Error: ', '')}`;
}
