export type { RedirectPlatform } from './addresses/redirect-platforms';
export { parseRedirectUri } from './addresses/redirect-uri';
export { parseWebAddress, type WebAddress } from './addresses/web-address';
export {
  apis,
  type ApiName,
  type DirectoryRoleName,
  directoryRoles,
  type PermissionKind,
} from './catalogue/permission-ids';
export {
  auxiliaryBackupPermissions,
  backupPermissions,
  type BackupPermissionsOptions,
  dataCloudPermissions,
  directoryRolesFor,
  findPermission,
  formatPermission,
  type Permission,
  portalPermissions,
  type Purpose,
  type Service,
} from './catalogue/permissions';
export { type Region, type RegionFacts, regions } from './catalogue/regions';
export {
  type CertificateStore,
  type ExtendedKeyUsage,
  type Role,
  type RoleId,
  roleIds,
  roles,
} from './catalogue/roles';
export { type UsageScenario, type UsageScenarioId, usageScenarios } from './catalogue/usage-scenarios';
export { Certificate, type KeyAlgorithm } from './certificates/certificate';
export type { CertificateLineage, PublishedGeneration } from './certificates/generation';
export { AdminConsent, type AdminConsentProps } from './entra/admin-consent';
export type { IEntraApplication } from './entra/application';
export type { IEntraApplicationRef } from './entra/application-ref';
export {
  EntraApplication,
  type EntraApplicationProps,
  type ExposedScope,
  type FromClientIdOptions,
} from './entra/entra-application';
export type { ExistingEntraApplicationOptions } from './entra/existing-entra-application';
export { KeyCredential, type KeyCredentialOptions, type KeyCredentialProps } from './entra/key-credential';
export { LOCALHOST_REDIRECT_URI, type RedirectUris } from './entra/redirect-uris';
export { RestorePortalApplication, type RestorePortalApplicationProps } from './entra/restore-portal-application';
export { type ErrorCode, errorCodes } from './error-codes';
export { Vb365Error, type Vb365ErrorOptions } from './errors';
export { type Finding, hasErrors, type Severity, type SourcePlace } from './findings';
export { CertificateInstaller, type CertificateInstallerProps } from './roles/certificate-installer';
export {
  type InstalledCertificateProps,
  RestApiCertificate,
  RestoreOperatorAuthenticationCertificate,
  ServerCertificate,
  TenantAuthenticationCertificate,
} from './roles/installed-certificates';
export {
  BackupApplicationCertificate,
  DataCloudCertificate,
  EntraApplicationCertificate,
  type PublishedCertificateProps,
  RestorePortalCertificate,
} from './roles/published-certificates';
export type { RoleCertificateProps } from './roles/role-certificate';
export { uploadInstructions } from './roles/upload-instructions';
