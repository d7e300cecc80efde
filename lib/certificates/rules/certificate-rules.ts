import { authorityAsLeaf } from './authority-as-leaf';
import type { CertificateRule } from './certificate-rule';
import { expired } from './expired';
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

/** Every rule about a certificate, in the order in which findings are told: key, signature, validity, fitness for the role. */
export const certificateRules: readonly CertificateRule[] = [
  notRsa,
  keyTooSmall,
  md5Signature,
  sha1SignatureByAuthority,
  sha1SelfSignature,
  expired,
  notYetValid,
  shortValidity,
  nameMismatch,
  noAlternativeNames,
  usageMismatch,
  authorityAsLeaf,
];
