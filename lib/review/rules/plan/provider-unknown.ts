import { listed } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';

export const providerUnknown: ReviewRule = {
  id: 'provider-unknown',
  severity: 'block',
  adjustable: true,
  sentence:
    'a provider comes from another publisher than HashiCorp, or is made to run programs: it works with the rights of whoever applies, and the plan says what it wants to say',
  source: 'https://developer.hashicorp.com/terraform/language/providers/requirements#source-addresses',
  check({ plan }) {
    const unknown = [...plan.programs.providers].filter(([name]) => !isKnown(name));
    return unknown.map(([name, uses]) => ({
      subject: name,
      message: `the provider ${name} ${name.endsWith(EXTERNAL) ? 'runs any program' : "is none of HashiCorp's"}, and works with the rights of whoever applies: ${listed([...uses])}`,
      cure: 'find out who wants this provider, and what it does; this library needs registry.terraform.io/hashicorp/azuread alone',
    }));
  },
};

const BUILT_IN = 'terraform.io/builtin/terraform';
/** In the registries of Terraform and of OpenTofu. */
const PUBLISHED = /^registry\.(?:terraform\.io|opentofu\.org)\/hashicorp\/[a-z0-9-]+$/;
/** It is there to run programs, also while planning. */
const EXTERNAL = '/external';

function isKnown(name: string): boolean {
  return name === BUILT_IN || (PUBLISHED.test(name) && !name.endsWith(EXTERNAL));
}
