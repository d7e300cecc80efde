import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Vb365Error } from '../errors';
import { fileError } from '../system/durable-files';
import { groupBy, shortList } from '../words/lists';
import { pathFrom } from '../words/printable';
import { counted } from '../words/counted';

/** A plan to be reviewed, or the standard input. */
export interface PlanSource {
  /** As people are told of it: a path as seen from the working folder, or `standard input`. */
  readonly name: string;
  /** Absolute path; undefined for standard input. */
  readonly file: string | undefined;
  /** Name of the stack where the plan does not tell it. */
  readonly stack: string;
}

const STANDARD_INPUT = 'standard input';

/** More is no folder of plans. */
const MOST_FOLDERS = 20_000;

/** What Terraform, CDKTF and pipelines call plans: binary, and as JSON; each with the name of the stack where it holds one. */
const BINARY = /^(?:plan|tfplan|plan\.out|plan\.tfplan|(.+)\.tfplan)$/;
const JSON_FILE = /^(?:plan\.json|tfplan\.json|(.+?)\.(?:plan|tfplan)\.json)$/;

/** Names by which people may have meant a plan: `contoso-plan.json`, `plan.bin`. */
const LIKE_A_PLAN = /plan(?:[^.]*|.*\.(?:bin|json|out|plan|tfplan|zip))$/i;

/** More names than a person reads. */
const MOST_NAMES = 5;

/** What was found where a person looked, and what could not be looked at. */
export interface FoundPlans {
  /** Each file once, even where it was named twice or by a symbolic link. */
  readonly sources: readonly PlanSource[];
  /** `plan-missing`, `plan-unreadable`, `plan-ambiguous`, by the name that was given or the folder. */
  readonly failures: readonly PlanFailure[];
  /** What was not looked at, although somebody may have meant it. */
  readonly notes: readonly string[];
}

/** A name, or a folder below it, that gives no plan. */
export interface PlanFailure {
  /** As it was given; a folder as seen from the working folder. */
  readonly name: string;
  /** `plan-missing`, `plan-unreadable` or `plan-ambiguous`. */
  readonly error: Vb365Error;
}

/** What a search through folders gathers. */
interface Search {
  readonly sources: (PlanSource & { readonly file: string })[];
  readonly failures: PlanFailure[];
  /** Absolute paths of files whose names are not quite those of plans. */
  readonly unnamed: string[];
  /** Absolute paths of symbolic links to folders. */
  readonly links: string[];
}

/**
 * The plans that a person names, each once: files as they are, and those that lie in folders; `-` is standard input.
 *
 * @param cwd absolute path of the folder that names are relative to, and as seen from which people are told of files
 */
export function findPlanSources(cwd: string, names: readonly string[]): FoundPlans {
  const sources = new Map<string, PlanSource>();
  const failures: PlanFailure[] = [];
  const notes = new Set<string>();
  for (const name of new Set(names)) {
    try {
      const found = name === '-' ? only(standardInput()) : findAt(cwd, resolve(cwd, name));
      for (const source of found.sources) {
        const identity = identityOf(source);
        if (!sources.has(identity)) sources.set(identity, source);
      }
      failures.push(...found.failures);
      for (const note of found.notes) notes.add(note);
    } catch (error) {
      if (!(error instanceof Vb365Error)) throw error;
      failures.push({ name, error });
    }
  }
  return { sources: [...sources.values()], failures, notes: [...notes] };
}

function only(source: PlanSource): FoundPlans {
  return { sources: [source], failures: [], notes: [] };
}

