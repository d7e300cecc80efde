import type { ReviewRuleHead } from './head';

/** Rules about key credentials. */
export const credentialRuleHeads = {
  'client-secret': {
    severity: 'block',
    adjustable: true,
    sentence: 'a client secret is made: Terraform keeps it in the state, and whoever reads that can sign in with it',
    source: 'https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration',
  },
  'federated-credential': {
    severity: 'block',
    adjustable: true,
    sentence:
      'a federated identity credential is made: whoever gets a token of that issuer and subject signs in as the application, without its certificate',
    source: 'https://learn.microsoft.com/entra/workload-id/workload-identity-federation',
  },
  'credential-current-removed': {
    severity: 'block',
    adjustable: true,
    sentence: 'the certificate that the product signs in with is taken away from its application: every sign-in fails',
    source: 'https://learn.microsoft.com/entra/identity-platform/reference-error-codes',
  },
  'credential-last-valid-removed': {
    severity: 'block',
    adjustable: true,
    sentence: 'no valid certificate remains on an application: nothing can sign in as it',
    source: 'https://learn.microsoft.com/entra/identity-platform/certificate-credentials',
  },
  'credential-replaced': {
    severity: 'block',
    adjustable: true,
    sentence:
      'a key credential is replaced in place: the old certificate goes before the server uses the new one, which is an outage',
    source: 'https://github.com/hashicorp/terraform-provider-azuread/issues/1549',
  },
  'credential-unreadable': {
    severity: 'block',
    adjustable: true,
    sentence:
      'what is added as a key credential is not a certificate: Entra refuses it, or nothing can sign in with it',
    source: 'https://registry.terraform.io/providers/hashicorp/azuread/latest/docs/resources/application_certificate',
  },
  'credential-unknown': {
    severity: 'block',
    adjustable: true,
    sentence:
      'a key credential is added whose certificate is known only after the apply: nobody can say who has its key',
    source: 'https://attack.mitre.org/techniques/T1098/001/',
  },
  'credential-of-another-lineage': {
    severity: 'block',
    adjustable: true,
    sentence:
      'a certificate of the keystore is added to an application that it is not for: that of another owner, or of a role of the server',
    source: 'https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration',
  },
  'credential-weak': {
    severity: 'block',
    adjustable: true,
    sentence:
      'a certificate is added whose key or signature is too weak: not RSA, shorter than 2048 bits, MD5, or SHA-1 of an authority',
    source: 'https://learn.microsoft.com/entra/identity-platform/howto-create-self-signed-certificate',
  },
  'credential-added-expired': {
    severity: 'block',
    adjustable: true,
    sentence: 'a certificate is added that has expired already: nothing can sign in with it',
    source: 'https://learn.microsoft.com/entra/identity-platform/certificate-credentials',
  },
  'credential-expired': {
    severity: 'warn',
    adjustable: true,
    sentence: 'the certificate that the product signs in with has expired, and the plan brings no valid one',
    source: 'https://learn.microsoft.com/entra/identity-platform/certificate-credentials',
  },
  'credential-expiring': {
    severity: 'warn',
    adjustable: true,
    sentence:
      'the certificate that the product signs in with is inside its renewal window, and the plan brings no successor',
    source: 'certificates.renewBeforeDays of vb365.yaml',
  },
  'credential-retired-early': {
    severity: 'block',
    adjustable: true,
    sentence:
      'a superseded certificate leaves before its successor has been valid for retireAfterDays: a product that still uses it can no longer sign in',
    source: 'certificates.retireAfterDays of vb365.yaml',
  },
  'credential-held-twice': {
    severity: 'warn',
    adjustable: true,
    sentence:
      'a key credential leaves an application, and another one of the same certificate stays: whoever has its key still signs in',
    source: 'https://learn.microsoft.com/graph/api/resources/keycredential',
  },
  'credential-not-yet-valid': {
    severity: 'warn',
    adjustable: true,
    sentence: 'a certificate is added that is not valid yet: a product that uses it too early cannot sign in',
    source: 'https://learn.microsoft.com/entra/identity-platform/certificate-credentials',
  },
  'credential-not-in-keystore': {
    severity: 'block',
    adjustable: true,
    sentence:
      'a certificate is added that the keystore does not hold: nobody knows who has its key, and vb365 will not renew it',
    source: 'https://attack.mitre.org/techniques/T1098/001/',
  },
  'credential-dates-differ': {
    severity: 'block',
    adjustable: true,
    sentence:
      'a key credential is given other dates than its certificate has: it ends earlier or later than anybody who looks at the certificate expects',
    source: 'https://learn.microsoft.com/graph/api/resources/keycredential',
  },
} as const satisfies Readonly<Record<string, ReviewRuleHead>>;
