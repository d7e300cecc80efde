import { listed } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';
import { counted } from '../../../words/counted';

export function provisionerAdded({ plan, stack }: StackPlan): ReviewComplaint[] {
  const unknown = plan.programs.provisioners.filter(({ isInstaller }) => !isInstaller);
  const removed = plan.written?.removedProvisioners ?? [];
  const addresses = [...new Set([...unknown.map(({ address, type }) => `${address} (${type})`), ...removed])];
  if (addresses.length === 0) return [];
  return [
    {
      subject: stack,
      message: `${counted(addresses.length, 'resource')} of ${stack} ${addresses.length === 1 ? 'runs' : 'run'} something else than "vb365 install" with the rights of whoever applies: ${listed(addresses)}`,
      cure: 'take the provisioner out of the configuration, or read what it runs',
    },
  ];
}
