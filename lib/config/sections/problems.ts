import type { ErrorCode } from '../../error-codes';
import type { Finding } from '../../findings';
import type { SourceFile } from '../yaml/source-file';
import { type KeyPath, lineAndColumn, YamlPlaces } from '../yaml/yaml-places';

/** Something wrong at a key of a file, before its line is known. */
export interface Problem {
  readonly id: ErrorCode;
  readonly message: string;
  readonly cure: string;
}

interface PlacedProblem extends Problem {
  readonly source: SourceFile;
  readonly path: KeyPath;
  readonly place: 'key' | 'value' | 'file' | { readonly offset: number };
}

/** Collects whatever is wrong in the files of a configuration, and finds the lines at the end. */
export class Problems {
  readonly #problems: PlacedProblem[] = [];

  get isEmpty(): boolean {
    return this.#problems.length === 0;
  }

  add(source: SourceFile, path: KeyPath, place: PlacedProblem['place'], problem: Problem): void {
    this.#problems.push({ ...problem, source, path, place });
  }

  /** In the order of the files, and of the places in each. */
  findings(files: readonly SourceFile[]): Finding[] {
    return files.flatMap((source) => {
      const problems = this.#problems.filter((problem) => problem.source === source);
      if (problems.length === 0) return [];
      const needsPlaces = problems.some(({ place }) => place === 'key' || place === 'value');
      const places = needsPlaces ? new YamlPlaces(source.text) : undefined;
      return problems
        .map((problem) => ({ problem, offset: offsetOf(problem, places) }))
        .sort((a, b) => (a.offset ?? -1) - (b.offset ?? -1))
        .map(({ problem, offset }) => toFinding(problem, offset));
    });
  }
}

/** A path as a person writes it: `organizations[1].services[0]`. */
export function formatPath(path: KeyPath): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${step}`))
    .join('');
}

function offsetOf({ place, path }: PlacedProblem, places: YamlPlaces | undefined): number | undefined {
  if (typeof place === 'object') return place.offset;
  return place === 'file' ? undefined : places?.offsetOf(path, place);
}

function toFinding({ id, message, cure, source, path }: PlacedProblem, offset: number | undefined): Finding {
  const position = offset === undefined ? {} : lineAndColumn(source.text, offset);
  // The place names the file already.
  const subject = path.length === 0 ? 'the file' : formatPath(path);
  return { id, severity: 'error', subject, message, cure, place: { file: source.name, ...position } };
}
