import type { Plan, ResourceChange } from '../../../plan/plan';
import { driftedAttributes } from '../../changes/drifted-attributes';
import { unconfiguredDrift } from '../../changes/unconfigured-drift';
import { listed } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';
import { counted } from '../../../words/counted';

/** What the provider merely reads anew is no news: computed attributes, and lists that other resources fill. */
export function drift({ plan, stack }: StackPlan): ReviewComplaint[] {
  return [
    ...deletions(plan, stack),
    ...plan.drift.flatMap((resource) => [...changeOf(resource, plan), ...additionTo(resource, plan)]),
  ];
}

/** Told at once: with an application, everything of it is gone. */
function deletions({ drift: drifted }: Plan, stack: string): ReviewComplaint[] {
  const addresses = drifted.filter(({ effect }) => effect === 'destroy').map(({ address }) => address);
  if (addresses.length === 0) return [];
  return [
    {
      subject: stack,
      message: `${counted(addresses.length, 'resource')} of ${stack} ${addresses.length === 1 ? 'was' : 'were'} deleted outside of Terraform: ${listed(addresses)}`,
      cure: 'find out who deleted what and why, before the apply makes it anew',
    },
  ];
}

function changeOf(resource: ResourceChange, plan: Plan): ReviewComplaint[] {
  const { address, effect } = resource;
  const attributes = effect === 'destroy' ? [] : driftedAttributes(resource, plan);
  if (attributes.length === 0) return [];
  return [
    {
      subject: address,
      message: `${address} was changed outside of Terraform: ${listed(attributes)} is no longer what the configuration says`,
      cure: 'find out who changed it and why: put it into vb365.yaml, or let the apply write it back',
    },
  ];
}

function additionTo(resource: ResourceChange, plan: Plan): ReviewComplaint[] {
  const attributes = unconfiguredDrift(resource, plan);
  if (attributes.length === 0) return [];
  const { address } = resource;
  return [
    {
      subject: address,
      message: `${address} was changed outside of Terraform: ${listed(attributes)}, of which the configuration says nothing, so that no apply takes it back`,
      cure: 'find out who changed it and why, and undo in Entra what nobody needs',
    },
  ];
}
