import { Vb365Error } from '../errors';
import { shown } from '../words/shown';
import { visible } from '../words/visible';
import type { ReviewedPlans } from './review-plans';
import type { PlanSource } from '../plan/plan-sources';

/** What a pipeline knows and no plan says. */
export interface Planning {
  /** Why not everything could be planned; undefined where it could. */
  readonly failed: string | undefined;
  /** Names of the stacks that were to be planned. */
  readonly expected: readonly string[];
}

/** Why something was not reviewed, by the name of a plan, of a stack, or `planning`. */
export type Unreviewed = ReviewedPlans['errors'][number];

/** `contoso fabrikam-consent`, as `vb365 matrix` names stacks; commas count as blanks. @throws Vb365Error `usage` */
export function parseStackNames(option: string, text: string): string[] {
  const names = text.split(/[\s,]+/).filter((name) => name !== '');
  const wrong = names.find((name) => !/^[a-z0-9]+(?:-+[a-z0-9]+)*$/.test(name));
  if (wrong === undefined) return [...new Set(names)];
  throw new Vb365Error('usage', {
    message: `${option} holds ${shown(wrong)}, which is no name of a stack`,
    cure: 'give names of stacks with blanks between, as "vb365 matrix" prints them',
  });
}

/** What of the planning is missing in what was reviewed. A plan that cannot be read is told by its own error. */
export function unplanned(
  { expected, failed }: Planning,
  sources: readonly PlanSource[],
  { errors, stacks }: ReviewedPlans,
): Unreviewed[] {
  const unread = new Set(errors.map(({ name }) => name));
  const known = new Set([
    ...stacks.map(({ stack }) => stack),
    ...sources.filter(({ name }) => unread.has(name)).map(({ stack }) => stack),
  ]);
  const missing = expected.filter((stack) => !known.has(stack)).sort();
  return [
    ...(failed === undefined ? [] : [{ name: 'planning', error: planningFailed(failed) }]),
    ...missing.map((stack) => ({ name: stack, error: planMissing(stack) })),
  ];
}

/** Nothing plans to destroy what such a stack has made: its state stays, and its certificates sign in. */
export function stackRemoved(stack: string): Vb365Error {
  return new Vb365Error('stack-removed', {
    subject: stack,
    message: `nothing synthesizes the stack ${stack} any more: what it has made stays in Entra, with its certificates, until a person destroys it`,
    cure: `put it back into vb365.yaml, or run "vb365 synth" and "npx cdktf destroy ${stack}" on the commit before`,
  });
}

function planningFailed(why: string): Vb365Error {
  return new Vb365Error('planning-failed', {
    subject: 'planning',
    message: `not everything could be planned: ${visible(why)}`,
    cure: 'read what the planning printed, and plan again',
  });
}

function planMissing(stack: string): Vb365Error {
  return new Vb365Error('plan-missing', {
    subject: stack,
    message: `there is no plan of the stack ${stack}, which was to be planned`,
    cure: 'read what the planning of this stack printed, and plan it again',
  });
}
