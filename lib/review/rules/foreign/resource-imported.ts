import { knownType } from '../../stack/own-types';
import type { ResourceChange } from '../../../plan/plan';
import { listed } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

/** What an application that is looked up asks for already is taken over when it is adopted. */
export function resourceImported(stack: StackPlan): ReviewComplaint[] {
  const imported = stack.plan.changes.filter((change) => change.imported && !isAdopted(change, stack));
  if (imported.length === 0) return [];
  return [
    {
      subject: stack.stack,
      message: `what is there already becomes a part of ${stack.stack}, which changes and destroys it from now on: ${listed(imported.map(({ address }) => address))}`,
      cure: 'make sure that it is what the stack has made; an application of others is adopted by its clientId in vb365.yaml',
    },
  ];
}

function isAdopted(change: ResourceChange, { applications }: StackPlan): boolean {
  const holder = knownType(change)?.holder;
  const application = holder === undefined ? undefined : applications.of(change, holder);
  const isPart = change.type !== 'azuread_service_principal';
  return isPart && application !== undefined && !application.owned && !application.foreign;
}
