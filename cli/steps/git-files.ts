import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { exposedToGit } from '../../lib/system/git-exposure';
import { isInsideGitWorkTree } from '../../lib/system/git-work-tree';

/** Lines of a file that tells Git something, under the comment that says what for. */
interface Section {
  readonly comment: string;
  readonly lines: readonly string[];
}

/** A file that tells Git something. */
export interface GitFile {
  /** Absolute path. */
  readonly file: string;
  readonly sections: readonly Section[];
}

/**
 * The `.gitignore` for a folder of configuration.
 *
 * @param folder absolute path of the folder that the file will lie in
 * @param keystore absolute path; where it lies outside of the folder, its temporary files are another file's business
 */
export function gitIgnore(folder: string, keystore: string): GitFile {
  const path = pathInside(folder, keystore);
  const unfinished = ['.lock/', '.staging-*/', '**/.retired-*/'].map((pattern) => `${path ?? ''}/${pattern}`);
  return {
    file: join(folder, '.gitignore'),
    sections: [
      {
        comment: 'The keystore stays in Git: private keys in it are sealed.',
        lines: ['node_modules/', 'cdktf.out/', '.terraform/', '*.tfstate', '*.tfstate.*'],
      },
      {
        comment: 'Never: private keys outside of the keystore, what opens them, and bundles of them.',
        lines: ['*.pfx', '*.p12', '*.pem', '*.key', '*.password', '*.zip', 'identity.txt'],
      },
      {
        comment: 'What is made again whenever it is needed: plans, reviews, reports, calendars, requests.',
        lines: [
          ...['/plans/', '*.tfplan', 'tfplan', 'plan.out', 'plan.json', '*.plan.json', 'tfplan.json', '*.tfplan.json'],
          ...['/review.md', '/report.html', '*.ics', '*.csr'],
        ],
      },
      {
        comment: 'What a command is in the middle of writing.',
        lines: [...(path === undefined ? [] : unfinished), '.vb365-*'],
      },
    ],
  };
}

/**
 * The `.gitattributes` by which Git keeps every byte of the keystore. Two branches that change the same file of it are a
 * conflict always: what Git combines of two certificates, or of two sealed keys, is neither.
 *
 * @param folder absolute path of the folder of the configuration; the file lies in the keystore where that is elsewhere
 * @param keystore absolute path
 */
export function gitAttributes(folder: string, keystore: string): GitFile {
  const path = pathInside(folder, keystore);
  const line = (pattern: string, attributes: string): string => `${quoted(`${path ?? ''}/${pattern}`)} ${attributes}`;
  return {
    file: join(path === undefined ? keystore : folder, '.gitattributes'),
    sections: [
      {
        comment:
          'The keystore is kept byte for byte and never merged by lines; nobody can read what differs in a sealed key.',
        lines: [line('**', '-text -merge'), line('**/*.age', '-diff')],
      },
    ],
  };
}

/** A new file. */
export function textOf({ sections }: GitFile): string {
  return `${sections.map(({ comment, lines }) => [`# ${comment}`, ...lines].join('\n')).join('\n\n')}\n`;
}

/** A file that somebody else wrote, with what it lacks behind it. */
export function completed({ sections }: GitFile, existing: string, lacking: readonly string[]): string {
  const added = sections
    .map(({ comment, lines }) => ({ comment, lines: lines.filter((line) => lacking.includes(line)) }))
    .filter(({ lines }) => lines.length > 0);
  const end = existing.includes('\r\n') ? '\r\n' : '\n';
  const text = `${existing.trimEnd()}\n\n${textOf({ file: '', sections: added })}`.trimStart();
  return text.replace(/\r?\n/g, end);
}

/** Lines that an existing `.gitattributes` lacks. */
export function lackingAttributes({ sections }: GitFile, existing: string): string[] {
  const there = new Set(existing.split(/\r?\n/).map((line) => line.trim()));
  return sections.flatMap(({ lines }) => lines).filter((line) => !there.has(line));
}

/**
 * Lines that an existing `.gitignore` lacks: it has neither the line nor its opposite, and in a repository, Git would take in
 * what the line names. What only this account keeps out everywhere does not keep it out for others.
 */
export function lackingIgnores({ file, sections }: GitFile, existing: string): string[] {
  const there = new Set(existing.split(/\r?\n/).map((line) => bare(line.trim().replace(/^!/, ''))));
  const unnamed = sections
    .flatMap(({ lines }) => lines)
    .filter((line) => !there.has(bare(line)) && !there.has(`${bare(line)}*`));
  if (!isInsideGitWorkTree(file)) return unnamed;
  const samples = new Map(unnamed.map((line) => [line, join(dirname(file), sampleOf(line))]));
  const exposed = exposedToGit([...samples.values()], true);
  return unnamed.filter((line) => exposed.has(samples.get(line) ?? ''));
}

/** A path that a line names. */
function sampleOf(line: string): string {
  const path = line
    .replace('**/', 'vb365/')
    .replace(/(?<!\\)\*/g, 'vb365')
    .replace(/\\(.)/g, '$1');
  return line.endsWith('/') ? `${path}vb365` : path;
}

/** `/cdktf.out` and `cdktf.out/` keep the same folder out. */
function bare(pattern: string): string {
  return pattern.replace(/^\/|\/$/g, '');
}

/** A path below a folder as a pattern that begins with `/`; undefined where it lies elsewhere. */
function pathInside(folder: string, path: string): string | undefined {
  const inside = relative(folder, path);
  if (inside.startsWith('..') || isAbsolute(inside)) return undefined;
  const parts = inside === '' ? [] : inside.split(sep);
  return parts.map((part) => `/${part.replace(/[\\*?[\]]/g, '\\$&')}`).join('');
}

/** As `.gitattributes` takes a pattern with blanks in it. */
function quoted(pattern: string): string {
  return /["\s]/.test(pattern) ? JSON.stringify(pattern) : pattern;
}
