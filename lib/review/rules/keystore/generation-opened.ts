import { nameSigner } from '../../../keystore/attestation/signers';
import { formatInstant } from '../../../words/instant';
import { nameOf, followingGenerations } from '../../changes/new-generations';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function generationOpened(stack: StackPlan, context: ReviewContext): ReviewComplaint[] {
  return followingGenerations(stack, context).flatMap((one) => {
    if (one.opening.kind !== 'opened') return [];
    return {
      subject: one.generation.lineage,
      message: `${nameOf(one)} (${one.generation.certificate.thumbprint}) is new; its key was opened by ${nameSigner(one.opening.by)} at ${formatInstant(one.opening.at)}`,
      cure: 'make sure that you know who has committed it ("git log" says it)',
    };
  });
}
