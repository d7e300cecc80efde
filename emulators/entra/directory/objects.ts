import { z } from 'zod';

/**
 * Objects of the directory as Microsoft Graph shapes them: the properties that something here reads are spelled out, all
 * others are kept as they were sent.
 *
 * Source: https://learn.microsoft.com/graph/api/resources/application and its neighbours, v1.0.
 */
const redirectUrisSchema = z.looseObject({ redirectUris: z.array(z.string()) });

const permissionScopeSchema = z.looseObject({
  id: z.guid(),
  value: z.string().nullish(),
  isEnabled: z.boolean().default(true),
});

const appRoleSchema = z.looseObject({
  id: z.guid(),
  value: z.string().nullish(),
  isEnabled: z.boolean().default(true),
  allowedMemberTypes: z.array(z.string()).default(['Application']),
});

/** `key` is base64 of the DER; it leaves the directory only where it is asked for by `$select`. */
const keyCredentialSchema = z.object({
  keyId: z.guid(),
  type: z.string(),
  usage: z.string(),
  key: z.string(),
  displayName: z.string().nullable(),
  /** Thumbprint: SHA-1 of the DER as upper-case hex. */
  customKeyIdentifier: z.string(),
  startDateTime: z.string(),
  endDateTime: z.string(),
});

/** `secretText` never leaves the directory. */
const passwordCredentialSchema = z.looseObject({ keyId: z.guid(), secretText: z.string() });

export const applicationSchema = z.looseObject({
  id: z.guid(),
  appId: z.guid(),
  displayName: z.string().trim().min(1).max(256),
  deletedDateTime: z.string().nullable(),
  signInAudience: z.enum([
    'AzureADMyOrg',
    'AzureADMultipleOrgs',
    'AzureADandPersonalMicrosoftAccount',
    'PersonalMicrosoftAccount',
  ]),
  isFallbackPublicClient: z.boolean().nullable(),
  identifierUris: z.array(z.string()),
  tags: z.array(z.string()),
  web: redirectUrisSchema,
  spa: redirectUrisSchema,
  publicClient: redirectUrisSchema,
  api: z.looseObject({ oauth2PermissionScopes: z.array(permissionScopeSchema) }),
  appRoles: z.array(appRoleSchema),
  requiredResourceAccess: z.array(
    z.looseObject({
      resourceAppId: z.guid(),
      resourceAccess: z.array(z.looseObject({ id: z.guid(), type: z.enum(['Role', 'Scope']) })),
    }),
  ),
  keyCredentials: z.array(keyCredentialSchema),
  passwordCredentials: z.array(passwordCredentialSchema),
});

export const servicePrincipalSchema = z.looseObject({
  id: z.guid(),
  appId: z.guid(),
  accountEnabled: z.boolean().nullable(),
  deletedDateTime: z.string().nullable(),
  tags: z.array(z.string()),
  keyCredentials: z.array(keyCredentialSchema),
});

export const appRoleAssignmentSchema = z.object({
  id: z.string(),
  createdDateTime: z.string(),
  appRoleId: z.guid(),
  principalId: z.guid(),
  resourceId: z.guid(),
});

export const permissionGrantSchema = z.object({
  id: z.string(),
  clientId: z.guid(),
  resourceId: z.guid(),
  consentType: z.enum(['AllPrincipals', 'Principal']),
  principalId: z.guid().nullable(),
  /** Names with blanks between them. */
  scope: z.string(),
});

export const roleAssignmentSchema = z.object({
  id: z.string(),
  principalId: z.guid(),
  roleDefinitionId: z.guid(),
  directoryScopeId: z.string(),
});

export type KeyCredential = z.infer<typeof keyCredentialSchema>;
export type Application = z.infer<typeof applicationSchema>;
export type ServicePrincipal = z.infer<typeof servicePrincipalSchema>;
export type AppRoleAssignment = z.infer<typeof appRoleAssignmentSchema>;
export type PermissionGrant = z.infer<typeof permissionGrantSchema>;
export type RoleAssignment = z.infer<typeof roleAssignmentSchema>;

/** Every redirect URI of an application, whatever its platform. */
export function redirectUrisOf(application: Application): string[] {
  return [...application.web.redirectUris, ...application.spa.redirectUris, ...application.publicClient.redirectUris];
}
