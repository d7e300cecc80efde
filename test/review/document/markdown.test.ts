import fc from 'fast-check';
import type { StackSummary } from '../../../lib/review/document/document';
import { renderMarkdown } from '../../../lib/review/document/markdown';
import { summarizeStack } from '../../../lib/review/document/summarize-stack';
import { rawPlan, recordedAt, reviewRaw } from '../recorded-plan';
import { expectGrowthWithInput } from '../../support/growth';
import { elementsOf, rendered, textOf, textOutsideCode } from '../rendered';
import { busyStack, documentOf, quietStack } from '../summaries';

const LIMIT = 65_000;

/** What a comment is made of: nothing that text of others could add, such as a link or an image. */
const ELEMENTS = /^(?:h[23]|p|ul|li|code|strong|em|br|table|thead|tbody|tr|th|td|details|summary|pre|blockquote)$/;

const HOSTILE =
  '@me #1 [x](http://e.com) <img src=x> | ` ``` </details> \n# h\n\u202E"a" https://e.com 0123456789abcdef';

function summaryOf(name: string): StackSummary {
  return summarizeStack(reviewRaw(rawPlan(name), name), `${name}/plan.json`, recordedAt);
}

/** Whether every fence, fold and row that is begun is ended. */
function expectWhole(markdown: string): void {
  expect(markdown.match(/^```/gm)?.length ?? 0).toBe((markdown.match(/^```mermaid$/gm)?.length ?? 0) * 2);
  expect(markdown.match(/^<details>$/gm)?.length).toBe(markdown.match(/^<\/details>$/gm)?.length);
  for (const row of markdown.match(/^\|.*$/gm) ?? []) expect(row).toMatch(/\|$/);
}

