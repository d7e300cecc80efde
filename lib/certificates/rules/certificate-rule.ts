import type { Certificate } from '../certificate';
import type { CertificateProfile } from '../profile';
import type { CertificateRuleHead, CertificateRuleId } from './certificate-rule-heads';

/** What a rule may look at. */
export interface CertificateRuleInput {
  /** Judged by what it says itself: neither its issuers nor revocation lists are asked. */
  readonly certificate: Certificate;
  /** What the role asks for. @default none: rules about names and usages have nothing to say */
  readonly profile?: CertificateProfile;
  /** The moment to judge for. */
  readonly at: Date;
  /** Days that the certificate must last from `at`. @default none: any remaining time will do */
  readonly minimumValidityDays?: number;
  /** Bits that an RSA key must have. @default none: what `certificate-key-too-small` says alone */
  readonly minimumKeySize?: number;
}

/** What a rule says when it fires. */
export interface CertificateComplaint {
  /** One lower-case sentence with the value received and the values allowed. */
  readonly message: string;
  /** What to do about it, as an imperative. */
  readonly cure: string;
}

/** Undefined where there is nothing to say. A pure function. */
export type CertificateCheck = (input: CertificateRuleInput) => CertificateComplaint | undefined;

/** Something that can be wrong with a certificate. */
export interface CertificateRule extends CertificateRuleHead {
  /** Becomes that of the findings. */
  readonly id: CertificateRuleId;
  /** Its complaint becomes a finding, with the id and the severity of the rule. */
  readonly check: CertificateCheck;
}
