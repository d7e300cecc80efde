import { actionInvoked } from './action-invoked';
import { applicationCreated } from './application-created';
import { applicationDestroyed } from './application-destroyed';
import { applicationOwnerAdded } from './application-owner-added';
import { applicationPermissionConsented } from './application-permission-consented';
import { applicationRenamed } from './application-renamed';
import { applicationReplaced } from './application-replaced';
import { assignmentRequired } from './assignment-required';
import { attributeNotJudged } from './attribute-not-judged';
import { attributeUnknown } from './attribute-unknown';
import { audienceNarrowed } from './audience-narrowed';
import { audienceWidened } from './audience-widened';
import { certificateInstalled } from './certificate-installed';
import { clientSecret } from './client-secret';
import { consentWithdrawn } from './consent-withdrawn';
import { credentialAddedExpired } from './credential-added-expired';
import { credentialCurrentRemoved } from './credential-current-removed';
import { credentialDatesDiffer } from './credential-dates-differ';
import { credentialExpired } from './credential-expired';
import { credentialExpiring } from './credential-expiring';
import { credentialLastValidRemoved } from './credential-last-valid-removed';
import { credentialNotInKeystore } from './credential-not-in-keystore';
import { credentialNotYetValid } from './credential-not-yet-valid';
import { credentialOfAnotherLineage } from './credential-of-another-lineage';
import { credentialReplaced } from './credential-replaced';
import { credentialRetiredEarly } from './credential-retired-early';
import { credentialUnknown } from './credential-unknown';
import { credentialUnreadable } from './credential-unreadable';
import { credentialWeak } from './credential-weak';
import { delegatedPermissionConsented } from './delegated-permission-consented';
import { deposedDestroyed } from './deposed-destroyed';
import { directoryRoleAssigned } from './directory-role-assigned';
import { drift } from './drift';
import { exposedScopeRemoved } from './exposed-scope-removed';
import { federatedCredential } from './federated-credential';
import { foreignPrincipal } from './foreign-principal';
import { foreignResourceChanged } from './foreign-resource-changed';
import { identifierUriRemoved } from './identifier-uri-removed';
import { implicitGrantEnabled } from './implicit-grant-enabled';
import { permissionBeyondServices } from './permission-beyond-services';
import { permissionDropped } from './permission-dropped';
import { permissionRemoved } from './permission-removed';
import { permissionUnknown } from './permission-unknown';
import { planErrored } from './plan-errored';
import { planIncomplete } from './plan-incomplete';
import { portalAddressMissing } from './portal-address-missing';
import { privateKeyInPlan } from './private-key-in-plan';
import { providerUnknown } from './provider-unknown';
import { provisionerAdded } from './provisioner-added';
import { publicClientFlowsDisabled } from './public-client-flows-disabled';
import { publicClientFlowsEnabled } from './public-client-flows-enabled';
import { redirectUriAdded } from './redirect-uri-added';
import { redirectUriMoved } from './redirect-uri-moved';
import { redirectUriNotHttps } from './redirect-uri-not-https';
import { redirectUriRemoved } from './redirect-uri-removed';
import { redirectUriWildcard } from './redirect-uri-wildcard';
import { regionChanged } from './region-changed';
import { resourceForgotten } from './resource-forgotten';
import type { ReviewRule } from './review-rule';
import { serverCertificateExpired } from './server-certificate-expired';
import { serverCertificateExpiring } from './server-certificate-expiring';
import { serverCertificateRemoved } from './server-certificate-removed';
import { serverCertificateSwitched } from './server-certificate-switched';
import { servicePrincipalDisabled } from './service-principal-disabled';
import { servicePrincipalRemoved } from './service-principal-removed';
import { stackUnknown } from './stack-unknown';
import { tenantChanged } from './tenant-changed';

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
