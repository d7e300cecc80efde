import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  type Application,
  type EntraEmulator,
  type EntraEmulatorOptions,
  startEntraEmulator,
} from '../../emulators/entra';
import { readConfiguration } from '../../lib/config/read-configuration';
import { lineagesOf } from '../../lib/config/lineages';
import { Keystore } from '../../lib/keystore/keystore';
import { readRecipients } from '../../lib/keystore/sealing/recipients';
import { Sealer } from '../../lib/keystore/sealing/sealing';
import { issueAll } from '../../lib/lifecycle/issue/issue-missing';
import { Workplace } from '../support/cli';
import { COMPILED } from '../support/compile';

const execute = promisify(execFile);
const root = join(__dirname, '..', '..');

/** Counts of a plan: what the last line of a text plan says. */
export interface Counts {
  readonly imported: number;
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
}

export interface Plan {
  readonly counts: Counts;
  /** Addresses of resources that change, with what happens to them: `create azuread_application_certificate.x`. */
  readonly changes: readonly string[];
}

/** What `vb365` and Terraform make of a configuration in a tenant of the emulator. */
export class Deployment {
  /** Issues what is missing; nothing is applied yet. */
  static async start(configuration: string, options: EntraEmulatorOptions = {}): Promise<Deployment> {
    const emulator = await startEntraEmulator(options);
    const deployment = new Deployment(emulator, new Workplace(configuration));
    await deployment.vb365('issue');
    return deployment;
  }

  private constructor(
    readonly entra: EntraEmulator,
    readonly workplace: Workplace,
  ) {}

  close(): Promise<void> {
    return this.entra.close();
  }

  /** Runs a command, which has to end with 0. */
  async vb365(...args: readonly string[]): Promise<string> {
    const { code, stderr, stdout } = await this.workplace.run(args);
    if (code !== 0) throw new Error(`vb365 ${args.join(' ')} ended with ${code}: ${stderr}`);
    return stdout;
  }

  /** The next generation of a lineage. */
  async issueSuccessor(lineage: string): Promise<void> {
    const configuration = readConfiguration(join(this.workplace.folder, 'vb365.yaml'));
    const declaration = lineagesOf(configuration).filter(({ name }) => name === lineage);
    const keystore = new Keystore(configuration.keystore);
    const sealer = await Sealer.create(await readRecipients(keystore.recipientsFile));
    await issueAll(declaration, { keystore, sealer, at: new Date(), concurrency: 1 });
  }

  removeGeneration(lineage: string, number: number): void {
    new Keystore(join(this.workplace.folder, 'keystore')).remove(lineage, number);
  }

  /** As `cdktf` does it: through main.ts. */
  async synthesize(): Promise<void> {
    const { folder } = this.workplace;
    await execute(process.execPath, [join(COMPILED, 'main.js')], {
      cwd: root,
      env: { ...process.env, VB365_CONFIG: join(folder, 'vb365.yaml'), CDKTF_OUTDIR: join(folder, 'cdktf.out') },
    });
  }

  /** Synthesizes, then applies one stack as it is. */
  async apply(stack: string, environment: Readonly<Record<string, string>> = {}): Promise<Counts> {
    await this.synthesize();
    return this.applySynthesized(stack, environment);
  }

  async applySynthesized(stack: string, environment: Readonly<Record<string, string>> = {}): Promise<Counts> {
    await this.#initialize(stack);
    const said = await this.#terraform(stack, ['apply', '-auto-approve', '-input=false'], environment);
    return countsOf(said, 'Apply complete! Resources: ');
  }

  /** Synthesizes, then plans one stack. */
  async plan(stack: string): Promise<Plan> {
    await this.synthesize();
    return this.planSynthesized(stack);
  }

  async planSynthesized(stack: string, environment: Readonly<Record<string, string>> = {}): Promise<Plan> {
    const { json, said } = await this.#planAndShow(stack, [], environment);
    return {
      counts: said.includes('No changes.') ? NOTHING : countsOf(said, 'Plan: '),
      changes: changesOf(JSON.parse(json)),
    };
  }

  /** Synthesizes, and gives what `terraform show -json` says of a plan; `args` go to `terraform plan`: `-destroy`. */
  async planJson(stack: string, args: readonly string[] = []): Promise<string> {
    await this.synthesize();
    return this.planJsonSynthesized(stack, args);
  }

