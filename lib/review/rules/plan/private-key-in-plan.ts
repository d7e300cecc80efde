import type { PrivateKeyPlace } from '../../../plan/private-keys';
import { listed } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';
import { counted } from '../../../words/counted';

export function privateKeyInPlan({ plan: { privateKeys }, stack }: StackPlan): ReviewComplaint[] {
  const [first] = privateKeys;
  if (first === undefined) return [];
  return [
    {
      subject: stack,
      message: `private key material stands in ${counted(privateKeys.length, 'place')} of the plan: ${listed(privateKeys.map(formatPlace))}; it is in the plan file, and will be in the state`,
      cure: 'take it out of the configuration, delete the plan file and every copy of it, and replace the certificate: its key is no longer secret',
    },
  ];
}

function formatPlace({ address, path }: PrivateKeyPlace): string {
  return path === '' ? address : `${address}: ${path}`;
}
