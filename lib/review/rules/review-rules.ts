import { certificateUnfit } from './keystore/certificate-unfit';
import { generationNotFollowing } from './keystore/generation-not-following';
import { generationUnopened } from './keystore/generation-unopened';
import { generationOpened } from './keystore/generation-opened';
import { recipientsChanged } from './keystore/recipients-changed';
import { administratorMade } from './permission/administrator-made';
import { planContradictory } from './plan/plan-contradictory';
import { configurationUnread } from './plan/configuration-unread';
import { severityLowered } from './plan/severity-lowered';
import { providerConfigured } from './plan/provider-configured';
import { backendChanged } from './plan/backend-changed';
import { moduleCalled } from './plan/module-called';
import { dataSourceForeign } from './plan/data-source-foreign';
import { ephemeralResource } from './plan/ephemeral-resource';
import { functionCalled } from './plan/function-called';
import { checkAdded } from './plan/check-added';
import { checkFailed } from './plan/check-failed';
import { identifierUriAdded } from './application/identifier-uri-added';
import { permissionRequestedBeyondServices } from './permission/permission-requested-beyond-services';
import { redirectUriForeign } from './redirect-uri/redirect-uri-foreign';
import { resourceImported } from './foreign/resource-imported';
import { descriptionChanged } from './foreign/description-changed';
import { reviewRuleHeads, type ReviewRuleId, reviewRuleIds } from '../../catalogue/review-rules';
import { actionInvoked } from './plan/action-invoked';
import { adoptedApplicationEmptied } from './application/adopted-application-emptied';
import { applicationCreated } from './application/application-created';
import { applicationCreatedAgain } from './application/application-created-again';
import { applicationDestroyed } from './application/application-destroyed';
import { applicationOwnerAdded } from './application/application-owner-added';
import { deployIdentityNamed } from './application/deploy-identity-named';
import { applicationPermissionConsented } from './permission/application-permission-consented';
import { applicationRenamed } from './application/application-renamed';
import { applicationReplaced } from './application/application-replaced';
import { assignmentRequired } from './application/assignment-required';
import { attributeNotJudged } from './foreign/attribute-not-judged';
import { attributeUnknown } from './foreign/attribute-unknown';
import { audienceNarrowed } from './application/audience-narrowed';
import { audienceWidened } from './application/audience-widened';
import { certificateInstalled } from './server-certificate/certificate-installed';
import { clientSecret } from './credential/client-secret';
import { consentWithdrawn } from './permission/consent-withdrawn';
import { credentialAddedExpired } from './credential/credential-added-expired';
import { credentialCurrentRemoved } from './credential/credential-current-removed';
import { credentialDatesDiffer } from './credential/credential-dates-differ';
import { credentialExpired } from './credential/credential-expired';
import { credentialExpiring } from './credential/credential-expiring';
import { credentialLastValidRemoved } from './credential/credential-last-valid-removed';
import { credentialHeldTwice } from './credential/credential-held-twice';
import { credentialNotInKeystore } from './credential/credential-not-in-keystore';
import { credentialNotYetValid } from './credential/credential-not-yet-valid';
import { credentialOfAnotherLineage } from './credential/credential-of-another-lineage';
import { credentialReplaced } from './credential/credential-replaced';
import { credentialRetiredEarly } from './credential/credential-retired-early';
import { credentialUnknown } from './credential/credential-unknown';
import { credentialUnreadable } from './credential/credential-unreadable';
import { credentialWeak } from './credential/credential-weak';
import { delegatedPermissionConsented } from './permission/delegated-permission-consented';
import { deposedDestroyed } from './foreign/deposed-destroyed';
import { directoryRoleAssigned } from './permission/directory-role-assigned';
import { drift } from './foreign/drift';
import { exposedScopeRemoved } from './application/exposed-scope-removed';
import { federatedCredential } from './credential/federated-credential';
import { foreignPrincipal } from './foreign/foreign-principal';
import { foreignResourceChanged } from './foreign/foreign-resource-changed';
import { identifierUriRemoved } from './application/identifier-uri-removed';
import { implicitGrantEnabled } from './application/implicit-grant-enabled';
import { permissionBeyondServices } from './permission/permission-beyond-services';
import { permissionDropped } from './permission/permission-dropped';
import { permissionRemoved } from './permission/permission-removed';
import { permissionUnknown } from './permission/permission-unknown';
import { planErrored } from './plan/plan-errored';
import { planIncomplete } from './plan/plan-incomplete';
import { portalAddressMissing } from './redirect-uri/portal-address-missing';
import { privateKeyInPlan } from './plan/private-key-in-plan';
import { providerUnknown } from './plan/provider-unknown';
import { provisionerAdded } from './plan/provisioner-added';
import { publicClientFlowsDisabled } from './application/public-client-flows-disabled';
import { publicClientFlowsEnabled } from './application/public-client-flows-enabled';
import { redirectUriAdded } from './redirect-uri/redirect-uri-added';
import { redirectUriMoved } from './redirect-uri/redirect-uri-moved';
import { redirectUriNotHttps } from './redirect-uri/redirect-uri-not-https';
import { redirectUriRemoved } from './redirect-uri/redirect-uri-removed';
import { redirectUriWildcard } from './redirect-uri/redirect-uri-wildcard';
import { regionChanged } from './plan/region-changed';
import { resourceForgotten } from './foreign/resource-forgotten';
import type { ReviewCheck, ReviewRule } from './review-rule';
import { serverCertificateExpired } from './server-certificate/server-certificate-expired';
import { serverCertificateExpiring } from './server-certificate/server-certificate-expiring';
import { serverCertificateRemoved } from './server-certificate/server-certificate-removed';
import { serverCertificateSwitched } from './server-certificate/server-certificate-switched';
import { servicePrincipalDisabled } from './application/service-principal-disabled';
import { servicePrincipalRemoved } from './application/service-principal-removed';
import { stackUnknown } from './plan/stack-unknown';
import { tenantChanged } from './plan/tenant-changed';

