import type { Configuration } from '../../config/configuration';
import { objectOf, textOf } from '../../plan/json-values';
import type { ResourceChange } from '../../plan/plan';
import type { ReviewContext, StackPlan } from '../stack/stack-plan';

/** Object ids by which the tenant knows the identity that the configuration names for the stack; it looks the identity up. */
export function deployIdentityIds({ owner, plan }: StackPlan): ReadonlySet<string> {
  const named = owner?.configuration.deployIdentity?.clientId;
  const found = [...plan.dataSources].filter(
    ([address, values]) => address.startsWith(SERVICE_PRINCIPAL) && named !== undefined && values.client_id === named,
  );
  return new Set(found.flatMap(([, values]) => textOf(values.object_id) ?? []));
}

const SERVICE_PRINCIPAL = 'data.azuread_service_principal.';

/** Whether the protected branch names that identity as well: what a change names itself is worth knowing. */
export function isNamedByBase({ owner }: StackPlan, { base }: ReviewContext): boolean {
  if (base === undefined) return true;
  const named = owner?.configuration.deployIdentity?.clientId;
  return base.configuration !== undefined && namedIn(base.configuration).includes(named);
}

function namedIn({ dataCloud, installations, organizations }: Configuration): (string | undefined)[] {
  return [...installations, ...organizations, ...dataCloud].map(({ deployIdentity }) => deployIdentity?.clientId);
}

/** Addresses of what makes an owner of the identity, and of what remembers who was one. */
export function deployOwnerAddresses(stack: StackPlan): string[] {
  const ids = deployIdentityIds(stack);
  return stack.plan.changes
    .filter((change) => isFirstOwners(change) || isAddedOwner(change, ids))
    .map(({ address }) => address);
}

/** It runs nothing; what it holds decides about the owner alone. */
function isFirstOwners({ after, before, effect, managed, type }: ResourceChange): boolean {
  const input = objectOf((effect === 'destroy' || effect === 'forget' ? before : after).input);
  return managed && type === 'terraform_data' && Object.keys(input).join() === 'first_owners';
}

function isAddedOwner({ after, effect, managed, type }: ResourceChange, ids: ReadonlySet<string>): boolean {
  const isAdded = effect === 'none' || effect === 'create';
  return managed && type === 'azuread_application_owner' && isAdded && ids.has(textOf(after.owner_object_id) ?? '');
}