/** A pipe, such as that of `<(terraform show -json plan)`, has no real path; nor has a link that leads nowhere. */
function identityOf({ file }: PlanSource): string {
  if (file === undefined) return STANDARD_INPUT;
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

function standardInput(): PlanSource {
  return { name: STANDARD_INPUT, file: undefined, stack: STANDARD_INPUT };
}

function findAt(cwd: string, path: string): FoundPlans {
  const name = pathFrom(cwd, path);
  const status = withReadErrors(path, () => statSync(path, { throwIfNoEntry: false }));
  if (status === undefined) throw missing(name, `there is no ${name}`);
  if (!status.isDirectory()) return only({ name, file: path, stack: stackOf(path) });
  const { failures, links, sources, unnamed } = searchFolders(path, (file) => pathFrom(cwd, file));
  const notes = [
    ...notLookedAt(unnamed, 'file', 'is not named as plans are'),
    ...notLookedAt(links, 'folder', 'is a symbolic link'),
  ];
  if (sources.length + failures.length === 0) {
    const [note] = notes;
    throw missing(name, `the folder ${name} holds no plan${note === undefined ? '' : `; ${note}`}`);
  }
  return { failures, notes, sources };
}

function notLookedAt(paths: readonly string[], noun: string, why: string): string[] {
  if (paths.length === 0) return [];
  const verb = paths.length === 1 ? 'was' : 'were';
  const reason = paths.length === 1 ? why : why.replace(/^is /, 'are ').replace(' a symbolic link', ' symbolic links');
  return [`${counted(paths.length, noun)} ${verb} not looked at, which ${reason}: ${shortList(paths, MOST_NAMES)}`];
}

/** The folder and those below it, without hidden ones (`.terraform`) and those that symbolic links lead to. */
function searchFolders(top: string, nameOf: (path: string) => string): Search {
  const search: Search = { sources: [], failures: [], unnamed: [], links: [] };
  const folders = [top];
  // The list grows while it is walked through: folders that are near come first.
  for (const folder of folders) {
    if (folders.length > MOST_FOLDERS) throw tooMany(top);
    const entries = withReadErrors(folder, () => readdirSync(folder, { withFileTypes: true }));
    const names = entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
    addPlansOf(folder, names.sort(), search, nameOf);
    const links = entries.filter((entry) => entry.isSymbolicLink() && !isPlanName(entry.name));
    search.links.push(
      ...links
        .map((entry) => join(folder, entry.name))
        .filter(isFolder)
        .map(nameOf),
    );
    const below = entries.filter((entry) => entry.isDirectory() && !/^\.|^node_modules$/.test(entry.name));
    folders.push(...below.map((entry) => join(folder, entry.name)).sort());
  }
  return search;
}

function isPlanName(name: string): boolean {
  return BINARY.test(name) || JSON_FILE.test(name);
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // A link that leads nowhere, or in a circle.
    return false;
  }
}

/** One of each stack: the binary plan before its JSON, for that is what will be applied. Of two, nobody can tell. */
function addPlansOf(folder: string, names: readonly string[], search: Search, nameOf: (path: string) => string): void {
  const byStack = groupBy(names.filter(isPlanName), (name) => (BINARY.exec(name) ?? JSON_FILE.exec(name))?.[1] ?? '');
  for (const own of byStack.values()) {
    const sources = own.map((name) => {
      const file = join(folder, name);
      return { name: nameOf(file), file, stack: stackOf(file) };
    });
    const binary = sources.filter(({ file }) => BINARY.test(basename(file)));
    const candidates = binary.length > 0 ? binary : sources;
    // A link that leads nowhere is no plan beside another one; alone, it is told.
    const present = candidates.filter(({ file }) => existsSync(file));
    const [first = candidates[0]] = present;
    if (first === undefined) continue;
    if (new Set(present.map(identityOf)).size < 2) search.sources.push(first);
    else search.failures.push({ name: nameOf(folder), error: ambiguous(nameOf(folder), present) });
  }
  const unnamed = names.filter((name) => !isPlanName(name) && LIKE_A_PLAN.test(name));
  search.unnamed.push(
    ...unnamed
      .map((name) => join(folder, name))
      .filter((path) => !isFolder(path))
      .map(nameOf),
  );
}

function ambiguous(folder: string, candidates: readonly PlanSource[]): Vb365Error {
  const names = candidates.map(({ file = '' }) => basename(file)).join(', ');
  return new Vb365Error('plan-ambiguous', {
    subject: folder,
    message: `${folder} holds several plans of one stack, and which one will be applied cannot be told: ${names}`,
    cure: 'name the one that will be applied, or remove the others',
  });
}

/** `contoso` of `contoso.plan.json`, `stacks/contoso/plan` and `contoso.json`. */
function stackOf(file: string): string {
  const name = basename(file);
  const match = BINARY.exec(name) ?? JSON_FILE.exec(name);
  return (match === null ? name.replace(/\.json$/, '') : match[1]) ?? basename(dirname(file));
}

function missing(subject: string, message: string): Vb365Error {
  return new Vb365Error('plan-missing', {
    subject,
    message,
    cure: 'name a file, or a folder with plan.json, <stack>.plan.json, plan or <stack>.tfplan, such as cdktf.out after "terraform plan -out=plan" in its stacks',
  });
}

function tooMany(folder: string): Vb365Error {
  return new Vb365Error('plan-missing', {
    subject: folder,
    message: `${folder} holds more than ${MOST_FOLDERS} folders: it is no folder of plans`,
    cure: 'name the folder of the plans, such as cdktf.out',
  });
}

function withReadErrors<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw fileError('plan-unreadable', path, 'read', error);
  }
}
