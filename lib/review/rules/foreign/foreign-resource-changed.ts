import { groupBy } from '../../../words/lists';
import { isOwnType } from '../../stack/own-types';
import type { Effect, Plan, ResourceChange } from '../../../plan/plan';
import { addedOwners } from '../application/application-owner-added';
import { isClientSecret } from '../../changes/client-secrets';
import { deployOwnerAddresses } from '../../changes/deploy-identity';
import { isFederatedCredential } from '../credential/federated-credential';
import { listed } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';
import { counted } from '../../../words/counted';

/** What this library makes, and what other rules tell, is left out. */
export function foreignResourceChanged(stack: StackPlan): ReviewComplaint[] {
  const { installations, installers, plan } = stack;
  const addresses = [...installations, ...installers].map(({ address }) => address);
  const ours = new Set([...addresses, ...deployOwnerAddresses(stack)]);
  const foreign = foreignChanges(plan).filter(({ address }) => !ours.has(address));
  const byType = groupBy(foreign, ({ type }) => type);
  return Array.from(byType, ([type, changes]) => ({
    subject: type,
    message: `${counted(changes.length, 'resource')} of type ${type}, which this library does not make, ${verbOf(changes)}: ${listed(changes.map(({ address }) => address))}`,
    cure: 'read that part of the plan itself',
  }));
}

const VERBS: Readonly<Partial<Record<Effect, string>>> = {
  create: 'created',
  update: 'changed',
  replace: 'replaced',
  destroy: 'destroyed',
};

function foreignChanges({ changes }: Plan): ResourceChange[] {
  return changes.filter((change) => change.managed && change.effect in VERBS && !isOwnType(change) && !isTold(change));
}

function isTold(change: ResourceChange): boolean {
  return isClientSecret(change) || isFederatedCredential(change) || addedOwners(change).length > 0;
}

/** `are created, destroyed` */
function verbOf(changes: readonly ResourceChange[]): string {
  const verbs = Object.entries(VERBS).filter(([effect]) => changes.some((change) => change.effect === effect));
  return `${changes.length === 1 ? 'is' : 'are'} ${verbs.map(([, verb]) => verb).join(' or ')}`;
}
