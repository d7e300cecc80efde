import type { ReviewRule } from '../review-rule';

/** A plan that failed is incomplete too; that is told by the rule about it. */
export const planIncomplete: ReviewRule = {
  id: 'plan-incomplete',
  severity: 'block',
  adjustable: true,
  sentence:
    'the plan leaves something out, so that a further apply will be needed: what that one does is not known yet',
  source: 'https://developer.hashicorp.com/terraform/internals/json-format',
  check({ plan, stack }) {
    if (plan.complete || plan.errored) return [];
    return [
      {
        subject: stack,
        message: `the plan of ${stack} leaves changes out (-target, or what Terraform had to defer): nobody has seen what the next one will do`,
        cure: 'plan again without -target, after what it depends on has been applied',
      },
    ];
  },
};
