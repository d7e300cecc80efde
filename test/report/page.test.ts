import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { isReport, renderReport } from '../../lib/report/page';
import type { ReportInput } from '../../lib/report/report-model';
import { madeUpReport, REPORTED_AT } from '../support/made-up-report';

const HOSTILE = `</script><img src=x onerror=alert(1)>'"&amp;\\N\u202e\u0000\u001b[31m`;

/** The made-up report with a text in every place where a person or a certificate may have put one. */
function withText(text: string): ReportInput {
  const input = madeUpReport(2);
  const [installation] = input.configuration.installations;
  const application = { displayName: text, multiTenant: false, additionalRedirectUris: [] };
  const restorePortal = { webAddress: 'https://portal.example.com:4443', application, consent: 'none' as const };
  const finding = { severity: 'error' as const, subject: text, message: text, cure: text };
  return {
    ...input,
    configuration: {
      ...input.configuration,
      file: `/srv/${text.replaceAll('/', '')}`,
      installations: installation === undefined ? [] : [{ ...installation, restorePortal }],
      organizations: input.configuration.organizations.map((one) => ({ ...one, application: { displayName: text } })),
    },
    rows: input.rows.map((row) => ({ ...row, subject: text })),
    findings: [
      { ...finding, id: 'keystore-key-missing' },
      { ...finding, id: 'keystore-key-missing', cure: `${text}.` },
    ],
  };
}

function attentionOf(page: string): string {
  return page.slice(page.indexOf('<section id="attention"'), page.indexOf('<section id="time-line"'));
}

/** Names of elements, in their order; what looks like one inside a text would be another. */
function elementsOf(page: string): string[] {
  return page.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '<$1>').match(/<[a-zA-Z!/][a-zA-Z-]*/g) ?? [];
}

describe('renderReport', () => {
  it('makes the same page of the same input, byte for byte', async () => {
    const [first, second] = [await renderReport(madeUpReport(2)), await renderReport(madeUpReport(2))];
    expect(second.page).toBe(first.page);
    const later = { ...madeUpReport(2), at: new Date(REPORTED_AT.getTime() + 86_400_000) };
    expect((await renderReport(later)).page).not.toBe(first.page);
  });

  it('counts lineages, and those that need attention', async () => {
    const { certificates, attention, page } = await renderReport(madeUpReport(10));
    expect({ certificates, attention }).toEqual({ certificates: 17, attention: 3 });
    expect(page).toContain('3 of 17 certificates need attention.');
  });

  it('asks for the answer where a request waits, and not for another certificate', async () => {
    const lineage = 'organization-0005/entra-application';
    const input = madeUpReport(5, (index) => (index > 5 ? -3 : 100));
    const without = attentionOf((await renderReport(input)).page);
    expect(without).toContain('Get a new certificate from its issuer');
    expect(without).not.toContain('waits for its answer');
    const waiting = attentionOf((await renderReport({ ...input, requests: new Map([[lineage, '2026-11-01']]) })).page);
    expect(waiting).toContain(`<code>vb365 import ${lineage} &lt;answer&gt;</code>`);
    expect(waiting).toContain('request of 2026-11-01 waits for its answer');
    expect(waiting).not.toContain('from its issuer');
  });

  it('says when the next renewal is, where nothing needs attention', async () => {
    const { page } = await renderReport(madeUpReport(1, () => 100));
    expect(page).toContain('The next renewal is that of primary/server, from 2027-01-29.');
  });

  it('is small at a thousand organizations', async () => {
    const { page } = await renderReport(madeUpReport(1_000));
    expect(page.length).toBeLessThan(6_000_000);
  });

  it('draws a configuration that asks for nothing', async () => {
    const { configuration, ...input } = madeUpReport(0);
    const empty = { ...configuration, installations: [], organizations: [], dataCloud: [] };
    const { page, certificates } = await renderReport({ ...input, configuration: empty, rows: [], findings: [] });
    expect(certificates).toBe(0);
    expect(page).toContain('The configuration asks for no certificate.');
  });

  it('takes no text for markup, wherever it stands', async () => {
    const { page } = await renderReport(withText(HOSTILE));
    expect(page).not.toMatch(/<img|onerror=alert\(1\)>|(?!\n)\p{Cc}|\p{Cf}/u);
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(page).toContain('\\u{202e}');
    expect(elementsOf(page)).toEqual(elementsOf((await renderReport(withText('A'))).page));
  });

  it('has the same elements whatever the texts', async () => {
    const expected = elementsOf((await renderReport(withText('A'))).page);
    const markup = fc.constantFrom(...Array.from(`<>&"'\\/;=N{}-!`));
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.string({ unit: markup }));
    // A page takes as long with many texts as with one.
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 4, maxLength: 20 }), async (parts) => {
        expect(elementsOf((await renderReport(withText(`A${parts.join('')}`))).page)).toEqual(expected);
      }),
      { numRuns: 8 },
    );
  });

  it('keeps the folders of whoever made it to itself', async () => {
    const { page } = await renderReport(madeUpReport(1));
    expect(page).toContain('from vb365.yaml and');
    expect(page).not.toContain('/srv/');
  });

  it('refers to nothing outside, and lets nothing in', async () => {
    const { page } = await renderReport(madeUpReport(10));
    expect(page).toMatch(/<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; /);
    expect(page).not.toMatch(/(?:src|href)="(?!#|data:,)/);
    expect(page).not.toMatch(/ style="| on[a-z]+="/);
  });
});

describe('isReport', () => {
  it('knows a report again by its beginning, and nothing else', async () => {
    const { page } = await renderReport(madeUpReport(0));
    expect(isReport(page)).toBe(true);
    expect(isReport(page.slice(0, 2_000))).toBe(true);
    expect(isReport(`<p>${page}`)).toBe(false);
    expect(isReport('<!doctype html><title>mine</title>')).toBe(false);
    expect(isReport(readFileSync(__filename, 'utf8'))).toBe(false);
  });
});
