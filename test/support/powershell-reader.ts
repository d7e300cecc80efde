import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

/** A script as PowerShell's own parser sees it. */
export interface ReadScript {
  /** What is no PowerShell: line and sentence. */
  readonly faults: readonly string[];
  readonly commands: readonly ReadCommand[];
  /** Names of its own functions. */
  readonly functions: readonly string[];
  /** Values of its verbatim strings. */
  readonly verbatim: readonly string[];
  /** Texts of what is done at the end, whatever happens. */
  readonly finally: readonly string[];
}

interface ReadCommand {
  /** Null where an expression is called: `& $script`. */
  readonly name: string | null;
  /** Without the hyphen, and with the keys of what is splatted; `@name` where the script does not show them. */
  readonly parameters: readonly string[];
  /** What the cmdlet takes; null where PowerShell itself has none of this name. */
  readonly known: readonly string[] | null;
  /** Text of the pipeline that it stands in. */
  readonly pipeline: string;
}

const PROGRAM = process.platform === 'win32' ? 'pwsh.exe' : 'pwsh';
/** The path, and where `dotnet tool install --global PowerShell` puts it. */
const FOLDERS = [...(process.env.PATH ?? '').split(delimiter), join(homedir(), '.dotnet', 'tools')];
const pwsh =
  process.env.VB365_TEST_PWSH ?? FOLDERS.map((folder) => join(folder, PROGRAM)).find((path) => existsSync(path));

/**
 * `describe`, or where there is no PowerShell its tests skipped, with the reason in their name. All its scripts are read by
 * one process, which starts with the first.
 */
export function describeWithPowershell(
  name: string,
  tests: (read: (script: string) => Promise<ReadScript>) => void,
): void {
  const suite = (): void => {
    const reader = new PowershellReader();
    afterAll(() => {
      reader.stop();
    });
    tests((script) => reader.read(script));
  };
  if (pwsh === undefined) describe.skip(`${name} (skipped: pwsh is not installed)`, suite);
  else describe(name, suite);
}

class PowershellReader {
  #started: ReturnType<typeof start> | undefined;

  async read(script: string): Promise<ReadScript> {
    this.#started ??= start();
    const { process, answers } = this.#started;
    process.stdin.write(`${Buffer.from(script).toString('base64')}\n`);
    const { value, done } = await answers.next();
    if (done === true) throw new Error('pwsh has ended; what it said is above');
    const read: ReadScript = JSON.parse(value);
    return read;
  }

  stop(): void {
    this.#started?.process.stdin.end();
  }
}

function start() {
  const args = ['-NoLogo', '-NoProfile', '-NonInteractive', '-File', join(__dirname, 'powershell-reader.ps1')];
  const env = { ...process.env, POWERSHELL_TELEMETRY_OPTOUT: '1', POWERSHELL_UPDATECHECK: 'Off' };
  const started = spawn(pwsh ?? PROGRAM, args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
  // That it has ended shows in the answers.
  started.stdin.on('error', () => undefined);
  return { process: started, answers: createInterface({ input: started.stdout })[Symbol.asyncIterator]() };
}
