import type { Severity } from '../../findings';

/** What is said of a rule about certificates; what it finds is said by its check, in a file of its own. */
export interface CertificateRuleHead {
  /** That of each finding it makes; no configuration changes it. */
  readonly severity: Severity;
  /** Whether a person may accept what it finds, because the certificate can work all the same. */
  readonly acceptable: boolean;
  /** One lower-case sentence for the documentation: what is wrong, and what comes of it. */
  readonly sentence: string;
  /** Where the rule comes from. */
  readonly source: string;
}

/**
 * Every rule about a certificate by its id, which people write after `--accept` and which stands in keystores. In the order
 * in which findings are told: key, signature, validity, fitness for the role.
 */
export const certificateRuleHeads = {
  'certificate-not-rsa': {
    severity: 'error',
    acceptable: false,
    sentence:
      'the key is not RSA, the only kind that Microsoft Entra ID takes and that Exchange Online finds in a Windows CSP',
    source: 'https://learn.microsoft.com/en-us/powershell/exchange/app-only-auth-powershell-v2',
  },
  'certificate-key-too-small': {
    severity: 'error',
    acceptable: false,
    sentence: 'the RSA key is shorter than 2048 bits, which Windows and current TLS clients refuse',
    source: 'https://learn.microsoft.com/en-us/entra/identity-platform/howto-create-self-signed-certificate',
  },
  'certificate-key-below-policy': {
    severity: 'error',
    acceptable: true,
    sentence: 'the RSA key is shorter than the policy of its lineage asks for',
    source: 'certificates.keySize of vb365.yaml',
  },
  'certificate-md5-signature': {
    severity: 'error',
    acceptable: false,
    sentence: 'the signature is made with MD5 or an older hash, for which anybody can make a second certificate',
    source: 'https://www.rfc-editor.org/rfc/rfc6151#section-2',
  },
  'certificate-sha1-signature-by-authority': {
    severity: 'error',
    acceptable: false,
    sentence: 'a certification authority has signed with SHA-1: Windows and browsers no longer trust such a chain',
    source: 'https://www.rfc-editor.org/rfc/rfc9155',
  },
  'certificate-sha1-self-signature': {
    severity: 'error',
    acceptable: true,
    sentence: 'a self-signed certificate is signed with SHA-1, as old tools did: it works where it is trusted already',
    source: 'https://www.rfc-editor.org/rfc/rfc9155',
  },
  'certificate-expired': {
    severity: 'error',
    acceptable: false,
    sentence: 'the certificate has expired: sign-ins with it fail with AADSTS700027, and TLS clients refuse it',
    source: 'https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5',
  },
  'certificate-not-yet-valid': {
    severity: 'error',
    acceptable: false,
    sentence: 'the certificate is not valid yet: it would replace one that works by one that does not',
    source: 'https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5',
  },
  'certificate-short-validity': {
    severity: 'error',
    acceptable: true,
    sentence:
      'the certificate expires within the days that its policy asks for, so that it would have to be renewed at once',
    source: 'certificates.renewBeforeDays of vb365.yaml',
  },
  'certificate-name-mismatch': {
    severity: 'error',
    acceptable: true,
    sentence: 'the certificate of a TLS server does not name every host that clients connect to',
    source: 'https://www.rfc-editor.org/rfc/rfc6125#section-6.4',
  },
  'certificate-no-alternative-names': {
    severity: 'warning',
    acceptable: true,
    sentence:
      'the certificate of a TLS server names its host in the common name only, which browsers no longer look at',
    source: 'https://www.rfc-editor.org/rfc/rfc9525#appendix-A',
  },
  'certificate-usage-mismatch': {
    severity: 'error',
    acceptable: true,
    sentence: 'the key usage or extended key usage of the certificate leaves out what its role needs',
    source: 'https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.12',
  },
  'certificate-authority-as-leaf': {
    severity: 'warning',
    acceptable: true,
    sentence:
      'the certificate is one of a certification authority: whoever holds its key can issue certificates for any host to all that trust it',
    source: 'https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.9',
  },
} as const satisfies Readonly<Record<`certificate-${string}`, CertificateRuleHead>>;

/** Key of `certificateRuleHeads`, listed in docs/rules.md: `certificate-key-too-small`. */
export type CertificateRuleId = keyof typeof certificateRuleHeads;

export const certificateRuleIds = Object.keys(certificateRuleHeads) as readonly CertificateRuleId[];
