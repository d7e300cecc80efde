import type { ResourceChange } from '../../../plan/plan';
import type { StackPlan } from '../../stack/stack-plan';
import { listed } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';
import { counted } from '../../../words/counted';

/** Lists that the provider empties when it destroys them, whoever else put something into them. */
const LISTS: ReadonlySet<string> = new Set(['azuread_application_api_access', 'azuread_application_redirect_uris']);

export const adoptedApplicationEmptied: ReviewRule = {
  id: 'adopted-application-emptied',
  severity: 'block',
  adjustable: true,
  sentence:
    'permissions or redirect URIs move from an application that was there already to another one: Terraform takes from the former what others gave it, too',
  source: 'https://registry.terraform.io/providers/hashicorp/azuread/latest/docs/resources/application_api_access',
  check(stack) {
    const emptied = stack.plan.changes.filter((change) => isEmptied(change, stack));
    if (emptied.length === 0) return [];
    return [
      {
        subject: stack.stack,
        message: `${counted(emptied.length, 'list')} of an application that was there already ${emptied.length === 1 ? 'is' : 'are'} destroyed, with what others put there, and made anew for another application: ${listed(emptied.map(({ address }) => address))}`,
        cure: 'apply with the application that was there first, by this version of cdktf-vb365, and put the other one in its place in a change of its own',
      },
    ];
  },
};

/** The lists of an application that the stack itself made go with it. */
function isEmptied(change: ResourceChange, { applications }: StackPlan): boolean {
  if (!change.managed || change.deposed || change.effect !== 'replace' || !LISTS.has(change.type)) return false;
  if (change.before.application_id === change.after.application_id) return false;
  return applications.before(change, 'application_id')?.owned !== true;
}
