import type { PlannedApplication } from '../stack/application';
import type { StackPlan } from '../stack/stack-plan';
import { shortList } from '../../words/lists';

/** More of them in one sentence would hide what it says. */
const MOST_LISTED = 20;

/** `a, b, c and 4 more` */
export function listed(names: readonly string[]): string {
  return shortList(names, MOST_LISTED);
}

/** `the application VB365 contoso`; that of the owner where another stack has it. */
export function applicationOf(stack: StackPlan, application: PlannedApplication | undefined): string {
  if (application === undefined) return `the application of ${ownerName(stack)}`;
  return application.foreign
    ? `the ${application.displayName} that this stack does not know`
    : `the application ${application.displayName}`;
}

/** Name of the application; that of the stack where another one has it. */
export function subjectOf(stack: StackPlan, application: PlannedApplication | undefined): string {
  return application?.displayName ?? stack.stack;
}

/** `contoso`, also for its stack `contoso-consent`. */
export function ownerName({ owner, stack }: StackPlan): string {
  return owner?.configuration.name ?? stack;
}

/** What no longer works when the product cannot sign in as an application of the stack. */
export function whatStops(stack: StackPlan): string {
  const name = ownerName(stack);
  switch (stack.owner?.kind) {
    case 'organization':
      return `every backup and restore of ${name}`;
    case 'installation':
      return `every sign-in to Restore Portal of ${name}`;
    case 'data-cloud':
      return `every backup and restore of ${name} in Veeam Data Cloud`;
    case undefined:
      return 'every sign-in with it';
  }
}
