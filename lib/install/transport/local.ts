import { Vb365Error } from '../../errors';
import { powershellArguments } from '../powershell/bootstrap';
import type { ProcessOutput } from '../../system/process';
import { DEFAULT_TIMEOUT, type Transport } from './transport';
import { runProcess } from '../../system/process';

export interface LocalTransportOptions {
  /** @default 'pwsh' */
  readonly program?: string;
  /** Milliseconds. @default ten minutes */
  readonly timeout?: number;
  /** Environment of PowerShell. @default that of this process, without our own variables */
  readonly env?: NodeJS.ProcessEnv;
}

/** PowerShell on this machine, as the account that runs this. */
export class LocalTransport implements Transport {
  readonly place = 'this machine';

  constructor(readonly options: LocalTransportOptions = {}) {}

  /** @throws Vb365Error `powershell-missing`, `install-timed-out` */
  async run(input: string, secrets: readonly string[]): Promise<ProcessOutput> {
    const { program = 'pwsh', timeout = DEFAULT_TIMEOUT, env } = this.options;
    const output = await runProcess({
      program,
      args: powershellArguments(),
      input,
      secrets,
      timeout,
      name: 'PowerShell on this machine',
      ...(env !== undefined && { env }),
    });
    if (output !== undefined) return output;
    throw new Vb365Error('powershell-missing', {
      message: `there is no program ${program} on this machine`,
      cure: 'run this on the VB365 server with PowerShell 7.4.2 or newer, or give --via ssh or --via bundle',
    });
  }
}