/** How each rule is found broken, by its id. */
const checks: Readonly<Record<ReviewRuleId, ReviewCheck>> = {
  'private-key-in-plan': privateKeyInPlan,
  'plan-errored': planErrored,
  'plan-incomplete': planIncomplete,
  'plan-contradictory': planContradictory,
  'configuration-unread': configurationUnread,
  'severity-lowered': severityLowered,
  'stack-unknown': stackUnknown,
  'provisioner-added': provisionerAdded,
  'provider-unknown': providerUnknown,
  'provider-configured': providerConfigured,
  'backend-changed': backendChanged,
  'module-called': moduleCalled,
  'data-source-foreign': dataSourceForeign,
  'ephemeral-resource': ephemeralResource,
  'function-called': functionCalled,
  'check-added': checkAdded,
  'check-failed': checkFailed,
  'action-invoked': actionInvoked,
  'tenant-changed': tenantChanged,
  'region-changed': regionChanged,
  'application-destroyed': applicationDestroyed,
  'application-created-again': applicationCreatedAgain,
  'application-replaced': applicationReplaced,
  'adopted-application-emptied': adoptedApplicationEmptied,
  'service-principal-removed': servicePrincipalRemoved,
  'service-principal-disabled': servicePrincipalDisabled,
  'application-created': applicationCreated,
  'application-renamed': applicationRenamed,
  'application-owner-added': applicationOwnerAdded,
  'deploy-identity-named': deployIdentityNamed,
  'audience-widened': audienceWidened,
  'audience-narrowed': audienceNarrowed,
  'assignment-required': assignmentRequired,
  'public-client-flows-enabled': publicClientFlowsEnabled,
  'public-client-flows-disabled': publicClientFlowsDisabled,
  'implicit-grant-enabled': implicitGrantEnabled,
  'exposed-scope-removed': exposedScopeRemoved,
  'identifier-uri-removed': identifierUriRemoved,
  'identifier-uri-added': identifierUriAdded,
  'client-secret': clientSecret,
  'federated-credential': federatedCredential,
  'credential-current-removed': credentialCurrentRemoved,
  'credential-last-valid-removed': credentialLastValidRemoved,
  'credential-replaced': credentialReplaced,
  'credential-unreadable': credentialUnreadable,
  'credential-unknown': credentialUnknown,
  'credential-of-another-lineage': credentialOfAnotherLineage,
  'credential-weak': credentialWeak,
  'credential-added-expired': credentialAddedExpired,
  'credential-expired': credentialExpired,
  'credential-expiring': credentialExpiring,
  'credential-retired-early': credentialRetiredEarly,
  'credential-held-twice': credentialHeldTwice,
  'credential-not-yet-valid': credentialNotYetValid,
  'credential-not-in-keystore': credentialNotInKeystore,
  'credential-dates-differ': credentialDatesDiffer,
  'certificate-unfit': certificateUnfit,
  'generation-not-following': generationNotFollowing,
  'generation-unopened': generationUnopened,
  'generation-opened': generationOpened,
  'recipients-changed': recipientsChanged,
  'server-certificate-switched': serverCertificateSwitched,
  'server-certificate-expired': serverCertificateExpired,
  'server-certificate-expiring': serverCertificateExpiring,
  'server-certificate-removed': serverCertificateRemoved,
  'certificate-installed': certificateInstalled,
  'consent-withdrawn': consentWithdrawn,
  'permission-removed': permissionRemoved,
  'administrator-made': administratorMade,
  'permission-beyond-services': permissionBeyondServices,
  'permission-requested-beyond-services': permissionRequestedBeyondServices,
  'permission-unknown': permissionUnknown,
  'application-permission-consented': applicationPermissionConsented,
  'directory-role-assigned': directoryRoleAssigned,
  'delegated-permission-consented': delegatedPermissionConsented,
  'permission-dropped': permissionDropped,
  'portal-address-missing': portalAddressMissing,
  'redirect-uri-wildcard': redirectUriWildcard,
  'redirect-uri-not-https': redirectUriNotHttps,
  'redirect-uri-foreign': redirectUriForeign,
  'redirect-uri-moved': redirectUriMoved,
  'redirect-uri-removed': redirectUriRemoved,
  'redirect-uri-added': redirectUriAdded,
  drift: drift,
  'foreign-resource-changed': foreignResourceChanged,
  'foreign-principal': foreignPrincipal,
  'resource-imported': resourceImported,
  'attribute-unknown': attributeUnknown,
  'attribute-not-judged': attributeNotJudged,
  'description-changed': descriptionChanged,
  'deposed-destroyed': deposedDestroyed,
  'resource-forgotten': resourceForgotten,
};

/** Every rule about a plan, in the order of their heads. */
export const reviewRules: readonly ReviewRule[] = reviewRuleIds.map((id) => ({
  id,
  ...reviewRuleHeads[id],
  check: checks[id],
}));
