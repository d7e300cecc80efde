import { authorityAsLeaf } from './authority-as-leaf';
import type { CertificateCheck, CertificateRule } from './certificate-rule';
import { certificateRuleHeads, type CertificateRuleId, certificateRuleIds } from './certificate-rule-heads';
import { expired } from './expired';
import { keyBelowPolicy } from './key-below-policy';
import { keyTooSmall } from './key-too-small';
import { md5Signature } from './md5-signature';
import { nameMismatch } from './name-mismatch';
import { noAlternativeNames } from './no-alternative-names';
import { notRsa } from './not-rsa';
import { notYetValid } from './not-yet-valid';
import { sha1SelfSignature } from './sha1-self-signature';
import { sha1SignatureByAuthority } from './sha1-signature-by-authority';
import { shortValidity } from './short-validity';
import { usageMismatch } from './usage-mismatch';

const checks: Readonly<Record<CertificateRuleId, CertificateCheck>> = {
  'certificate-not-rsa': notRsa,
  'certificate-key-too-small': keyTooSmall,
  'certificate-key-below-policy': keyBelowPolicy,
  'certificate-md5-signature': md5Signature,
  'certificate-sha1-signature-by-authority': sha1SignatureByAuthority,
  'certificate-sha1-self-signature': sha1SelfSignature,
  'certificate-expired': expired,
  'certificate-not-yet-valid': notYetValid,
  'certificate-short-validity': shortValidity,
  'certificate-name-mismatch': nameMismatch,
  'certificate-no-alternative-names': noAlternativeNames,
  'certificate-usage-mismatch': usageMismatch,
  'certificate-authority-as-leaf': authorityAsLeaf,
};

/** Every rule about a certificate, in the order of their heads. */
export const certificateRules: readonly CertificateRule[] = certificateRuleIds.map((id) => ({
  id,
  ...certificateRuleHeads[id],
  check: checks[id],
}));
