import { setTimeout as wait } from 'node:timers/promises';
import type { EntraClient } from './entra-sign-in';
import { credentialsOf, type Organization } from './organizations';

/** A sign-in that Entra refused. */
export interface BackupFailure {
  readonly at: Date;
  readonly applicationId: string;
  /** SHA-1 of the certificate; undefined where none was installed. */
  readonly thumbprint: string | undefined;
  /** What Entra said. */
  readonly message: string;
}

export interface BackupJobOptions {
  /** Between two rounds, each of which signs in with everything that the product uses. */
  readonly everyMilliseconds: number;
}

/** Signs in again and again with what the product uses at that moment, as backups do, and counts. */
export class BackupJob {
  readonly failures: BackupFailure[] = [];
  /** SHA-1 of every certificate with which a sign-in succeeded, in the order of first use. */
  readonly thumbprints = new Set<string>();
  #successes = 0;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;

  constructor(
    organization: () => Organization,
    entra: EntraClient,
    options: BackupJobOptions,
    readonly now: () => Date,
  ) {
    this.#running = this.#run(organization, entra, options.everyMilliseconds);
  }

  get successes(): number {
    return this.#successes;
  }

  /** Ends after the round that is under way. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(organization: () => Organization, entra: EntraClient, everyMilliseconds: number): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#round(organization(), entra);
      // An end of waiting before its time is the end of the job.
      await wait(everyMilliseconds, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
  }

  async #round(organization: Organization, entra: EntraClient): Promise<void> {
    for (const { applicationId, certificate } of credentialsOf(organization)) {
      const thumbprint = certificate?.certificate.thumbprint;
      const message =
        certificate === undefined
          ? 'no certificate is installed'
          : await entra.refusalOf({ tenantId: organization.msid, applicationId, certificate }).catch(String);
      if (message !== undefined) this.failures.push({ at: this.now(), applicationId, thumbprint, message });
      else {
        this.#successes += 1;
        if (thumbprint !== undefined) this.thumbprints.add(thumbprint);
      }
    }
  }
}
