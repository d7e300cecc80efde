import type { ReviewRuleHead } from './head';

/** Rules about certificates of roles that only the server uses. */
export const serverCertificateRuleHeads = {
  'server-certificate-switched': {
    severity: 'note',
    adjustable: true,
    sentence:
      'the certificate of a role that only the server uses changes, or what the stack says of it: somebody has to install it, unless the apply does',
    source: 'https://helpcenter.veeam.com/docs/vbo365/powershell/',
  },
  'server-certificate-expired': {
    severity: 'block',
    adjustable: true,
    sentence: 'a role that only the server uses shall get a certificate that has expired already',
    source: 'https://helpcenter.veeam.com/docs/vbo365/powershell/',
  },
  'server-certificate-expiring': {
    severity: 'warn',
    adjustable: true,
    sentence:
      'the certificate of a role that only the server uses has expired or is inside its renewal window, and the plan brings no successor',
    source: 'certificates.renewBeforeDays of vb365.yaml',
  },
  'server-certificate-removed': {
    severity: 'warn',
    adjustable: true,
    sentence:
      'the stack no longer says which certificate a role of the server uses: nobody is told any more when that one expires',
    source: 'https://helpcenter.veeam.com/docs/vbo365/powershell/',
  },
  'certificate-installed': {
    severity: 'note',
    adjustable: true,
    sentence: 'the apply installs a certificate in the product, or a deployment does so no longer, or in another way',
    source: 'https://helpcenter.veeam.com/docs/vbo365/powershell/',
  },
} as const satisfies Readonly<Record<string, ReviewRuleHead>>;
