import { hasChanges, planCounts } from './change-rows';
import type { ReviewDocument, StackSummary } from './document';
import { isSetLower, type Verdict } from '../review-stack';
import type { ReviewSeverity } from '../../catalogue/review-rules';
import { counted } from '../../words/counted';

/**
 * The verdict in one line: `Do not apply: planning has failed, 1 plan is missing, 1 of 3 stacks is blocked`. It holds nothing
 * that others wrote.
 */
export function verdictSentence(document: ReviewDocument): string {
  const { failures, removed, stacks, verdict } = document;
  const isSingle = stacks.length === 1 && failures.length + removed.length === 0;
  if (verdict === 'block') {
    return isSingle ? 'Do not apply this plan' : `Do not apply: ${reasons(document, 'block').join(', ')}`;
  }
  const lower = countLower(stacks);
  const but = lower === 0 ? '' : `, but the configuration has set ${counted(lower, 'finding')} lower`;
  if (verdict === 'warn') {
    const why = isSingle ? ' this plan' : `: ${reasons(document, 'warn').join(', ')}`;
    return `Read before you apply${why}${but}`;
  }
  if (stacks.length === 0) return 'There is no plan to review';
  const where = stacks.length === 1 ? '' : ` in ${counted(stacks.length, 'stack')}`;
  if (!stacks.some(hasChanges) && lower === 0) return `Nothing changes${where}`;
  return `Nothing ${lower === 0 ? 'found' : 'left'} that speaks against applying${where}${but}`;
}

/** What was not reviewed stands before what was: the rest does not tell what it would have shown. */
function reasons({ failures, removed, stacks }: ReviewDocument, verdict: 'block' | 'warn'): string[] {
  const failed = (code: string): number => failures.filter((failure) => failure.code === code).length;
  const missing = failed('plan-missing');
  const unread = failures.length - missing - failed('planning-failed');
  const judged = stacks.filter((stack) => stack.verdict === verdict).length;
  const all = counted(stacks.length, 'stack');
  return [
    ...(failed('planning-failed') > 0 ? ['planning has failed'] : []),
    ...(missing > 0 ? [`${counted(missing, 'plan')} ${missing === 1 ? 'is' : 'are'} missing`] : []),
    ...(unread > 0 ? [`${counted(unread, 'plan')} could not be reviewed`] : []),
    ...(judged > 0 && verdict === 'block' ? [`${judged} of ${all} ${judged === 1 ? 'is' : 'are'} blocked`] : []),
    ...(judged > 0 && verdict === 'warn' ? [`warnings for ${judged} of ${all}`] : []),
    ...(removed.length > 0 ? [`${counted(removed.length, 'removed stack')} still to be destroyed`] : []),
  ];
}

function countLower(stacks: readonly StackSummary[]): number {
  return stacks.reduce((sum, { findings }) => sum + findings.filter(isSetLower).length, 0);
}

const ICONS: Readonly<Record<Verdict, string>> = { block: '⛔', warn: '⚠️', note: 'ℹ️', clean: '✅' };

export function severityIcon(severity: ReviewSeverity): string {
  return ICONS[severity];
}

/** All clear only where something was looked at, nothing is destroyed, and nothing was set lower: whoever proposes a change may set it. */
export function verdictIcon(verdict: Verdict, stacks: readonly StackSummary[]): string {
  if (verdict === 'block' || verdict === 'warn') return ICONS[verdict];
  return stacks.length === 0 || planCounts(stacks).destroy + countLower(stacks) > 0 ? ICONS.note : ICONS.clean;
}

/** `1 to add, 0 to change, 2 to destroy in 2 stacks` */
export function countsSentence(stacks: readonly StackSummary[]): string {
  if (stacks.length === 0) return 'No plan was reviewed';
  const { add, change, destroy } = planCounts(stacks);
  const changed = stacks.filter(hasChanges).length;
  const where = stacks.length < 2 ? '' : ` in ${changed} of ${counted(stacks.length, 'stack')}`;
  const outputs = stacks.reduce((sum, stack) => sum + (stack.changes.length === 0 ? stack.outputs.length : 0), 0);
  const besides = outputs === 0 ? '' : `, ${counted(outputs, 'output')} to change`;
  return `${add} to add, ${change} to change, ${destroy} to destroy${besides}${where}`;
}

/** How many findings of each severity that asks for something. */
export function countFindings({
  failures,
  removed,
  stacks,
}: ReviewDocument): Readonly<Record<'block' | 'warn', number>> {
  const count = (severity: ReviewSeverity): number =>
    stacks.reduce((sum, { findings }) => sum + findings.filter((finding) => finding.severity === severity).length, 0);
  return { block: count('block') + failures.length, warn: count('warn') + removed.length };
}

/** What stands in place of a verdict where there is room for a word. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  block: 'BLOCKED',
  warn: 'warning',
  note: 'note',
  clean: 'nothing found',
};
