import { unknownPaths } from '../../stack/changed-attributes';
import { withoutInstanceKeys } from '../../../plan/instance-address';
import { knownType } from '../../stack/own-types';
import type { ResourceChange } from '../../../plan/plan';
import type { StackPlan } from '../../stack/stack-plan';
import { holderStays } from './attribute-not-judged';
import { listed } from '../../changes/wording';
import type { ReviewComplaint } from '../review-rule';

/** Ids of what the same apply makes are no news: what they refer to is known. */
export function attributeUnknown(stack: StackPlan): ReviewComplaint[] {
  return stack.plan.changes.flatMap((change) => {
    const attributes = unknownAttributes(change, stack);
    if (attributes.length === 0 || !holderStays(stack, change)) return [];
    return {
      subject: change.address,
      message: `${listed(attributes)} of ${change.address} ${attributes.length === 1 ? 'is' : 'are'} known only after the apply: what it will allow cannot be judged now`,
      cure: 'apply first what it depends on, and plan again; or write the value itself',
    };
  });
}

function unknownAttributes(change: ResourceChange, { applications, plan }: StackPlan): string[] {
  const type = knownType(change);
  if (type === undefined || !change.managed) return [];
  const configured = plan.expressions.get(withoutInstanceKeys(change.address));
  const references = new Set([...(type.references ?? []), ...(type.holder === undefined ? [] : [type.holder])]);
  const unknown = unknownPaths(change).filter((path) => {
    const [attribute = path] = path.split('.');
    if (type.computed.includes(attribute) || type.toldUnknown?.includes(attribute) === true) return false;
    if (references.has(attribute) && applications.isOfMade(change, attribute)) return false;
    // The provider fills in what nobody has configured.
    return change.effect === 'update' || configured === undefined || attribute in configured;
  });
  return [...unknown, ...[...references].filter((attribute) => isNothing(change, attribute))];
}

/** Nothing can be given to nobody: what stands there is not known, whatever the plan says. */
function isNothing({ after, before, effect, unknown }: ResourceChange, attribute: string): boolean {
  if (effect !== 'create' && effect !== 'update' && effect !== 'replace') return false;
  return (
    attribute in after &&
    unknown[attribute] !== true &&
    (after[attribute] ?? '') === '' &&
    before[attribute] !== after[attribute]
  );
}
