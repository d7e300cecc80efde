import type { JsonObject } from './merge-patch';

export interface NewObjectOptions {
  /** Object id. */
  readonly id: string;
  /** Application (client) id. */
  readonly appId: string;
  readonly at: Date;
}

/** An application with what Microsoft Graph fills in where nothing was sent; the display name is still missing. */
export function newApplication({ id, appId, at }: NewObjectOptions): JsonObject {
  return {
    id,
    deletedDateTime: null,
    appId,
    applicationTemplateId: null,
    disabledByMicrosoftStatus: null,
    createdDateTime: at.toISOString(),
    description: null,
    groupMembershipClaims: null,
    identifierUris: [],
    isDeviceOnlyAuthSupported: null,
    isFallbackPublicClient: null,
    notes: null,
    oauth2RequirePostResponse: false,
    optionalClaims: null,
    publisherDomain: 'emulator.example',
    serviceManagementReference: null,
    signInAudience: 'AzureADMyOrg',
    tags: [],
    tokenEncryptionKeyId: null,
    api: {
      acceptMappedClaims: null,
      knownClientApplications: [],
      oauth2PermissionScopes: [],
      preAuthorizedApplications: [],
      requestedAccessTokenVersion: null,
    },
    appRoles: [],
    info: { logoUrl: null, marketingUrl: null, privacyStatementUrl: null, supportUrl: null, termsOfServiceUrl: null },
    keyCredentials: [],
    passwordCredentials: [],
    publicClient: { redirectUris: [] },
    requiredResourceAccess: [],
    spa: { redirectUris: [] },
    web: {
      homePageUrl: null,
      logoutUrl: null,
      redirectUris: [],
      implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false },
    },
  };
}

/** A service principal with what Microsoft Graph fills in where nothing was sent. */
export function newServicePrincipal({ id, appId, at }: NewObjectOptions): JsonObject {
  return {
    id,
    deletedDateTime: null,
    accountEnabled: true,
    alternativeNames: [],
    appId,
    appRoleAssignmentRequired: false,
    createdDateTime: at.toISOString(),
    description: null,
    keyCredentials: [],
    loginUrl: null,
    notes: null,
    notificationEmailAddresses: [],
    passwordCredentials: [],
    preferredSingleSignOnMode: null,
    preferredTokenSigningKeyThumbprint: null,
    samlSingleSignOnSettings: null,
    servicePrincipalType: 'Application',
    tags: [],
  };
}
