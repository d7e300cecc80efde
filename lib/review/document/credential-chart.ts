import { isGone } from './change-rows';
import { chartText } from './markdown-text';
import type { CredentialSummary, StackSummary } from './document';

/** More bars are no picture any more. */
const MOST_BARS = 40;

/**
 * A time line of the certificates of a stack for Mermaid: overlap shows as bars above each other.
 *
 * @param at RFC 3339
 * @returns undefined where no certificate comes or goes, or there is one alone, which overlaps nothing
 */
export function credentialChart({ credentials }: StackSummary, at: string): string | undefined {
  const bars = credentials.filter(isDrawable).slice(0, MOST_BARS);
  if (bars.length < 2 || bars.every(({ change }) => change === 'kept')) return undefined;
  const lines = ['```mermaid', 'gantt', '  dateFormat YYYY-MM-DD', `  axisFormat ${axisFormat(bars)}`];
  lines.push('  section Review', `  this review :milestone, ${at.slice(0, 10)}, 0d`);
  let section: string | null | undefined;
  for (const bar of bars) {
    if (bar.application !== section) lines.push(`  section ${sectionName(bar)}`);
    section = bar.application;
    lines.push(`  ${barName(bar)} :${STYLES[bar.change]}${bar.validFrom.slice(0, 10)}, ${endOf(bar, at).slice(0, 10)}`);
  }
  return [...lines, '```'].join('\n');
}

type Drawable = CredentialSummary & { readonly validFrom: string; readonly validTo: string };

/** What is taken away is accepted until then; Mermaid does not show a bar that ends on its first day. */
function endOf({ change, validFrom, validTo }: Drawable, at: string): string {
  const isShown = validFrom.slice(0, 10) < at.slice(0, 10);
  return isGone(change) && isShown && at < validTo ? at : validTo;
}

/** Months where there are some. */
function axisFormat(bars: readonly Drawable[]): string {
  const months = new Set(bars.flatMap(({ validFrom, validTo }) => [validFrom.slice(0, 7), validTo.slice(0, 7)]));
  return months.size > 1 ? '%Y-%m' : '%Y-%m-%d';
}

/** How Mermaid draws a bar: red for what goes, bright for what comes, grey for what stays. */
const STYLES: Readonly<Record<CredentialSummary['change'], string>> = {
  added: 'active, ',
  replacement: 'active, ',
  removed: 'crit, ',
  replaced: 'crit, ',
  changed: '',
  kept: 'done, ',
  forgotten: 'done, ',
};

/** Mermaid reads four digits of a year. */
function isDrawable(credential: CredentialSummary): credential is Drawable {
  return [credential.validFrom, credential.validTo].every((date) => /^\d{4}-/.test(date ?? ''));
}

function sectionName({ application }: CredentialSummary): string {
  return `of ${chartText(application ?? 'another stack', 40)}`;
}

/** It begins with a word of ours: a name that begins with `section` or `title` would be read as one. */
function barName({ change, generation, thumbprint, lineage }: CredentialSummary): string {
  const name = lineage === null ? (thumbprint ?? '').slice(0, 8) : (generation ?? lineage);
  return `${change} ${chartText(name)}`;
}
