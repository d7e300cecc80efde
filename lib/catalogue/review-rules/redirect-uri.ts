import type { ReviewRuleHead } from './head';

/** Rules about redirect URIs. */
export const redirectUriRuleHeads = {
  'portal-address-missing': {
    severity: 'block',
    adjustable: true,
    sentence:
      'the web address of Restore Portal is not among the redirect URIs of its application: nobody can sign in to the portal',
    source: 'https://helpcenter.veeam.com/docs/vbo365/guide/vbo_restore_portal_settings.html',
  },
  'redirect-uri-wildcard': {
    severity: 'block',
    adjustable: true,
    sentence: 'a redirect URI with a wildcard is added: whoever gets hold of any address that fits receives the tokens',
    source: 'https://learn.microsoft.com/entra/identity-platform/reply-url',
  },
  'redirect-uri-not-https': {
    severity: 'block',
    adjustable: true,
    sentence:
      'a redirect URI is added that is not https: tokens travel where anybody on the way, or any program, can read them',
    source: 'https://learn.microsoft.com/entra/identity-platform/reply-url',
  },
  'redirect-uri-foreign': {
    severity: 'block',
    adjustable: true,
    sentence:
      'a redirect URI is added that nobody has declared: on a host that vb365.yaml does not name, in another spelling than browsers read, or of a scheme that any program can claim',
    source: 'https://learn.microsoft.com/entra/identity-platform/reply-url',
  },
  'redirect-uri-moved': {
    severity: 'warn',
    adjustable: true,
    sentence: 'a redirect URI is moved to another address: sign-ins from the old one fail from the apply on',
    source: 'https://learn.microsoft.com/entra/identity-platform/reply-url',
  },
  'redirect-uri-removed': {
    severity: 'warn',
    adjustable: true,
    sentence: 'a redirect URI is removed: whoever opens the application by that address can no longer sign in',
    source: 'https://learn.microsoft.com/entra/identity-platform/reply-url',
  },
  'redirect-uri-added': {
    severity: 'note',
    adjustable: true,
    sentence: 'a redirect URI is added: Entra sends people who have signed in, and their tokens, there',
    source: 'https://learn.microsoft.com/entra/identity-platform/reply-url',
  },
} as const satisfies Readonly<Record<string, ReviewRuleHead>>;
