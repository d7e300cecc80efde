import type { Severity } from '../../findings';
import type { Certificate } from '../certificate';
import type { CertificateProfile } from '../profile';

/** What a rule may look at. */
export interface CertificateRuleInput {
  readonly certificate: Certificate;
  /** What the role asks for. @default none: rules about names and usages have nothing to say */
  readonly profile?: CertificateProfile;
  /** The moment to judge for. */
  readonly at: Date;
  /** Days that the certificate must last from `at`. @default none: any remaining time will do */
  readonly minimumValidityDays?: number;
}

/** What a rule says when it fires. */
interface CertificateComplaint {
  /** One lower-case sentence with the value received and the values allowed. */
  readonly message: string;
  /** What to do about it, as an imperative. */
  readonly cure: string;
}

/** Something that can be wrong with a certificate: a pure function, with what the documentation says about it. */
export interface CertificateRule {
  /** Stable, kebab case, begins with `certificate-`: people write it after `--accept`, and it stands in keystores. */
  readonly id: string;
  readonly severity: Severity;
  /** Whether a person may accept what it finds, because the certificate can work all the same. */
  readonly acceptable: boolean;
  /** One lower-case sentence for the documentation: what is wrong, and what comes of it. */
  readonly sentence: string;
  /** Where the rule comes from. */
  readonly source: string;
  /** Undefined where there is nothing to say. */
  check(input: CertificateRuleInput): CertificateComplaint | undefined;
}
