import { listed } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function providerUnknown({ plan }: StackPlan): ReviewComplaint[] {
  const unknown = [...plan.programs.providers].filter(([name]) => !KNOWN.test(name));
  return unknown.map(([name, uses]) => ({
    subject: name,
    message: `the provider ${name} is none that this library needs, and works with the rights of whoever applies: ${listed([...uses])}`,
    cure: 'find out who wants this provider, and what it does; this library needs registry.terraform.io/hashicorp/azuread alone',
  }));
}

/** In the registries of Terraform and of OpenTofu, and what is built into both. */
const KNOWN = /^(?:registry\.(?:terraform\.io|opentofu\.org)\/hashicorp\/azuread|terraform\.io\/builtin\/terraform)$/;
