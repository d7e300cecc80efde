import type { Opening } from '../../../keystore/attestation/check-attestations';
import { nameSigner } from '../../../keystore/attestation/signers';
import { nameOf, followingGenerations } from '../../changes/new-generations';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function generationUnopened(stack: StackPlan, context: ReviewContext): ReviewComplaint[] {
  return followingGenerations(stack, context).flatMap((one) => {
    const why = reasonOf(one.opening);
    if (why === undefined) return [];
    return {
      subject: one.generation.lineage,
      message: `${nameOf(one)} (${one.generation.certificate.thumbprint}) is new, and nobody has opened its key${why}: whose it is, nobody has seen`,
      cure: 'let somebody with an identity run "vb365 audit" on this branch and commit what it writes, and make sure that you know who has committed the certificate ("git log" says it)',
    };
  });
}

/** Undefined where somebody has, and their signature counts. */
function reasonOf(opening: Opening): string | undefined {
  switch (opening.kind) {
    case 'opened':
      return undefined;
    case 'resealed':
      return ` since it was sealed anew (${nameSigner(opening.by)} had before)`;
    case 'unknown-signer':
      return ` but ${opening.signer}, whose signature does not count in the protected branch`;
    case 'invalid':
      return ` (the attestation ${opening.reason})`;
    case 'unopened':
      return '';
  }
}
