import type { ResourceChange } from '../../../plan/plan';
import type { StackPlan } from '../../stack/stack-plan';
import { listed } from '../../changes/wording';
import type { ReviewComplaint } from '../review-rule';
import { counted } from '../../../words/counted';

/** Lists that the provider empties when it destroys them, whoever else put something into them. */
const LISTS: ReadonlySet<string> = new Set(['azuread_application_api_access', 'azuread_application_redirect_uris']);

export function adoptedApplicationEmptied(stack: StackPlan): ReviewComplaint[] {
  const emptied = stack.plan.changes.filter((change) => isEmptied(change, stack));
  if (emptied.length === 0) return [];
  return [
    {
      subject: stack.stack,
      message: `${counted(emptied.length, 'list')} of an application that was there already ${emptied.length === 1 ? 'is' : 'are'} destroyed, with what others put there: ${listed(emptied.map(({ address }) => address))}`,
      cure: 'keep them declared as they are; another application takes its place in a change of its own, after one that this version of cdktf-vb365 has applied, and to give them up, let Terraform forget them ("terraform state rm")',
    },
  ];
}

/** The lists of an application that the stack itself made go with it. */
function isEmptied(change: ResourceChange, { applications }: StackPlan): boolean {
  if (!change.managed || change.deposed || !LISTS.has(change.type)) return false;
  const isMoved = change.effect === 'replace' && change.before.application_id !== change.after.application_id;
  if (change.effect !== 'destroy' && !isMoved) return false;
  return applications.before(change, 'application_id')?.owned !== true;
}
