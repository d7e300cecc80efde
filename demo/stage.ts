import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type EntraEmulator, startEntraEmulator } from '../emulators/entra';
import type { IssuedCertificate } from '../lib/certificates/issue';
import { writePfx } from '../lib/certificates/pfx/write';
import { findProvider } from './find-provider';
import { Processes } from './processes';
import { type SignInRequest, type SignInResult, signInResultsSchema } from './sign-in-protocol';

const PROJECT = resolve(__dirname, '..');
const TSX = require.resolve('tsx');
const COMMAND_LINE = join(PROJECT, 'cli/index.ts');
const CDKTF = join(PROJECT, 'node_modules/cdktf-cli/bundle/bin/cdktf');

/** Settings of whoever runs the demo that would change what it does; where Terraform finds providers stays theirs. */
const FOREIGN = /^(?:ARM_|CDKTF_|VB365_|TF_(?!CLI_CONFIG_FILE$|TOKEN_)|CI$|NODE_OPTIONS$|FORCE_COLOR$)/;

/** Paths of a PFX and of the file with its password. */
export type ExportedCertificate = Pick<SignInRequest, 'pfx' | 'passwordFile'>;

/** Where the demo takes place: a temporary folder, an emulator, and the programs that work there. */
export class Stage {
  /** The folder in which somebody would keep `vb365.yaml`. */
  readonly repository: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'vb365-demo-'));
  readonly #processes = new Processes();
  readonly #environment: NodeJS.ProcessEnv;
  #entra: EntraEmulator | undefined;

  constructor() {
    this.repository = this.#makeFolder('repository');
    // What any program puts aside lies in here too, and goes with it.
    process.env.TMPDIR = this.#makeFolder('t');
    const own = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
    this.#environment = {
      ...Object.fromEntries(own),
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      VB365_IDENTITY: join(this.#folder, 'identity.txt'),
    };
  }

  get isInterrupted(): boolean {
    return this.#processes.isStopped;
  }

  /** @throws ProviderMissing with the reason where Terraform or the provider cannot be had */
  async prepare(): Promise<void> {
    const options = { processes: this.#processes, folder: this.#folder, env: this.#environment };
    this.#environment.TF_CLI_CONFIG_FILE = await findProvider(options);
    const vb365 = [process.execPath, '--import', TSX, COMMAND_LINE].map((word) => JSON.stringify(word)).join(' ');
    const settings = { language: 'typescript', app: `${vb365} issue && ${vb365} synth`, sendCrashReports: 'false' };
    writeFileSync(join(this.repository, 'cdktf.json'), JSON.stringify(settings));
  }

  async startEntra(): Promise<EntraEmulator> {
    this.#entra = await startEntraEmulator();
    // Each stack's provider block names its tenant.
    const { ARM_TENANT_ID: _, ...variables } = this.#entra.environment('');
    Object.assign(this.#environment, variables);
    return this.#entra;
  }

  vb365(...args: readonly string[]): Promise<string> {
    return this.#node([COMMAND_LINE, ...args]);
  }

  /** Deploys stacks without asking, all at once. */
  async deploy(...stacks: readonly string[]): Promise<void> {
    const options = ['--auto-approve', '--parallelism', '4', '--disable-plugin-cache-env', '--skip-provider-lock'];
    await this.#run(process.execPath, [CDKTF, 'deploy', ...stacks, ...options], this.repository, {
      CI: 'true',
      CDKTF_HOME: join(this.#folder, 'cdktf'),
    });
  }

  /** Runs Terraform on a stack as it was synthesized. */
  terraform(stack: string, ...args: readonly string[]): Promise<string> {
    return this.#run('terraform', args, join(this.repository, 'cdktf.out', 'stacks', stack));
  }

  /** Exports a certificate of the keystore with its key. */
  async export(lineage: string, generation: string): Promise<ExportedCertificate> {
    const files = this.#newExport();
    const out = ['--out', files.pfx, '--generate-password', files.passwordFile];
    await this.vb365('export', lineage, '--generation', generation, ...out);
    return files;
  }

  /** Writes a certificate that no keystore has, as some other tool would. */
  write(issued: IssuedCertificate): ExportedCertificate {
    const files = this.#newExport();
    const password = randomBytes(24).toString('base64url');
    writeFileSync(files.passwordFile, password, { mode: 0o600 });
    const pfx = writePfx({ ...issued, password, friendlyName: 'VB365', encryption: 'modern' });
    writeFileSync(files.pfx, pfx, { mode: 0o600 });
    return files;
  }

  /** Signs in with each of them, in a process that trusts the emulator. */
  async signIn(
    requests: readonly (ExportedCertificate & { readonly tenantId: string; readonly clientId: string })[],
  ): Promise<SignInResult[]> {
    const url = this.#entra?.url ?? '';
    const input = requests.map(({ tenantId, ...request }) => ({ ...request, authority: `${url}/${tenantId}` }));
    const said = await this.#node([join(__dirname, 'sign-in.ts')], JSON.stringify(input));
    return signInResultsSchema.parse(JSON.parse(said));
  }

  /** Stops what runs; the step that waits for it fails. */
  interrupt(): void {
    this.#processes.stop();
  }

  /** Leaves nothing behind. */
  async close(): Promise<void> {
    this.#processes.stop();
    await this.#entra?.close();
    // Programs that were killed may still be writing for a moment.
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10 });
  }

  #node(args: readonly string[], input = ''): Promise<string> {
    return this.#run(process.execPath, ['--import', TSX, ...args], this.repository, {}, input);
  }

  #run(
    command: string,
    args: readonly string[],
    cwd: string,
    environment: Readonly<Record<string, string>> = {},
    input = '',
  ): Promise<string> {
    return this.#processes.run(command, args, { cwd, env: { ...this.#environment, ...environment }, input });
  }

  #newExport(): ExportedCertificate {
    const path = join(this.#folder, randomBytes(6).toString('hex'));
    return { pfx: `${path}.pfx`, passwordFile: `${path}.password` };
  }

  #makeFolder(name: string): string {
    const folder = join(this.#folder, name);
    mkdirSync(folder);
    return folder;
  }
}
