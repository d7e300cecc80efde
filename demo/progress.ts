import colours from 'picocolors';

/** Lines that a step has to show; they come out under its title when it is done. */
export type Say = (...lines: readonly string[]) => void;

const INDENTATION = '      ';
const WIDTH = 100;

/** Prints what the demo does, step by step: the title at once, what took place and how long it took afterwards. */
export class Progress {
  #number = 0;

  constructor(
    readonly output: NodeJS.WritableStream,
    readonly count: number,
  ) {}

  /** @throws what `work` throws, after the step is marked as failed */
  async step<T>(title: string, work: (say: Say) => Promise<T> | T): Promise<T> {
    const started = performance.now();
    const lines: string[] = [];
    this.#number += 1;
    this.output.write(`\n${colours.bold(`[${this.#number}/${this.count}] ${title}`)} …  `);
    try {
      const result = await work((...more) => lines.push(...more));
      this.output.write(`${colours.green(`${((performance.now() - started) / 1000).toFixed(1)} s`)}\n`);
      return result;
    } catch (error) {
      this.output.write(`${colours.red('failed')}\n`);
      throw error;
    } finally {
      this.say(...lines);
    }
  }

  /** A line at the left edge, with an empty one before it. */
  heading(line: string): void {
    this.output.write(`\n${colours.bold(line)}\n`);
  }

  say(...lines: readonly string[]): void {
    for (const line of lines) this.output.write(`${wrap(line)}\n`);
  }
}

/** A command as somebody would type it. */
export function command(line: string): string {
  return colours.cyan(`$ ${line}`);
}

/** A long line continues under its own first word. */
function wrap(line: string): string {
  const indentation = INDENTATION + (/^ */.exec(line)?.[0] ?? '');
  const lines = [''];
  for (const word of line.trimStart().split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && indentation.length + last.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.map((text) => indentation + text).join('\n');
}
