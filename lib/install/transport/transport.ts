import type { ProcessOutput } from '../../system/process';

/** How PowerShell of a VB365 server is reached. */
export interface Transport {
  /** For people: `vb365.example.com over SSH`, `this machine`. */
  readonly place: string;
  /**
   * Runs the bootstrap script there.
   *
   * @param input its standard input
   * @param secrets texts of it that must not come out again
   * @throws Vb365Error where the server or PowerShell could not be reached, or did not answer in time
   */
  run(input: string, secrets: readonly string[]): Promise<ProcessOutput>;
}

/** Milliseconds that an installation may take: the product restarts services and signs in to Entra meanwhile. */
export const DEFAULT_TIMEOUT = 600_000;
