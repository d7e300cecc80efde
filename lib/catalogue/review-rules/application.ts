import type { ReviewRuleHead } from './head';

/** Rules about applications and their service principals. */
export const applicationRuleHeads = {
  'application-destroyed': {
    severity: 'block',
    adjustable: true,
    sentence:
      'an Entra application is destroyed, and with it every credential and every consent: nothing signs in as it any more',
    source: 'https://learn.microsoft.com/entra/identity/enterprise-apps/delete-recover-faq',
  },
  'application-created-again': {
    severity: 'block',
    adjustable: true,
    sentence:
      'an Entra application is created although one is in use already, as where a state was lost: the product goes on with the old one, which nobody watches any more',
    source: 'https://developer.hashicorp.com/terraform/language/import',
  },
  'application-replaced': {
    severity: 'block',
    adjustable: true,
    sentence:
      'an Entra application is replaced by a new one: its client id changes, credentials and consents are lost, and the product does not know the new one',
    source: 'https://learn.microsoft.com/entra/identity-platform/app-objects-and-service-principals',
  },
  'adopted-application-emptied': {
    severity: 'block',
    adjustable: true,
    sentence:
      'the permissions or redirect URIs of an application that was there already are destroyed: Terraform takes away what others gave it, too',
    source: 'https://registry.terraform.io/providers/hashicorp/azuread/latest/docs/resources/application_api_access',
  },
  'service-principal-removed': {
    severity: 'block',
    adjustable: true,
    sentence:
      'the service principal of an application is removed or made anew: every consent and every directory role goes with it',
    source: 'https://learn.microsoft.com/entra/identity-platform/app-objects-and-service-principals',
  },
  'service-principal-disabled': {
    severity: 'block',
    adjustable: true,
    sentence: 'the service principal of an application is disabled: nothing can sign in as it, and nobody to it',
    source: 'https://learn.microsoft.com/entra/identity/enterprise-apps/disable-user-sign-in-portal',
  },
  'application-created': {
    severity: 'note',
    adjustable: true,
    sentence: 'an Entra application is created',
    source: 'https://learn.microsoft.com/entra/identity-platform/app-objects-and-service-principals',
  },
  'application-renamed': {
    severity: 'note',
    adjustable: true,
    sentence: 'an application gets another name: only people see it, everything else goes by the client id',
    source: 'https://learn.microsoft.com/entra/identity-platform/app-objects-and-service-principals',
  },
  'application-owner-added': {
    severity: 'block',
    adjustable: true,
    sentence:
      'an application gets another owner than the identity that applies: owners can add key credentials and client secrets, and sign in as it',
    source: 'https://attack.mitre.org/techniques/T1098/',
  },
  'deploy-identity-named': {
    severity: 'warn',
    adjustable: true,
    sentence:
      'an application gets the identity that applies as its owner, which the protected branch does not name yet: it can add key credentials and client secrets, and sign in as it',
    source: 'https://learn.microsoft.com/graph/permissions-reference#application-permissions',
  },
  'audience-widened': {
    severity: 'block',
    adjustable: true,
    sentence: 'people of more tenants than before, or than the configuration asks for, can sign in to an application',
    source: 'https://learn.microsoft.com/entra/identity-platform/supported-accounts-validation',
  },
  'audience-narrowed': {
    severity: 'warn',
    adjustable: true,
    sentence:
      'people of fewer tenants than before can sign in to an application: the portal of a service provider loses its tenants',
    source: 'https://learn.microsoft.com/entra/identity-platform/supported-accounts-validation',
  },
  'assignment-required': {
    severity: 'block',
    adjustable: true,
    sentence:
      'an application takes only people and applications that are assigned to it: everybody else can no longer sign in to it',
    source: 'https://learn.microsoft.com/entra/identity/enterprise-apps/application-properties',
  },
  'public-client-flows-enabled': {
    severity: 'warn',
    adjustable: true,
    sentence:
      'public client flows are switched on: whoever knows the client id can start a sign-in with a device code as the application',
    source: 'https://learn.microsoft.com/entra/identity-platform/msal-client-applications',
  },
  'public-client-flows-disabled': {
    severity: 'warn',
    adjustable: true,
    sentence: 'public client flows are switched off: restores with a device code (purpose restore-interactive) fail',
    source: 'https://helpcenter.veeam.com/docs/vbo365/guide/ad_app_permissions_sd.html',
  },
  'implicit-grant-enabled': {
    severity: 'warn',
    adjustable: true,
    sentence: 'tokens are given out in the address of a page (implicit grant), where histories and logs keep them',
    source: 'https://learn.microsoft.com/entra/identity-platform/v2-oauth2-implicit-grant-flow',
  },
  'exposed-scope-removed': {
    severity: 'block',
    adjustable: true,
    sentence:
      'an application no longer offers a scope, or offers it under another id: whoever asks for it, as Restore Portal does, cannot sign in',
    source: 'https://learn.microsoft.com/entra/identity-platform/quickstart-configure-app-expose-web-apis',
  },
  'identifier-uri-removed': {
    severity: 'block',
    adjustable: true,
    sentence:
      'the identifier URI of an application goes, or becomes another one: whoever asks for its scopes by that name, as Restore Portal does, cannot sign in',
    source: 'https://learn.microsoft.com/entra/identity-platform/identifier-uri-restrictions',
  },
  'identifier-uri-added': {
    severity: 'block',
    adjustable: true,
    sentence:
      'an application gets an identifier URI that is not its client id: tokens for whoever is known by that name are for it from now on',
    source: 'https://learn.microsoft.com/entra/identity-platform/identifier-uri-restrictions',
  },
} as const satisfies Readonly<Record<string, ReviewRuleHead>>;
