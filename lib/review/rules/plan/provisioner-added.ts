import { listed } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';
import { counted } from '../../../words/counted';

export const provisionerAdded: ReviewRule = {
  id: 'provisioner-added',
  severity: 'block',
  adjustable: true,
  sentence:
    'the configuration runs a program with the rights of whoever applies, and it is not the one that installs a certificate',
  source: 'https://developer.hashicorp.com/terraform/language/resources/provisioners/syntax',
  check({ plan, stack }) {
    const unknown = plan.programs.provisioners.filter(({ isInstaller }) => !isInstaller);
    if (unknown.length === 0) return [];
    const addresses = [...new Set(unknown.map(({ address, type }) => `${address} (${type})`))];
    return [
      {
        subject: stack,
        message: `${counted(addresses.length, 'resource')} of ${stack} ${addresses.length === 1 ? 'runs' : 'run'} something else than "vb365 install" with the rights of whoever applies: ${listed(addresses)}`,
        cure: 'take the provisioner out of the configuration, or read what it runs',
      },
    ];
  },
};
