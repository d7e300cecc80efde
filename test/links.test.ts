import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expandGlob } from '../lib/config/yaml/glob';
import { brokenLinks, codeSpans } from './support/markdown-links';
import { repositoryFiles, ROOT } from './support/repository-files';

describe('the repository', () => {
  const files = repositoryFiles();

  it('holds everything that its Markdown files link to', () => {
    expect(files.filter((name) => name.endsWith('.md')).length).toBeGreaterThan(30);
    expect(brokenLinks({ path: ROOT, files, cure: 'mend the path, or take the link out' })).toEqual([]);
  });
});

describe.each(['ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md'])('%s', (name) => {
  const folders = new Set(repositoryFiles().flatMap((file) => (file.includes('/') ? file.split('/').slice(0, 1) : [])));
  const places = codeSpans(readFileSync(join(ROOT, name), 'utf8')).filter((text) =>
    folders.has(text.split('/')[0] ?? ''),
  );

  // Where `<rule>` stands for a name, one such file is enough.
  it('names no file or folder that is not there', () => {
    const isThere = (place: string): boolean => {
      const pattern = place.replaceAll(/<[^>]+>/g, '*');
      return existsSync(join(ROOT, place)) || expandGlob(ROOT, pattern).length > 0;
    };

    expect(places.length).toBeGreaterThan(5);
    expect(places.filter((place) => !isThere(place))).toEqual([]);
  });
});

describe('brokenLinks', () => {
  let path: string;

  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'vb365-links-'));
  });

  afterEach(() => {
    rmSync(path, { recursive: true });
  });

  /** What is said of a folder with these files. */
  function said(files: Readonly<Record<string, string>>): string[] {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), content);
    }
    return brokenLinks({ path, files: Object.keys(files), cure: 'write it' });
  }

  it.each([
    ['a file', '[a](docs/guide.md)', 'docs/guide.md'],
    ['an image', 'text ![a](docs/guide.md) text', 'docs/guide.md'],
    ['a folder', '[a](docs/guide)', 'docs/guide'],
    ['another spelling', '[a](Other.md)', 'Other.md'],
    ['a link by reference', '[a][there]\n\n[there]: docs/guide.md', 'docs/guide.md'],
    ['a link in a table', '| a |\n| --- |\n| [a](docs/guide.md) |', 'docs/guide.md', 3],
    ['a link in a nested list', '- one\n  - two\n\n    [a](docs/guide.md)', 'docs/guide.md', 4],
    ['a link in a quotation', '> one\n> [a](docs/guide.md)', 'docs/guide.md', 2],
    ['a link after the same words as code', '`[a](docs/guide.md)`\n[a](docs/guide.md)', 'docs/guide.md', 2],
  ])('tells of %s that is not there', (_, markdown, href, line = 1) => {
    expect(said({ 'README.md': `# Title\n\n${markdown}\n`, 'other.md': '' })).toEqual([
      `README.md:${line + 2}: ${href}: there is no ${href}; cure: write it`,
    ]);
  });

  it('tells of a heading that is not there, and names those that are', () => {
    const files = { 'README.md': '# One\n\n[a](#three) [b](docs/a.md#two)', 'docs/a.md': '# `a`\n\n## What & who?' };
    expect(said(files)).toEqual([
      'README.md:3: #three: README.md has no heading #three; cure: take one of #one',
      'README.md:3: docs/a.md#two: docs/a.md has no heading #two; cure: take one of #a, #what--who',
    ]);
  });

  it.each([
    ['out of the folder', '../a.md', 'leads out of the folder; cure: link to something inside, or put the text here'],
    ['from the root', '/README.md', 'no path from here; cure: begin it with ./ or ../'],
    ['in HTML', '<img src="a.ts">', 'links in HTML are not looked at; cure: write it in Markdown'],
    ['to a line of a program', 'a.ts#L1', 'a.ts has no headings; cure: link to it without #L1'],
  ])('tells of a link %s', (_, href, complaint) => {
    expect(said({ 'README.md': href.startsWith('<') ? href : `[a](${href})`, 'a.ts': '' })).toEqual([
      `README.md:1: ${href}: ${complaint}`,
    ]);
  });

  it.each([
    ['files and folders', '[a](docs/a.md) [b](./docs) [c](docs/) ![d](image%20one.svg)'],
    ['headings, also of the same words', '[a](docs/a.md#twice) [b](docs/a.md#twice-1) [c](#title)'],
    ['a comment', '<!-- prettier-ignore -->'],
    ['the web', '[a](https://example.com/nothing.md#x) <https://example.com>'],
    ['what is code', '`[a](nowhere.md)`\n\n```text\n[a](nowhere.md)\n```'],
  ])('says nothing of %s', (_, markdown) => {
    const files = {
      'README.md': `# Title\n\n${markdown}`,
      'docs/a.md': '[up](../README.md)\n\n## Twice\n\n## Twice',
      'image one.svg': '',
    };
    expect(said(files)).toEqual([]);
  });
});
