import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type Directory, type DirectoryState, directoryStateSchema } from './directory/directory';

/** Milliseconds over which changes are gathered before they are written. */
const DELAY = 250;

/** The state of an emulator in a JSON file, so that the next one goes on where this one stopped. */
export class StateFile {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly path: string,
    readonly directory: Directory,
  ) {}

  /** Undefined where there is no file yet. */
  static read(path: string): DirectoryState | undefined {
    return existsSync(path) ? directoryStateSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
  }

  /** Soon, together with what changes until then. */
  saveSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.save();
    }, DELAY).unref();
  }

  /** At once, and whole: a reader never sees half a file. */
  save(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const temporary = `${this.path}.${process.pid}.tmp`;
    writeFileSync(temporary, `${JSON.stringify(this.directory.toState(), undefined, 2)}\n`, { mode: 0o600 });
    renameSync(temporary, this.path);
  }
}
