import { registration, type StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

/** An application lives in the cloud it was made in; only a new one can live elsewhere. */
export function regionChanged({ plan, stack }: StackPlan): ReviewComplaint[] {
  const { after, before } = registration(plan);
  if (before.region === undefined || after.region === undefined || before.region === after.region) return [];
  return [
    {
      subject: stack,
      message: `the region changes from ${before.region} to ${after.region}, and the applications of ${stack} are registered in ${before.region}: every sign-in and the next plan fail`,
      cure: 'give the organization in the new region a name of its own in vb365.yaml, deploy it, and remove the old one once its backups have moved',
    },
  ];
}
