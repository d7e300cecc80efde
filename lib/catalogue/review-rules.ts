/** `block`: must not be applied as it is. `warn`: a person must have understood it. `note`: worth knowing. */
export type ReviewSeverity = 'block' | 'warn' | 'note';

/** What is said of a rule about plans; what it finds is said by its check, in `lib/review/rules`. */
export interface ReviewRuleHead {
  /** What counts where `vb365.yaml` gives the rule no other. */
  readonly severity: ReviewSeverity;
  /** Whether `vb365.yaml` may give it another severity; not where what it finds makes a review worthless, or leaks a secret. */
  readonly adjustable: boolean;
  /** One lower-case sentence for the documentation: what is found, and what comes of it. */
  readonly sentence: string;
  /** Where the rule comes from. */
  readonly source: string;
}

/**
 * Every rule about plans by its id, which people write into `vb365.yaml`, so that none ever changes. In the order in which
 * findings of one severity are told: the plan itself, applications, credentials, permissions, redirect URIs, and what is not
 * ours.
 */
export const reviewRuleHeads = {
  'private-key-in-plan': {
    severity: 'block',
    adjustable: false,
    sentence: 'a private key stands in the plan: whoever reads the plan or the state can sign in with it',
    source: 'https://developer.hashicorp.com/terraform/language/state/sensitive-data',
  },
  'plan-errored': {
    severity: 'block',
    adjustable: false,
    sentence: 'making the plan failed halfway: what it does not show is not known to be harmless',
    source: 'https://developer.hashicorp.com/terraform/internals/json-format',
  },
  'plan-incomplete': {
    severity: 'block',
    adjustable: true,
    sentence:
      'the plan leaves something out, so that a further apply will be needed: what that one does is not known yet',
    source: 'https://developer.hashicorp.com/terraform/internals/json-format',
  },
  'plan-contradictory': {
    severity: 'block',
    adjustable: false,
    sentence:
      'the parts of the plan contradict each other, as no plan of Terraform does: what is told here may not be what is applied',
    source: 'https://developer.hashicorp.com/terraform/internals/json-format',
  },
  'configuration-unread': {
    severity: 'block',
    adjustable: true,
    sentence:
      'the configuration that the plan was made of has files that CDKTF does not write, so that nobody here can read them',
    source: 'https://developer.hashicorp.com/terraform/language/files',
  },
  'severity-lowered': {
    severity: 'block',
    adjustable: true,
    sentence:
      'the configuration makes less of a rule than that of the protected branch does, which is the one that counts',
    source: 'vb365.yaml',
  },
  'stack-unknown': {
    severity: 'warn',
    adjustable: true,
    sentence:
      'the plan names a stack that the configuration does not know, or another one than its file or its last apply: it may be judged by the needs of the wrong owner, or of none',
    source: 'vb365.yaml',
  },
  'provisioner-added': {
    severity: 'block',
    adjustable: true,
    sentence:
      'the configuration runs a program with the rights of whoever applies, and it is not the one that installs a certificate',
    source: 'https://developer.hashicorp.com/terraform/language/resources/provisioners/syntax',
  },
  'provider-unknown': {
    severity: 'block',
    adjustable: true,
    sentence:
      'the plan needs a provider that this library does not need: it works with the rights of whoever applies, and the plan says what it wants to say',
    source: 'https://developer.hashicorp.com/terraform/language/providers/requirements#source-addresses',
  },
  'provider-configured': {
    severity: 'block',
    adjustable: true,
    sentence:
      'a provider is told more than the tenant and the cloud of its stack, or others: it decides to whom the credentials of whoever applies are sent',
    source: 'https://registry.terraform.io/providers/hashicorp/azuread/latest/docs#argument-reference',
  },
  'backend-changed': {
    severity: 'block',
    adjustable: true,
    sentence: 'the state is kept elsewhere than vb365.yaml says',
    source: 'https://developer.hashicorp.com/terraform/language/backend',
  },
  'module-called': {
    severity: 'block',
    adjustable: true,
    sentence: 'the configuration takes in a module, which no stack of this library does',
    source: 'https://developer.hashicorp.com/terraform/language/modules/sources',
  },
  'data-source-foreign': {
    severity: 'block',
    adjustable: true,
    sentence:
      'the plan reads something that no stack of this library reads, such as the state of another stack: what it reads can end up where others see it',
    source: 'https://developer.hashicorp.com/terraform/language/data-sources',
  },
  'ephemeral-resource': {
    severity: 'block',
    adjustable: true,
    sentence: 'the configuration opens an ephemeral resource, which stands in no plan and in no state',
    source: 'https://developer.hashicorp.com/terraform/language/block/ephemeral',
  },
  'function-called': {
    severity: 'block',
    adjustable: true,
    sentence:
      'an expression calls a function that no stack of this library calls: some read files of whoever plans, or run a provider',
    source: 'https://developer.hashicorp.com/terraform/language/functions',
  },
  'check-added': {
    severity: 'block',
    adjustable: true,
    sentence: 'the configuration holds a check, which looks up what it likes at every plan and apply',
    source: 'https://developer.hashicorp.com/terraform/language/block/check',
  },
  'check-failed': {
    severity: 'warn',
    adjustable: true,
    sentence: 'a condition that the configuration asks for does not hold',
    source: 'https://developer.hashicorp.com/terraform/language/validate',
  },
  'action-invoked': {
    severity: 'block',
    adjustable: true,
    sentence:
      'the apply invokes an action of a provider, which changes something that no plan shows; this library has none',
    source: 'https://developer.hashicorp.com/terraform/language/invoke-actions',
  },
  'tenant-changed': {
    severity: 'block',
    adjustable: true,
    sentence:
      'the tenant of a stack changes: its applications are registered in the old one, and the new one does not know them',
    source: 'https://learn.microsoft.com/entra/identity-platform/app-objects-and-service-principals',
  },
  'region-changed': {
    severity: 'block',
    adjustable: true,
    sentence:
      'the region of a stack changes while its applications stay: they are registered in the cloud of the old region, and the new one does not know them',
    source: 'https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud',
  },
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
    sentence: 'an application gets an owner: owners can add key credentials and client secrets, and sign in as it',
    source: 'https://attack.mitre.org/techniques/T1098/',
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
  'generation-not-following': {
    severity: 'block',
    adjustable: true,
    sentence:
      'a certificate is new in the keystore that is not what renewing or importing would have added: its number, its readable lines, its moment, its key, its names or its validity',
    source: 'certificates of vb365.yaml',
  },
  'generation-unopened': {
    severity: 'warn',
    adjustable: true,
    sentence:
      'a certificate is new in the keystore, and nobody whose signature counts in the protected branch has opened its key: whose it is, nobody has seen',
    source: 'https://attack.mitre.org/techniques/T1098/001/',
  },
  'generation-opened': {
    severity: 'note',
    adjustable: true,
    sentence: 'a certificate is new in the keystore, and somebody has opened its key',
    source: 'https://attack.mitre.org/techniques/T1098/001/',
  },
  'recipients-changed': {
    severity: 'warn',
    adjustable: true,
    sentence: 'the list of recipients is not that of the protected branch: the next renewal seals to whoever is listed',
    source: 'https://age-encryption.org/v1',
  },
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
  drift: {
    severity: 'warn',
    adjustable: true,
    sentence:
      'somebody has changed or deleted outside of Terraform what the configuration says: the apply writes it back',
    source: 'https://developer.hashicorp.com/terraform/tutorials/state/resource-drift',
  },
  'foreign-resource-changed': {
    severity: 'block',
    adjustable: true,
    sentence: 'the plan changes resources that this library does not make: no rule here knows what comes of it',
    source: 'https://registry.terraform.io/providers/hashicorp/azuread/latest/docs',
  },
  'foreign-principal': {
    severity: 'block',
    adjustable: true,
    sentence:
      'something is given to a principal or an application that the stack does not know: nobody here can say who acts with it',
    source: 'https://attack.mitre.org/techniques/T1098/003/',
  },
  'resource-imported': {
    severity: 'block',
    adjustable: true,
    sentence: 'what is there already becomes a part of the stack, which changes and destroys it from now on',
    source: 'https://developer.hashicorp.com/terraform/language/import',
  },
  'attribute-unknown': {
    severity: 'block',
    adjustable: true,
    sentence: 'something that the configuration asks for is known only after the apply: nobody can judge it now',
    source: 'https://developer.hashicorp.com/terraform/internals/json-format',
  },
  'attribute-not-judged': {
    severity: 'block',
    adjustable: true,
    sentence: 'an attribute changes that no other rule reads: nobody here can say what comes of it',
    source: 'https://registry.terraform.io/providers/hashicorp/azuread/latest/docs',
  },
  'description-changed': {
    severity: 'note',
    adjustable: true,
    sentence:
      'something changes that only people read, or Terraform itself: a description, notes, tags, the address of a help page',
    source: 'https://registry.terraform.io/providers/hashicorp/azuread/latest/docs/resources/application',
  },
  'deposed-destroyed': {
    severity: 'warn',
    adjustable: true,
    sentence:
      'what an earlier apply has replaced and could not destroy is destroyed now: the live resource at the same address stays',
    source: 'https://developer.hashicorp.com/terraform/internals/json-format',
  },
  'resource-forgotten': {
    severity: 'warn',
    adjustable: true,
    sentence:
      'Terraform lets go of resources without destroying them: they stay in Entra, and no plan shows them any more',
    source: 'https://developer.hashicorp.com/terraform/language/resources/syntax#removing-resources',
  },
} as const satisfies Readonly<Record<string, ReviewRuleHead>>;

/** Key of `reviewRuleHeads`, listed in docs/review-rules.md: `credential-expired`. */
export type ReviewRuleId = keyof typeof reviewRuleHeads;

export const reviewRuleIds = Object.keys(reviewRuleHeads) as readonly ReviewRuleId[];

export const adjustableReviewRuleIds = reviewRuleIds.filter((id) => reviewRuleHeads[id].adjustable);

export const fixedReviewRuleIds = reviewRuleIds.filter((id) => !reviewRuleHeads[id].adjustable);
