import { nameSigner } from '../../../keystore/attestation/signers';
import { visible } from '../../../words/visible';
import { listed } from '../../changes/wording';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

/** Told with every stack: each of them may be the one that is looked at. */
export function recipientsChanged({ stack }: StackPlan, { base }: ReviewContext): ReviewComplaint[] {
  if (base === undefined) return [];
  const { added, addedSigners, removed, removedSigners } = base.changes.recipients;
  const parts = [
    ...partOf(
      added.map((recipient) => visible(recipient)),
      'opens every key that is sealed from now on',
    ),
    ...partOf(
      removed.map((recipient) => visible(recipient)),
      'opens no key that is sealed from now on',
    ),
    ...partOf(addedSigners.map(nameSigner), 'attests keys from now on'),
    ...partOf(removedSigners.map(nameSigner), 'attests no keys from now on'),
  ];
  if (parts.length === 0) return [];
  return [
    {
      subject: stack,
      message: `recipients.txt is not that of ${base.name}: ${parts.join('; ')}`,
      cure: 'make sure that each of them is whom you think they are: the next renewal seals to whoever is listed',
    },
  ];
}

function partOf(names: readonly string[], what: string): string[] {
  return names.length === 0 ? [] : [`${listed(names)} ${what}`];
}
