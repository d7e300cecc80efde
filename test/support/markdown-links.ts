import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { lexer, Parser, TextRenderer, type Token, type Tokens, walkTokens } from 'marked';

/** What a reader has before them: a clone of the repository, or the installed package. */
export interface ReadersFolder {
  /** Absolute path. */
  readonly path: string;
  /** Every file in it, relative and with slashes. */
  readonly files: readonly string[];
  /** What to do where a file is missing, as an imperative. */
  readonly cure: string;
}

interface Link {
  readonly line: number;
  readonly href: string;
}

/** The parts of a Markdown file that links lead from and to. */
interface Page {
  readonly links: readonly Link[];
  readonly headings: readonly string[];
}

const OUTSIDE = /^(https?|mailto):/;

/**
 * Links and images of every Markdown file of a folder that lead nowhere in it: to no file, out of the folder, or to no
 * heading. Web addresses are not asked; HTML is refused, because its links would go unseen.
 *
 * @returns one line each: `file:line: link: what is wrong; cure: …`
 */
export function brokenLinks(folder: ReadersFolder): string[] {
  const names = folder.files.filter((name) => name.endsWith('.md')).sort();
  const pages = new Map(names.map((name) => [name, readPage(readFileSync(join(folder.path, name), 'utf8'))]));
  return Array.from(pages).flatMap(([name, { links }]) =>
    links.flatMap(({ href, line }) => {
      const complaint = complain(href, name, pages, folder);
      return complaint === undefined ? [] : [`${name}:${line}: ${href}: ${complaint}`];
    }),
  );
}

/** What stands in a Markdown text as code within a line. */
export function codeSpans(markdown: string): string[] {
  const spans: string[] = [];
  void walkTokens(lexer(markdown), (token) => {
    if (isCodeSpan(token)) spans.push(token.text);
  });
  return spans;
}

function complain(
  href: string,
  from: string,
  pages: ReadonlyMap<string, Page>,
  { cure, files }: ReadersFolder,
): string | undefined {
  if (OUTSIDE.test(href)) return undefined;
  if (href.startsWith('<')) return 'links in HTML are not looked at; cure: write it in Markdown';
  const [path = '', anchor] = href.split('#').map(decodeURIComponent);
  if (path.startsWith('/')) return 'no path from here; cure: begin it with ./ or ../';
  const target = path === '' ? from : posix.join(posix.dirname(from), path).replace(/\/$/, '');
  if (target.startsWith('..')) return 'leads out of the folder; cure: link to something inside, or put the text here';
  if (target !== '.' && !files.some((file) => file === target || file.startsWith(`${target}/`))) {
    return `there is no ${target}; cure: ${cure}`;
  }
  if (anchor === undefined) return undefined;
  const anchors = slugs(pages.get(target)?.headings ?? []);
  if (anchors.includes(anchor)) return undefined;
  if (anchors.length === 0) return `${target} has no headings; cure: link to it without #${anchor}`;
  return `${target} has no heading #${anchor}; cure: take one of ${anchors.map((one) => `#${one}`).join(', ')}`;
}

function readPage(markdown: string): Page {
  const links: Link[] = [];
  const headings: string[] = [];
  let firstLine = 1;
  for (const block of lexer(markdown)) {
    let cursor = 0;
    void walkTokens([block], (token) => {
      // A token that is indented in the file is not found as it is: what it holds is found later.
      const at = Math.max(block.raw.indexOf(token.raw, cursor), cursor);
      const line = firstLine + linesIn(block.raw.slice(0, at));
      if (isHeading(token)) headings.push(new Parser().parseInline(token.tokens, new TextRenderer()));
      if (isLink(token)) links.push({ line, href: token.href });
      if (token.type === 'html' && !token.raw.startsWith('<!--')) links.push({ line, href: token.raw.trim() });
      cursor = 'tokens' in token || 'items' in token || 'rows' in token ? at : at + token.raw.length;
    });
    firstLine += linesIn(block.raw);
  }
  return { links, headings };
}

function isLink(token: Token): token is Tokens.Link | Tokens.Image {
  return token.type === 'link' || token.type === 'image';
}

function isCodeSpan(token: Token): token is Tokens.Codespan {
  return token.type === 'codespan';
}

function isHeading(token: Token): token is Tokens.Heading {
  return token.type === 'heading';
}

/** As GitHub makes them: lower case, no punctuation, hyphens for spaces, and a number where one repeats. */
function slugs(headings: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return headings.map((heading) => {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
}

function linesIn(text: string): number {
  return text.split('\n').length - 1;
}