  async planJsonSynthesized(stack: string, args: readonly string[] = []): Promise<string> {
    const { json } = await this.#planAndShow(stack, args);
    return json;
  }

  /** Applications that are registered in a tenant, without those of Microsoft. */
  applications(tenantId: string): readonly Application[] {
    return this.entra.directory.tenant(tenantId).applications.all();
  }

  /** Signs in with a certificate of the keystore. */
  async signIn(lineage: string, clientId: string, tenantId: string, generation?: string): Promise<SignIn> {
    return this.signInWith(await this.exported(lineage, generation), clientId, tenantId);
  }

  /** Signs in with Microsoft's own library, in a process that trusts the emulator. */
  async signInWith({ password, pfx }: Exported, clientId: string, tenantId: string): Promise<SignIn> {
    const authority = `${this.entra.url}/${tenantId}`;
    const { stdout } = await execute(
      process.execPath,
      [join(COMPILED, 'test', 'e2e', 'sign-in.js'), authority, clientId, pfx, password],
      { cwd: root, env: { ...process.env, NODE_EXTRA_CA_CERTS: this.entra.caFile } },
    );
    return JSON.parse(stdout) as SignIn;
  }

  /** Exports a certificate with its key; the current one unless told otherwise. */
  async exported(lineage: string, generation?: string): Promise<Exported> {
    const name = join(this.workplace.folder, randomBytes(6).toString('hex'));
    const files = { pfx: `${name}.pfx`, password: `${name}.password` };
    const older = generation === undefined ? [] : ['--generation', generation];
    await this.vb365('export', lineage, '--out', files.pfx, '--generate-password', files.password, ...older);
    return files;
  }

  /** Runs Terraform in the folder of a stack, with the variables that lead to the emulator. */
  terraform(stack: string, args: readonly string[]): Promise<string> {
    return this.#terraform(stack, args);
  }

  /** Once a stack: its provider and its backend stay the same. */
  async #initialize(stack: string): Promise<void> {
    const folder = join(this.workplace.folder, 'cdktf.out', 'stacks', stack, '.terraform');
    if (!existsSync(folder)) await this.#terraform(stack, ['init', '-input=false']);
  }

  async #planAndShow(
    stack: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly said: string; readonly json: string }> {
    await this.#initialize(stack);
    const said = await this.#terraform(stack, ['plan', '-input=false', '-out=plan', ...args], environment);
    return { said, json: await this.#terraform(stack, ['show', '-json', 'plan']) };
  }

  async #terraform(
    stack: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    // The tenant stands in the provider block.
    const { ARM_TENANT_ID: _, ...variables } = this.entra.environment('');
    const { stdout } = await execute(
      'terraform',
      [...args, ...(WITHOUT_COLOUR.has(args[0] ?? '') ? [] : ['-no-color'])],
      {
        cwd: join(this.workplace.folder, 'cdktf.out', 'stacks', stack),
        env: { ...process.env, ...variables, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', ...environment },
        maxBuffer: 100_000_000,
      },
    );
    return stdout;
  }
}

/** Paths of a PFX and of the file with its password. */
export interface Exported {
  readonly pfx: string;
  readonly password: string;
}

/** How a sign-in ended. */
export interface SignIn {
  readonly signedIn: boolean;
  /** `AADSTS700027: …` where it did not. */
  readonly error?: string;
}

/** They print none, and do not take the option. */
const WITHOUT_COLOUR: ReadonlySet<string> = new Set(['show', 'state']);

const NOTHING: Counts = { imported: 0, added: 0, changed: 0, destroyed: 0 };

function countsOf(said: string, start: string): Counts {
  const line = said.split('\n').find((text) => text.startsWith(start)) ?? '';
  const count = (word: RegExp): number => Number(word.exec(line)?.[1] ?? 0);
  return {
    imported: count(/(\d+) (?:to import|imported)/),
    added: count(/(\d+) (?:to add|added)/),
    changed: count(/(\d+) (?:to change|changed)/),
    destroyed: count(/(\d+) (?:to destroy|destroyed)/),
  };
}

interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly mode: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

function changesOf(json: unknown): string[] {
  const { resource_changes: changes = [] } = json as PlanJson;
  return changes
    .filter(({ change, mode }) => mode === 'managed' && !change.actions.includes('no-op'))
    .map(({ address, change }) => `${change.actions.join('+')} ${address}`);
}
