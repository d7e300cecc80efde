import type { ReviewRuleHead } from './head';

/** Rules about the plan itself: who executes it, and what it leaves out. */
export const planRuleHeads = {
  'private-key-in-plan': {
    severity: 'block',
    adjustable: false,
    sentence: 'a private key stands in the plan: whoever reads the plan or the state can sign in with it',
    source: 'https://developer.hashicorp.com/terraform/language/state/sensitive-data',
  },
  'plan-errored': {
    severity: 'block',
    adjustable: false,
    sentence: 'making the plan failed halfway: what it does not show is not known to be harmless',
    source: 'https://developer.hashicorp.com/terraform/internals/json-format',
  },
  'plan-incomplete': {
    severity: 'block',
    adjustable: true,
    sentence:
      'the plan leaves something out, so that a further apply will be needed: what that one does is not known yet',
    source: 'https://developer.hashicorp.com/terraform/internals/json-format',
  },
  'plan-contradictory': {
    severity: 'block',
    adjustable: false,
    sentence:
      'the parts of the plan contradict each other, as no plan of Terraform does: what is told here may not be what is applied',
    source: 'https://developer.hashicorp.com/terraform/internals/json-format',
  },
  'configuration-unread': {
    severity: 'block',
    adjustable: true,
    sentence:
      'the configuration that the plan was made of has files that CDKTF does not write, so that nobody here can read them',
    source: 'https://developer.hashicorp.com/terraform/language/files',
  },
  'severity-lowered': {
    severity: 'block',
    adjustable: true,
    sentence:
      'the configuration makes less of a rule than that of the protected branch does, which is the one that counts',
    source: 'vb365.yaml',
  },
  'stack-unknown': {
    severity: 'warn',
    adjustable: true,
    sentence:
      'the plan names a stack that the configuration does not know, or another one than its file or its last apply: it may be judged by the needs of the wrong owner, or of none',
    source: 'vb365.yaml',
  },
  'provisioner-added': {
    severity: 'block',
    adjustable: true,
    sentence:
      'the configuration runs a program with the rights of whoever applies, and it is not the one that installs a certificate',
    source: 'https://developer.hashicorp.com/terraform/language/resources/provisioners/syntax',
  },
  'provider-unknown': {
    severity: 'block',
    adjustable: true,
    sentence:
      'the plan needs a provider that this library does not need: it works with the rights of whoever applies, and the plan says what it wants to say',
    source: 'https://developer.hashicorp.com/terraform/language/providers/requirements#source-addresses',
  },
  'provider-configured': {
    severity: 'block',
    adjustable: true,
    sentence:
      'a provider is told more than the tenant and the cloud of its stack, or others: it decides to whom the credentials of whoever applies are sent',
    source: 'https://registry.terraform.io/providers/hashicorp/azuread/latest/docs#argument-reference',
  },
  'backend-changed': {
    severity: 'block',
    adjustable: true,
    sentence: 'the state is kept elsewhere than vb365.yaml says',
    source: 'https://developer.hashicorp.com/terraform/language/backend',
  },
  'module-called': {
    severity: 'block',
    adjustable: true,
    sentence: 'the configuration takes in a module, which no stack of this library does',
    source: 'https://developer.hashicorp.com/terraform/language/modules/sources',
  },
  'data-source-foreign': {
    severity: 'block',
    adjustable: true,
    sentence:
      'the plan reads something that no stack of this library reads, such as the state of another stack: what it reads can end up where others see it',
    source: 'https://developer.hashicorp.com/terraform/language/data-sources',
  },
  'ephemeral-resource': {
    severity: 'block',
    adjustable: true,
    sentence: 'the configuration opens an ephemeral resource, which stands in no plan and in no state',
    source: 'https://developer.hashicorp.com/terraform/language/block/ephemeral',
  },
  'function-called': {
    severity: 'block',
    adjustable: true,
    sentence:
      'an expression calls a function that no stack of this library calls: some read files of whoever plans, or run a provider',
    source: 'https://developer.hashicorp.com/terraform/language/functions',
  },
  'check-added': {
    severity: 'block',
    adjustable: true,
    sentence: 'the configuration holds a check, which looks up what it likes at every plan and apply',
    source: 'https://developer.hashicorp.com/terraform/language/block/check',
  },
  'check-failed': {
    severity: 'warn',
    adjustable: true,
    sentence: 'a condition that the configuration asks for does not hold',
    source: 'https://developer.hashicorp.com/terraform/language/validate',
  },
  'action-invoked': {
    severity: 'block',
    adjustable: true,
    sentence:
      'the apply invokes an action of a provider, which changes something that no plan shows; this library has none',
    source: 'https://developer.hashicorp.com/terraform/language/invoke-actions',
  },
  'tenant-changed': {
    severity: 'block',
    adjustable: true,
    sentence:
      'the tenant of a stack changes: its applications are registered in the old one, and the new one does not know them',
    source: 'https://learn.microsoft.com/entra/identity-platform/app-objects-and-service-principals',
  },
  'region-changed': {
    severity: 'block',
    adjustable: true,
    sentence:
      'the region of a stack changes while its applications stay: they are registered in the cloud of the old region, and the new one does not know them',
    source: 'https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud',
  },
} as const satisfies Readonly<Record<string, ReviewRuleHead>>;
