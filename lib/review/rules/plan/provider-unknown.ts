import { listed } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function providerUnknown({ plan }: StackPlan): ReviewComplaint[] {
  const unknown = [...plan.programs.providers].filter(([name]) => !isKnown(name));
  return unknown.map(([name, uses]) => ({
    subject: name,
    message: `the provider ${name} ${name.endsWith(EXTERNAL) ? 'runs any program' : "is none of HashiCorp's"}, and works with the rights of whoever applies: ${listed([...uses])}`,
    cure: 'find out who wants this provider, and what it does; this library needs registry.terraform.io/hashicorp/azuread alone',
  }));
}

const BUILT_IN = 'terraform.io/builtin/terraform';
/** In the registries of Terraform and of OpenTofu. */
const PUBLISHED = /^registry\.(?:terraform\.io|opentofu\.org)\/hashicorp\/[a-z0-9-]+$/;
/** It is there to run programs, also while planning. */
const EXTERNAL = '/external';

function isKnown(name: string): boolean {
  return name === BUILT_IN || (PUBLISHED.test(name) && !name.endsWith(EXTERNAL));
}
