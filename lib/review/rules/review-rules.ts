import { actionInvoked } from './plan/action-invoked';
import { adoptedApplicationEmptied } from './application/adopted-application-emptied';
import { applicationCreated } from './application/application-created';
import { applicationDestroyed } from './application/application-destroyed';
import { applicationOwnerAdded } from './application/application-owner-added';
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
import type { ReviewRule } from './review-rule';
import { serverCertificateExpired } from './server-certificate/server-certificate-expired';
import { serverCertificateExpiring } from './server-certificate/server-certificate-expiring';
import { serverCertificateRemoved } from './server-certificate/server-certificate-removed';
import { serverCertificateSwitched } from './server-certificate/server-certificate-switched';
import { servicePrincipalDisabled } from './application/service-principal-disabled';
import { servicePrincipalRemoved } from './application/service-principal-removed';
import { stackUnknown } from './plan/stack-unknown';
import { tenantChanged } from './plan/tenant-changed';

/**
 * Every rule about a plan, in the order in which findings of one severity are told: the plan itself, applications, credentials,
 * permissions, redirect URIs, and what is not ours.
 */
export const reviewRules: readonly ReviewRule[] = [
  privateKeyInPlan,
  planErrored,
  planIncomplete,
  stackUnknown,
  provisionerAdded,
  providerUnknown,
  actionInvoked,
  tenantChanged,
  regionChanged,
  applicationDestroyed,
  applicationReplaced,
  adoptedApplicationEmptied,
  servicePrincipalRemoved,
  servicePrincipalDisabled,
  applicationCreated,
  applicationRenamed,
  applicationOwnerAdded,
  audienceWidened,
  audienceNarrowed,
  assignmentRequired,
  publicClientFlowsEnabled,
  publicClientFlowsDisabled,
  implicitGrantEnabled,
  exposedScopeRemoved,
  identifierUriRemoved,
  clientSecret,
  federatedCredential,
  credentialCurrentRemoved,
  credentialLastValidRemoved,
  credentialReplaced,
  credentialUnreadable,
  credentialUnknown,
  credentialOfAnotherLineage,
  credentialWeak,
  credentialAddedExpired,
  credentialExpired,
  credentialExpiring,
  credentialRetiredEarly,
  credentialNotYetValid,
  credentialNotInKeystore,
  credentialDatesDiffer,
  serverCertificateSwitched,
  serverCertificateExpired,
  serverCertificateExpiring,
  serverCertificateRemoved,
  certificateInstalled,
  consentWithdrawn,
  permissionRemoved,
  permissionBeyondServices,
  permissionUnknown,
  applicationPermissionConsented,
  directoryRoleAssigned,
  delegatedPermissionConsented,
  permissionDropped,
  portalAddressMissing,
  redirectUriWildcard,
  redirectUriNotHttps,
  redirectUriMoved,
  redirectUriRemoved,
  redirectUriAdded,
  drift,
  foreignResourceChanged,
  foreignPrincipal,
  attributeUnknown,
  attributeNotJudged,
  deposedDestroyed,
  resourceForgotten,
];
