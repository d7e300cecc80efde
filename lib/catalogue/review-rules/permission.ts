import type { ReviewRuleHead } from './head';

/** Rules about permissions, consents and directory roles. */
export const permissionRuleHeads = {
  'consent-withdrawn': {
    severity: 'block',
    adjustable: true,
    sentence:
      'an application loses the consent to every application permission that is needed, or a directory role that is: it can sign in, and may do nothing',
    source: 'https://learn.microsoft.com/entra/identity-platform/permissions-consent-overview',
  },
  'permission-removed': {
    severity: 'block',
    adjustable: true,
    sentence:
      'an application loses permissions or directory roles that the declared services and purposes still need: what uses them fails',
    source: 'https://helpcenter.veeam.com/docs/vbo365/guide/ad_app_permissions_sd.html',
  },
  'administrator-made': {
    severity: 'block',
    adjustable: true,
    sentence:
      'an application asks for, or is given, permissions or directory roles by which it can give itself every other: whoever has its certificate is an administrator of the tenant',
    source: 'https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference',
  },
  'permission-beyond-services': {
    severity: 'block',
    adjustable: true,
    sentence:
      'an application is granted permissions or directory roles that the declared services, purposes and version of the product do not need',
    source: 'https://helpcenter.veeam.com/docs/vbo365/guide/ad_app_permissions_sd.html',
  },
  'permission-requested-beyond-services': {
    severity: 'warn',
    adjustable: true,
    sentence:
      'an application asks for permissions that the declared services, purposes and version of the product do not need: the next admin consent grants them',
    source: 'https://helpcenter.veeam.com/docs/vbo365/guide/ad_app_permissions_sd.html',
  },
  'permission-unknown': {
    severity: 'block',
    adjustable: true,
    sentence:
      'an application is given permissions that the catalogue of this library does not know: nobody here can say what they allow',
    source: 'https://learn.microsoft.com/graph/permissions-reference',
  },
  'application-permission-consented': {
    severity: 'warn',
    adjustable: true,
    sentence:
      'admin consent is given to application permissions: whoever has the certificate of the application can use them on the whole tenant, without a person who signs in',
    source: 'https://learn.microsoft.com/entra/identity-platform/permissions-consent-overview',
  },
  'directory-role-assigned': {
    severity: 'warn',
    adjustable: true,
    sentence: 'a directory role is assigned to an application, and holds in the whole tenant',
    source: 'https://learn.microsoft.com/powershell/exchange/app-only-auth-powershell-v2',
  },
  'delegated-permission-consented': {
    severity: 'note',
    adjustable: true,
    sentence:
      'admin consent is given to delegated permissions: the application acts with them for whoever signs in, and with no more than that person may do',
    source: 'https://learn.microsoft.com/entra/identity-platform/permissions-consent-overview',
  },
  'permission-dropped': {
    severity: 'note',
    adjustable: true,
    sentence: 'an application loses permissions that the declared services and purposes do not need (any more)',
    source: 'https://helpcenter.veeam.com/docs/vbo365/guide/ad_app_permissions_sd.html',
  },
} as const satisfies Readonly<Record<string, ReviewRuleHead>>;
