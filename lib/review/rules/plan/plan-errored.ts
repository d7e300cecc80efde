import type { ReviewRule } from '../review-rule';

export const planErrored: ReviewRule = {
  id: 'plan-errored',
  severity: 'block',
  adjustable: false,
  sentence: 'making the plan failed halfway: what it does not show is not known to be harmless',
  source: 'https://developer.hashicorp.com/terraform/internals/json-format',
  check({ plan, stack }) {
    if (!plan.errored) return [];
    return [
      {
        subject: stack,
        message: `Terraform could not finish the plan of ${stack}: what stands here is not everything that would change`,
        cure: 'mend what "terraform plan" complains about, and plan again',
      },
    ];
  },
};