describe('renderMarkdown', () => {
  it.each(['credential-added', 'credential-replaced', 'interactive-restore-added'])('says of the plan %s', (name) => {
    expect(renderMarkdown(documentOf([summaryOf(name)]), { limit: LIMIT })).toMatchSnapshot();
  });

  it('begins with the marker, then the verdict', () => {
    const lines = renderMarkdown(documentOf([busyStack('contoso', 'x')]), { limit: LIMIT }).split('\n');
    expect(lines.slice(0, 3)).toEqual(['<!-- vb365-review -->', '', '## ⛔ Do not apply this plan']);
    const named = renderMarkdown(documentOf([]), { limit: LIMIT, marker: 'emea' });
    expect(named).toMatch(/^<!-- vb365-review: emea -->\n/);
  });

  it('tells every kind of change, with what goes first', () => {
    const html = rendered(renderMarkdown(documentOf([busyStack('contoso', 'x', 1)]), { limit: LIMIT }));
    const rows = Array.from(html.matchAll(/<tr>\s*<td>(.*)<\/td>\s*<td>(.*)<\/td>/g), ([, change = '', thing = '']) => [
      ...[textOf(change), textOf(thing)],
    ]);
    expect(rows).toEqual([
      ...['redirect URI', 'directory role', 'admin consent', 'permissions asked for'].map((thing) => [
        '❗ REMOVED',
        thing,
      ]),
      ['❗ DESTROYED', 'other resource'],
      ['changed', 'application'],
      ['added', 'certificate'],
      ['switched', 'server certificate'],
      ...['redirect URI', 'directory role', 'admin consent', 'permissions asked for'].map((thing) => ['added', thing]),
    ]);
  });

  it('takes what others wrote as text, wherever it stands', () => {
    const markdown = renderMarkdown(documentOf([busyStack(HOSTILE, HOSTILE), quietStack(HOSTILE)], HOSTILE), {
      limit: LIMIT,
    });
    const html = rendered(markdown);
    for (const element of elementsOf(html)) expect(element).toMatch(ELEMENTS);
    expect(textOutsideCode(html)).not.toMatch(/[@#<[\]`]|https?:|0123456789abcdef/);
    expectWhole(markdown);
  });

  it('takes any text as text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const html = rendered(renderMarkdown(documentOf([busyStack(text, text, 1)], text), { limit: LIMIT }));
        for (const element of elementsOf(html)) expect(element).toMatch(ELEMENTS);
        expect(elementsOf(html).filter((name) => name === 'details').length).toBe(5);
      }),
      { numRuns: 20 },
    );
  });

  it('stays within any limit, with verdict and count, and cuts no table, fence or fold', () => {
    const stack = fc.record({
      rows: fc.integer({ min: 0, max: 12 }),
      text: fc.string({ minLength: 1, maxLength: 200 }),
    });
    fc.assert(
      fc.property(
        fc.array(stack, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 2_000, max: 12_000 }),
        (stacks, limit) => {
          const notes = Array.from({ length: 8 }, () => 'some words of a note '.repeat(20));
          const summaries = stacks.map(({ rows, text }, index) => busyStack(`stack${index}`, text, rows));
          const markdown = renderMarkdown({ ...documentOf(summaries, 'note'), notes }, { limit });
          const blocks = stacks.reduce((sum, { rows }) => sum + rows, 1);
          expect(markdown.length).toBeLessThanOrEqual(limit);
          expect(markdown).toMatch(/^<!-- vb365-review -->\n\n## ⛔ Do not apply/);
          expect(markdown).toContain(`**${blocks} blocking**`);
          expectWhole(markdown);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('counts what does not fit', () => {
    const stacks = Array.from({ length: 300 }, (_, index) => busyStack(`stack${index}`, 'some words', 3));
    const markdown = renderMarkdown(documentOf(stacks), { limit: 20_000 });
    expect(markdown).toContain('**900 blocking** · 900 warnings');
    const told = markdown.match(/^- ⛔ /gm)?.length ?? 0;
    expect(told).toBeGreaterThan(20);
    expect(markdown).toContain(`- … and ${900 - told} more that block`);
    const rows = markdown.match(/^\| ⛔ BLOCKED \|/gm)?.length ?? 0;
    expect(markdown).toContain(`| and ${300 - rows} more stacks |`);
    const sections = markdown.match(/^### ⛔ /gm)?.length ?? 0;
    expect(sections).toBeGreaterThan(0);
    expect(markdown).toMatch(new RegExp(`Left out to fit the comment:.*what changes in ${300 - sections} stacks\\.`));
  });

  it('cuts the rows of a large stack, and counts them', () => {
    const markdown = renderMarkdown(documentOf([busyStack('contoso', 'x', 1_000)]), { limit: LIMIT });
    expect(markdown).toMatch(/\| … \| and [\d,]+ more lines \|/);
    expect(markdown.length).toBeGreaterThan(LIMIT / 4);
  });

  it('shows all clear only where nothing is destroyed', () => {
    const icon = (destroy: number): string | undefined => {
      const stack = quietStack('contoso');
      const changing: StackSummary = { ...stack, counts: { ...stack.counts, destroy }, outputs: ['x'] };
      return /^## (\S+) /m.exec(renderMarkdown(documentOf([changing]), { limit: LIMIT }))?.[1];
    };
    expect([icon(0), icon(1)]).toEqual(['✅', 'ℹ️']);
  });

  it('tells outputs that change, and does not say that nothing does', () => {
    const markdown = renderMarkdown(documentOf([{ ...quietStack('contoso'), outputs: ['entra'] }]), { limit: LIMIT });
    expect(markdown).toContain('## ✅ Nothing found that speaks against applying\n');
    expect(markdown).toContain('0 to add, 0 to change, 0 to destroy, 1 output to change');
    expect(markdown).toContain('| changed | output | `entra` |');
  });

  it('counts the permissions that a row does not name', () => {
    const permission = (_: unknown, index: number) =>
      ({ api: 'Microsoft Graph', kind: 'application', name: `P${index}.Read` }) as const;
    const access = { application: 'a', directoryRoles: { added: [], removed: [] } };
    const none = { added: [], removed: [] };
    const stackWith = (count: number): StackSummary => {
      const granted = { added: Array.from({ length: count }, permission), removed: [] };
      return { ...quietStack('contoso'), outputs: ['x'], access: [{ ...access, requested: none, granted }] };
    };
    expectGrowthWithInput(20_000, stackWith, (stack) => {
      const [row = ''] = /^.*admin consent.*$/m.exec(renderMarkdown(documentOf([stack]), { limit: LIMIT })) ?? [];
      const named = row.match(/P\d+\.Read/g)?.length ?? 0;
      expect(named).toBeGreaterThan(20);
      const count = stack.access[0]?.granted.added.length ?? 0;
      expect(row).toMatch(new RegExp(`; and ${count - named} more \\|$`));
    });
  });

  it('folds stacks that do not change, however many', () => {
    const stacks = Array.from({ length: 1_000 }, (_, index) => quietStack(`stack${index}`));
    const markdown = renderMarkdown(documentOf(stacks), { limit: LIMIT });
    expect(markdown).toContain('## ✅ Nothing changes in 1,000 stacks');
    expect(markdown).toContain('<summary>1,000 stacks without changes</summary>');
    expect(markdown).toContain('and 800 more');
    expect(markdown.length).toBeLessThan(5_000);
  });

  it('says what could not be reviewed', () => {
    const markdown = renderMarkdown(documentOf([quietStack('contoso')], 'broken'), { limit: LIMIT });
    expect(markdown).toContain('## ⛔ Do not apply: 1 plan could not be reviewed');
    expect(markdown).toContain('- ⛔ **Not reviewed:** Broken.  \n  **Cure:** Broken. `plan-malformed`');
  });
});

describe('the time line of certificates', () => {
  it('holds nothing of others that Mermaid reads', () => {
    const hostile = 'title: x; section y\n  click a call b() %% #35; """';
    const markdown = renderMarkdown(documentOf([busyStack('contoso', hostile)]), { limit: LIMIT });
    const [chart = ''] = /```mermaid\n[\s\S]*?```/.exec(markdown) ?? [];
    const text = '[\\p{L}\\p{N} ./()_-]+';
    const line = `section ${text}|this review :milestone, 2026-11-21, 0d|(added|removed) ${text} :(active|crit), [\\d-]{10}, [\\d-]{10}`;
    const [, , , , ...lines] = chart.split('\n').slice(0, -1);
    expect(lines.length).toBe(5);
    for (const said of lines) expect(said).toMatch(new RegExp(`^  (?:${line})$`, 'u'));
  });

  it('ends the bar of what is taken away on the day of the review', () => {
    const markdown = renderMarkdown(documentOf([busyStack('contoso', 'x')]), { limit: LIMIT });
    expect(markdown).toContain('added x :active, 2026-01-01, 2027-01-01\n  removed x :crit, 2026-01-01, 2026-11-21\n');
  });
});
