import type { Generation } from '../lib/keystore/keystore';
import { generationRow } from './generation-row';
import { printJson, printLine, type Terminal } from './terminal';

/** What a run has done so far. */
export class RenewalAccount {
  readonly renewed: Generation[] = [];
  readonly retired: Generation[] = [];

  constructor(
    readonly terminal: Terminal,
    readonly json: boolean,
  ) {}

  say(): void {
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
