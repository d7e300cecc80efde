import { fullDays } from '../../../words/days';
import { formatInstant } from '../../../words/instant';
import { credentialName } from '../../changes/credentials';
import { judgeRemovals } from '../../changes/removed-credentials';
import { applicationOf } from '../../changes/wording';
import type { ReviewRule } from '../review-rule';
import { counted } from '../../../words/counted';

export const credentialRetiredEarly: ReviewRule = {
  id: 'credential-retired-early',
  severity: 'warn',
  adjustable: true,
  sentence:
    'a superseded certificate leaves before its successor has been valid for retireAfterDays: a product that still uses it can no longer sign in',
  source: 'certificates.retireAfterDays of vb365.yaml',
  check(stack, { at }) {
    return judgeRemovals(stack, at).early.map(({ credential, isNew, retireAfterDays, successor }) => ({
      subject: credentialName(credential),
      message: `the certificate ${credentialName(credential)} leaves ${applicationOf(stack, credential.application)} although its successor ${isNew ? 'comes with the same apply' : `is valid only since ${formatInstant(successor.notBefore)}`}: both overlap for ${isNew ? '0 days' : fullDays(successor.notBefore, at)}, where ${counted(retireAfterDays, 'day')} are asked for`,
      cure: 'make sure that the product uses the successor, or wait: "vb365 retire" takes the old one away in time',
    }));
  },
};
