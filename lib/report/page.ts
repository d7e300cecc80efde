import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { DAY } from '../words/days';
import { formatInstant } from '../words/instant';
import { type GenerationState, generationStates } from '../lifecycle/states';
import { attentionSection } from './attention-section';
import { certificateTable } from './certificate-table';
import { findingSection } from './finding-section';
import { html, type Html, trustedMarkup } from './html';
import { startGraphviz } from './map';
import { mapSection } from './map-section';
import { type Report, type ReportInput, reportOf } from './report-model';
import { scenarioSection } from './scenario-section';
import { pageScript } from './script';
import { stateIcon, stateSymbols, stateWords } from './states';
import { pageStyle } from './style';
import { startDrawing } from './time-line';
import { timeLineSection } from './time-line-section';
import { counted, formatCount } from '../words/counted';

/** The content of an element is hashed as it stands in the page. */
const STYLE = tidy(pageStyle);
const SCRIPT = tidy(pageScript);

/** By this, a report is known again when the next one is written over it. */
const GENERATOR = '<meta name="generator" content="vb365 report" />';

export interface RenderedReport {
  /** A page that asks nobody for anything: style, script and drawings are inside. */
  readonly page: string;
  readonly certificates: number;
  readonly attention: number;
}

/** The report as one page of HTML: the same for the same input. */
export async function renderReport(input: ReportInput): Promise<RenderedReport> {
  const report = reportOf(input);
  const [drawing, viz] = await Promise.all([startDrawing(), startGraphviz()]);
  const main = html`${attentionSection(report)} ${timeLineSection(report, drawing)} ${mapSection(report, viz)}
  ${scenarioSection(report)} ${certificateTable(report)} ${findingSection(report)}`;
  const page = `${tidy(pageOf(report, main).markup)}\n`;
  return { page, certificates: report.lineages.length, attention: report.attention.length };
}

/** Whether a file is a report of this program, by its beginning. */
export function isReport(content: string): boolean {
  return content.startsWith('<!doctype html>') && content.slice(0, 4096).includes(GENERATOR);
}

function pageOf(report: Report, main: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy()}" />
        ${trustedMarkup(GENERATOR)}
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>VB365 certificates, as of ${momentOf(report)}</title>
        <link rel="icon" href="data:," />
        ${trustedMarkup(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        ${definitions()} ${header(report)}
        <main id="main" tabindex="-1">${main}</main>
        <footer>
          <p>
            Made by <code>vb365 report</code> from ${basename(report.configuration.file)} and the public half of the
            keystore: the page holds no private key and no password. Times are UTC.
          </p>
        </footer>
        ${trustedMarkup(`<script>${SCRIPT}</script>`)}
      </body>
    </html>`;
}

/** Nothing is asked for, and nothing runs or paints but what stands in the page as it was made. */
function contentSecurityPolicy(): string {
  const [style, script] = [STYLE, SCRIPT].map((text) => createHash('sha256').update(text).digest('base64'));
  return [
    "default-src 'none'",
    `style-src 'sha256-${style ?? ''}'`,
    `script-src 'sha256-${script ?? ''}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** What the drawings refer to. */
function definitions(): Html {
  return trustedMarkup(
    `<svg class="definitions" aria-hidden="true" width="0" height="0"><defs>${stateSymbols().markup}<pattern id="renewal-window" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="var(--bar-window)"/><rect width="2.4" height="6" fill="var(--bar-window-stripe)"/></pattern></defs></svg>`,
  );
}

function header(report: Report): Html {
  const { installations, organizations, dataCloud } = report.configuration;
  const parts = [
    installations.length > 0 && counted(installations.length, 'installation'),
    organizations.length > 0 && counted(organizations.length, 'organization'),
    dataCloud.length > 0 &&
      counted(dataCloud.length, 'organization of Veeam Data Cloud', 'organizations of Veeam Data Cloud'),
  ];
  return html`<header>
    <p class="kicker">Veeam Backup for Microsoft 365</p>
    <h1>Certificates</h1>
    <p class="as-of">As of <time datetime="${formatInstant(report.at)}">${momentOf(report)}</time></p>
    <p class="scope">${parts.filter((part) => part !== false).join(', ')}</p>
    <p class="verdict">${verdictOf(report)}</p>
    <ul class="tiles" aria-label="Certificates by state">
      ${generationStates.map((state) => tile(state, report.counts[state]))}
    </ul>
    ${navigation(report)}
  </header>`;
}

function tile(state: GenerationState, count: number): Html {
  const { label, meaning } = stateWords[state];
  return html`<li class="tile ${state} ${count === 0 && 'empty'}">
    <span class="number">${formatCount(count)}</span>
    <span class="state">${stateIcon(state)}${label}</span>
    <span class="meaning">${meaning}</span>
  </li>`;
}

/** One sentence for whoever reads no further. */
function verdictOf({ lineages, attention }: Report): string {
  if (lineages.length === 0) return 'The configuration asks for no certificate.';
  if (attention.length > 0) {
    const needs = attention.length === 1 ? 'needs' : 'need';
    return `${formatCount(attention.length)} of ${counted(lineages.length, 'certificate')} ${needs} attention.`;
  }
  const dueDates = lineages.map(({ declaration, current }) => ({
    name: declaration.name,
    due: Date.parse(current.notAfter ?? '') - declaration.policy.renewBeforeDays * DAY,
  }));
  const next = dueDates.reduce((one, other) => (other.due < one.due ? other : one));
  return `Nothing needs attention. The next renewal is that of ${next.name}, from ${new Date(next.due).toISOString().slice(0, 10)}.`;
}

function navigation({ configuration }: Report): Html {
  const isSomewhere = configuration.installations.length + configuration.dataCloud.length > 0;
  return html`<nav aria-label="Sections">
    <a href="#attention">Needs attention</a>
    <a href="#time-line">Time line</a>
    ${isSomewhere && html`<a href="#map">Map</a>`}
    ${configuration.installations.length > 0 && html`<a href="#scenarios">Usage scenarios</a>`}
    <a href="#certificates">All certificates</a>
    <a href="#findings">Findings</a>
  </nav>`;
}

/** `2026-11-20 12:30 UTC` */
function momentOf({ at }: Report): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Without the indentation of the templates. */
function tidy(text: string): string {
  return text
    .replace(/^[ \t]+|[ \t]+$/gm, '')
    .replace(/\n{2,}/g, '\n')
    .trim();
}
