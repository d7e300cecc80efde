import type { AxeResults } from 'axe-core';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { renderReport } from '../../lib/report/page';
import { describeWithBrowser, startBrowser } from '../support/browser';
import { madeUpReport } from '../support/made-up-report';

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface Opened {
  readonly page: Page;
  /** What the console said, and what the page asked for beside itself. */
  readonly complaints: string[];
}

describeWithBrowser('a report in Chromium', () => {
  let folder: string;
  let browser: Browser;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vb365-report-'));
    for (const organizations of [10, 70, 1_000]) {
      const { page } = await renderReport(madeUpReport(organizations));
      writeFileSync(join(folder, `${organizations}.html`), page);
    }
    browser = await startBrowser();
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function open(
    organizations: number,
    options: Parameters<Browser['newPage']>[0] = {},
    hash = '',
  ): Promise<Opened> {
    const page = await browser.newPage({ viewport: DESKTOP, ...options });
    const url = pathToFileURL(join(folder, `${organizations}.html`)).href;
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (request.url() !== url && !request.url().startsWith('data:')) complaints.push(request.url());
    });
    await page.goto(url + hash);
    return { page, complaints };
  }

  // 70 are shown in closed groups, as a thousand are, of which the checks would take half a minute.
  it.each([
    [10, 'light'],
    [10, 'dark'],
    [70, 'light'],
  ] as const)('is accessible at %i organizations in %s colours', async (organizations, colorScheme) => {
    const { page } = await open(organizations, { colorScheme });
    await page.evaluate(AXE);
    const { violations, passes } = await page.evaluate<AxeResults>("axe.run({ resultTypes: ['violations'] })");
    expect(violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html }) => html)])).toEqual([]);
    expect(passes.map(({ id }) => id)).toContain('color-contrast');
    await page.close();
  });

  describe.each([10, 1_000])('at %i organizations', (organizations) => {
    it('fits into any width with all groups open, asks for nothing, and says nothing', async () => {
      const { page, complaints } = await open(organizations);
      await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
      for (const viewport of [DESKTOP, PHONE]) {
        await page.setViewportSize(viewport);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
      }
      expect(complaints).toEqual([]);
      await page.close();
    });

    it('is searched by keyboard', async () => {
      const { page } = await open(organizations);
      await page.focus('#filter-text');
      await page.keyboard.type('ORGANIZATION-0007 entra');
      expect(await page.locator('#certificates tbody tr:visible .lineage').allTextContents()).toEqual([
        'organization-0007/entra-application',
        'organization-0007/entra-application',
      ]);
      expect(await page.textContent('#filter-count')).toBe('2 rows');
      await page.keyboard.press('Tab');
      await page.keyboard.type('Superseded');
      expect(await page.textContent('#filter-count')).toBe('1 row');
      await page.close();
    });
  });

  it('shows the whole time line on the screen of a phone, and each title of a map inside its box', async () => {
    const { page } = await open(10, { viewport: { width: 390, height: 844 } });
    const lines = page.locator('svg.time-line:visible');
    expect(await lines.count()).toBeGreaterThan(0);
    const { width = 0, x = -1 } = (await lines.first().boundingBox()) ?? {};
    expect([x >= 0, width > 300, x + width <= 390]).toEqual([true, true, true]);
    await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
    const overrun = `[...document.querySelectorAll('svg.map .node')].filter((node) => {
      const box = node.querySelector('path').getBoundingClientRect();
      return [...node.querySelectorAll('text')].some((text) => {
        const { left, right } = text.getBoundingClientRect();
        return left < box.left || right > box.right;
      });
    }).map((node) => node.textContent)`;
    expect(await page.evaluate(overrun)).toEqual([]);
    await page.close();
  });

  it('paints light and dark, wide and narrow, differently', async () => {
    const images = new Set<string>();
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const viewport of [DESKTOP, PHONE]) {
        const { page } = await open(10, { colorScheme, viewport });
        images.add((await page.screenshot()).toString('base64'));
        await page.close();
      }
    }
    expect(images.size).toBe(4);
  });

  it('leads from what needs attention to its row, in a closed group, too', async () => {
    const { page } = await open(1_000);
    await page.click('#attention a >> text=organization-0098/entra-application');
    const row = page.locator('[id="organization-0098/entra-application"]');
    await row.waitFor({ state: 'visible' });
    expect(await row.textContent()).toContain('Missing');
    await page.close();
  });

  it('has every row without JavaScript, and no search', async () => {
    const { page } = await open(10, { javaScriptEnabled: false });
    expect(await page.locator('#certificates tbody tr:visible').count()).toBe(20);
    expect(await page.isVisible('#filter')).toBe(false);
    await page.close();
  });

  it.each(['#%', '#%E0', '#no-such-row', '#'])('does all it does at the address %s, too', async (hash) => {
    const { page, complaints } = await open(70, {}, hash);
    await page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('details:not([open])').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('is printed with all groups open, and without the search', async () => {
    const { page } = await open(1_000);
    await page.emulateMedia({ media: 'print' });
    expect(await page.isVisible('#filter')).toBe(false);
    expect(await page.locator('nav').isVisible()).toBe(false);
    await page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('details:not([open])').count()).toBe(0);
    await page.evaluate("window.dispatchEvent(new Event('afterprint'))");
    expect(await page.locator('details[open]').count()).toBe(0);
    await page.close();

    const { page: small } = await open(10);
    const pdf = await small.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await small.close();
  });
});
