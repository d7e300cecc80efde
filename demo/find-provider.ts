import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import bindings from '@cdktf/provider-azuread/package.json';
import type { Processes } from './processes';

const { version } = bindings.cdktf.provider;

/** Terraform or the provider cannot be had on this machine. */
export class ProviderMissing extends Error {}

const PROBE = `terraform {
  required_version = ">= 1.7"
  required_providers {
    azuread = { source = "hashicorp/azuread", version = "${version}" }
  }
}
`;

export interface FindProviderOptions {
  readonly processes: Processes;
  /** An existing folder, where probe, provider and settings are written to. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Asks Terraform once for the provider, in the registry or wherever its own settings say. The stacks are deployed at the
 * same time and take it from what was found: Terraform's cache does not bear several `init` at once, a mirror does.
 *
 * @returns path of the settings (`TF_CLI_CONFIG_FILE`) that name the mirror
 * @throws ProviderMissing with the reason
 */
export async function findProvider({ processes, folder, env }: FindProviderOptions): Promise<string> {
  const [probe, mirror, settings] = [join(folder, 'probe'), join(folder, 'mirror'), join(folder, 'terraform.rc')];
  mkdirSync(probe);
  mkdirSync(mirror);
  writeFileSync(join(probe, 'main.tf'), PROBE);
  try {
    await processes.run('terraform', ['init', '-input=false', '-no-color'], {
      cwd: probe,
      env: { ...env, TF_PLUGIN_CACHE_DIR: mirror },
    });
  } catch (error) {
    throw processes.isStopped ? error : new ProviderMissing(reasonOf(error), { cause: error });
  }
  writeFileSync(
    settings,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
  );
  return settings;
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'there is no terraform in your PATH';
  const said = error instanceof Error ? error.message : String(error);
  // Terraform breaks its lines at 80 columns and draws a frame around them.
  const [, explained] = /^(?:│ )?Error: ([\s\S]+)/m.exec(said) ?? [];
  const words = (explained ?? said).replace(/[│╷╵]/g, ' ').replace(/\s+/g, ' ');
  // What follows is about modules, of which the demo has none.
  const sentence = words.replace(/ To see which modules .*/, '').trim();
  return `"terraform init" does not get hashicorp/azuread ${version}: ${sentence}`;
}
