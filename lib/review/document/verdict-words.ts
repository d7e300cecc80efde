import { hasChanges, planCounts } from './change-rows';
import type { ReviewDocument, StackSummary } from './document';
import { isSetLower, type Verdict } from '../review-stack';
import type { ReviewSeverity } from '../../catalogue/review-rules';
import { counted } from '../../words/counted';

/** The verdict in one line: `Do not apply: 1 of 3 stacks is blocked`. It holds nothing that others wrote. */
export function verdictSentence({ failures, stacks, verdict }: ReviewDocument): string {
  const all = stacks.length + failures.length;
  if (verdict === 'block') {
    const blocked = stacks.filter((stack) => stack.verdict === 'block').length + failures.length;
    return all === 1
      ? 'Do not apply this plan'
      : `Do not apply: ${blocked} of ${all} stacks ${blocked === 1 ? 'is' : 'are'} blocked`;
  }
  const lower = countLower(stacks);
  const but = lower === 0 ? '' : `, but the configuration has set ${counted(lower, 'finding')} lower`;
  if (verdict === 'warn') {
    const warned = stacks.filter((stack) => stack.verdict === 'warn').length;
    return all === 1
      ? `Read before you apply this plan${but}`
      : `Read before you apply: warnings for ${warned} of ${all} stacks${but}`;
  }
  const where = all === 1 ? '' : ` in ${counted(all, 'stack')}`;
  if (!stacks.some(hasChanges) && lower === 0) return `Nothing changes${where}`;
  return `Nothing ${lower === 0 ? 'found' : 'left'} that speaks against applying${where}${but}`;
}

function countLower(stacks: readonly StackSummary[]): number {
  return stacks.reduce((sum, { findings }) => sum + findings.filter(isSetLower).length, 0);
}

const ICONS: Readonly<Record<Verdict, string>> = { block: '⛔', warn: '⚠️', note: 'ℹ️', clean: '✅' };

export function severityIcon(severity: ReviewSeverity): string {
  return ICONS[severity];
}

/** All clear only where nothing is destroyed, and nothing was set lower: whoever proposes a change may set it. */
export function verdictIcon(verdict: Verdict, stacks: readonly StackSummary[]): string {
  if (verdict === 'block' || verdict === 'warn') return ICONS[verdict];
  return planCounts(stacks).destroy + countLower(stacks) > 0 ? ICONS.note : ICONS.clean;
}

/** `1 to add, 0 to change, 2 to destroy in 2 stacks` */
export function countsSentence(stacks: readonly StackSummary[]): string {
  if (stacks.length === 0) return 'no plan could be read';
  const { add, change, destroy } = planCounts(stacks);
  const changed = stacks.filter(hasChanges).length;
  const where = stacks.length < 2 ? '' : ` in ${changed} of ${counted(stacks.length, 'stack')}`;
  const outputs = stacks.reduce((sum, stack) => sum + (stack.changes.length === 0 ? stack.outputs.length : 0), 0);
  const besides = outputs === 0 ? '' : `, ${counted(outputs, 'output')} to change`;
  return `${add} to add, ${change} to change, ${destroy} to destroy${besides}${where}`;
}

/** How many findings of each severity that asks for something. */
export function countFindings({ failures, stacks }: ReviewDocument): Readonly<Record<'block' | 'warn', number>> {
  const count = (severity: ReviewSeverity): number =>
    stacks.reduce((sum, { findings }) => sum + findings.filter((finding) => finding.severity === severity).length, 0);
  return { block: count('block') + failures.length, warn: count('warn') };
}

/** What stands in place of a verdict where there is room for a word. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  block: 'BLOCKED',
  warn: 'warning',
  note: 'note',
  clean: 'nothing found',
};
