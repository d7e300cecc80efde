import type { ReviewRuleHead } from './head';

/** Rules about what is not ours, and what no other rule reads. */
export const foreignRuleHeads = {
  drift: {
    severity: 'warn',
    adjustable: true,
    sentence:
      'somebody has changed or deleted outside of Terraform what the configuration says, and the apply writes it back; or has let somebody in where it says nothing, and no apply takes that back',
    source: 'https://developer.hashicorp.com/terraform/tutorials/state/resource-drift',
  },
  'foreign-resource-changed': {
    severity: 'block',
    adjustable: true,
    sentence: 'the plan changes resources that this library does not make: no rule here knows what comes of it',
    source: 'https://registry.terraform.io/providers/hashicorp/azuread/latest/docs',
  },
  'foreign-principal': {
    severity: 'block',
    adjustable: true,
    sentence:
      'something is given to a principal or an application that the stack does not know: nobody here can say who acts with it',
    source: 'https://attack.mitre.org/techniques/T1098/003/',
  },
  'resource-imported': {
    severity: 'block',
    adjustable: true,
    sentence: 'what is there already becomes a part of the stack, which changes and destroys it from now on',
    source: 'https://developer.hashicorp.com/terraform/language/import',
  },
  'attribute-unknown': {
    severity: 'block',
    adjustable: true,
    sentence: 'something that the configuration asks for is known only after the apply: nobody can judge it now',
    source: 'https://developer.hashicorp.com/terraform/internals/json-format',
  },
  'attribute-not-judged': {
    severity: 'block',
    adjustable: true,
    sentence: 'an attribute changes that no other rule reads: nobody here can say what comes of it',
    source: 'https://registry.terraform.io/providers/hashicorp/azuread/latest/docs',
  },
  'description-changed': {
    severity: 'note',
    adjustable: true,
    sentence:
      'something changes that only people read, or Terraform itself: a description, notes, tags, the address of a help page',
    source: 'https://registry.terraform.io/providers/hashicorp/azuread/latest/docs/resources/application',
  },
  'deposed-destroyed': {
    severity: 'warn',
    adjustable: true,
    sentence:
      'what an earlier apply has replaced and could not destroy is destroyed now: the live resource at the same address stays',
    source: 'https://developer.hashicorp.com/terraform/internals/json-format',
  },
  'resource-forgotten': {
    severity: 'warn',
    adjustable: true,
    sentence:
      'Terraform lets go of resources without destroying them: they stay in Entra, and no plan shows them any more',
    source: 'https://developer.hashicorp.com/terraform/language/resources/syntax#removing-resources',
  },
} as const satisfies Readonly<Record<string, ReviewRuleHead>>;
