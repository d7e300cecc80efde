import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Keystore } from '../../lib/keystore/keystore';
import { configurationOf, ended, importedOrganization, type Outcome, Workplace } from '../support/cli';
import { testKey } from '../support/openssl';
import { selfSigned } from '../support/self-signed';

const DAY = 86_400_000;
export const CONTOSO = 'contoso/entra-application';
export const NORTHWIND = 'northwind/entra-application';
/** Milliseconds after which a command counts as hanging. */
const LIMIT = 180_000;

/** How a command ended; `code` is null where it was killed. */
export interface Ended extends Omit<Outcome, 'code'> {
  readonly args: readonly string[];
  readonly code: number | null;
  readonly hangs: boolean;
}

export interface RunOptions {
  /** What the command is started by. @default nothing */
  readonly wrapper?: readonly string[];
  /** Called once it runs, and may end it. */
  readonly meanwhile?: (kill: () => void) => Promise<void>;
}

/** A configuration with a keystore in a Git repository, in which every command finds something to do. */
export class Victim {
  #made = 0;

  private constructor(readonly workplace: Workplace) {}

  /**
   * One lineage is missing, one is due, one has a superseded certificate that has served its time, and one waits for the
   * answer to its request.
   */
  static async create(): Promise<Victim> {
    const workplace = new Workplace(configured('contoso'));
    const ago = (days: number): string => new Date(Date.now() - days * DAY).toISOString();
    await expectDone(workplace, ['issue', '--at', ago(340)]);
    await expectDone(workplace, ['renew', CONTOSO, '--at', ago(30)]);
    workplace.write('vb365.yaml', configured('contoso', 'adatum') + importedOrganization('northwind'));
    await expectDone(workplace, ['request', NORTHWIND]);
    const victim = new Victim(workplace);
    victim.#writeCertificate('../own.pem', new Date(Date.now() - DAY));
    victim.git('init', '--quiet');
    victim.git('config', 'user.name', 'contoso');
    victim.git('config', 'user.email', 'contoso@example.com');
    victim.git('add', '--all');
    victim.git('commit', '--quiet', '--message', 'all');
    return victim;
  }

  get keystore(): Keystore {
    return new Keystore(this.workplace.path('keystore'));
  }

  /** @returns path of one that no lineage has, which somebody else has made */
  newCertificate(): string {
    this.#made += 1;
    return this.#writeCertificate(`../made-${this.#made}.pem`, new Date(Date.now() - DAY - this.#made * 1_000));
  }

  #writeCertificate(file: string, notBefore: Date): string {
    const key = testKey('rsa-2048').export({ type: 'pkcs8', format: 'pem' }).toString();
    this.workplace.write(file, `${selfSigned({ notBefore }).pem}\n${key}`);
    return file;
  }

  /** Everything that writes, with something to do. */
  get commands(): readonly (readonly string[])[] {
    return [
      ['issue'],
      ['renew'],
      ['renew', CONTOSO],
      ['renew', '--all'],
      ['retire'],
      ['retire', '--confirmed', CONTOSO],
      ['reseal'],
      ['request', NORTHWIND, '--renew-key', '--force'],
      ['request', NORTHWIND, '--cancel'],
      ['import', NORTHWIND, '../own.pem'],
      ['import', CONTOSO, '../own.pem'],
    ];
  }

  copy(): Victim {
    return new Victim(this.workplace.copy());
  }

  dispose(): void {
    rmSync(dirname(this.workplace.folder), { recursive: true, force: true });
  }

  git(...args: readonly string[]): void {
    execFileSync('git', args, { cwd: this.workplace.folder, stdio: 'pipe' });
  }

  /** Path of something in the keystore. */
  path(...names: readonly string[]): string {
    return join(this.workplace.path('keystore'), ...names);
  }

  /** Runs a command in this process, which is faster. */
  async runHere(args: readonly string[]): Promise<Ended> {
    return { args, ...(await this.workplace.run(args)), hangs: false };
  }

  /** Runs a command in a process of its own, until the limit. */
  async run(args: readonly string[], { wrapper, meanwhile }: RunOptions = {}): Promise<Ended> {
    const child = this.workplace.spawn(args, {}, wrapper);
    const chunks: Record<'stdout' | 'stderr', string> = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.on('data', (chunk: Buffer) => (chunks[name] += chunk.toString()));
    }
    let hangs = false;
    const kill = (): void => {
      child.kill('SIGKILL');
    };
    const timer = setTimeout(() => {
      hangs = true;
      kill();
    }, LIMIT);
    const end = ended(child);
    await meanwhile?.(kill);
    const code = await end;
    clearTimeout(timer);
    return { args, code, ...chunks, hangs };
  }
}

/** With one lineage of the installation. */
function configured(...organizations: readonly string[]): string {
  return configurationOf(...organizations).replace('restoreOperators: true', 'restoreOperators: false');
}

async function expectDone(workplace: Workplace, args: readonly string[]): Promise<void> {
  const { code, stderr } = await workplace.run(args);
  if (code !== 0) throw new Error(`vb365 ${args.join(' ')} ended with ${code}: ${stderr}`);
}
