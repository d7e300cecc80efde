import type { Generation } from '../../lib/keystore/keystore';
import { generationRow } from './generation-row';
import { pathFrom } from '../../lib/words/printable';
import { printJson, printLine, printNote, printResult, type Terminal } from '../shell/terminal';

/** What a run was to do. */
export interface RenewalIntent {
  /** Names of the lineages. */
  readonly lineages: readonly string[];
  /** Whether a second run would renew those again that the first has renewed. */
  readonly onDemand: boolean;
  /** Absolute path. */
  readonly keystore: string;
}

/** What a run has done so far. */
export class RenewalAccount {
  readonly renewed: Generation[] = [];
  readonly retired: Generation[] = [];

  constructor(
    readonly terminal: Terminal,
    readonly json: boolean,
    readonly intent: RenewalIntent,
  ) {}

  /** The lineages that have no successor yet, in the order of the intent. */
  get left(): readonly string[] {
    const renewed = new Set(this.renewed.map(({ lineage }) => lineage));
    return this.intent.lineages.filter((lineage) => !renewed.has(lineage));
  }

  /** Whether the same command would not do the rest alone, so that the lineages that are left have to be named. */
  get isToBeNamed(): boolean {
    return this.intent.onDemand && this.renewed.length > 0 && this.left.length > 0;
  }

  /** Says what was done, and how to go on where that was not all. */
  say(): void {
    this.#sayDone();
    const { left, intent } = this;
    if (left.length === 0) return;
    const hasWritten = this.renewed.length + this.retired.length > 0;
    if (hasWritten && !this.json) {
      printResult(
        this.terminal,
        `Commit the folder ${pathFrom(this.terminal.cwd(), intent.keystore)} to Git, and deploy it.`,
      );
    }
    if (!this.isToBeNamed) return;
    const count = `${left.length} of ${intent.lineages.length} certificates ${left.length === 1 ? 'is' : 'are'}`;
    const again = 'the same command would renew all of them once more';
    printNote(this.terminal, `note: ${count} not renewed, for which you run "vb365 renew ${left.join(' ')}": ${again}`);
  }

  #sayDone(): void {
    const renewed = this.renewed.toSorted((one, other) => (one.lineage < other.lineage ? -1 : 1));
    if (this.json) {
      printJson(
        this.terminal,
        renewed.map((generation) => ({ ...generationRow(generation), retired: this.#retiredOf(generation.lineage) })),
      );
      return;
    }
    for (const { lineage, label } of this.retired) printLine(this.terminal, `retired ${lineage} ${label}`);
    for (const { lineage, label } of renewed) printLine(this.terminal, `renewed ${lineage} ${label}`);
  }

  #retiredOf(lineage: string): string[] {
    return this.retired.filter((generation) => generation.lineage === lineage).map(({ label }) => label);
  }
}
