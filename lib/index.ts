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
export { issueSelfSigned, type IssuedCertificate, type IssueOptions } from './certificates/issue';
export { judgeCertificate, type JudgeOptions } from './certificates/judge';
export type { KeyAndCertificate } from './certificates/key-and-certificate';
export { readPemPair, type ReadPemPairOptions } from './certificates/pem-pair';
export { readPfx, type ReadPfxOptions } from './certificates/pfx/read';
export { type PfxOptions, writePfx } from './certificates/pfx/write';
export {
  certificateProfile,
  type CertificateProfile,
  type CertificateProfileOptions,
  type KeyUsage,
} from './certificates/profile';
export type { CertificateRule, CertificateRuleInput } from './certificates/rules/certificate-rule';
export { certificateRules } from './certificates/rules/certificate-rules';
export type * from './config/configuration';
export { type LineageDeclaration, lineagesOf } from './config/lineages';
export { readConfiguration } from './config/read-configuration';
export { AdminConsent, type AdminConsentProps } from './entra/admin-consent';
export type { IEntraApplication } from './entra/application';
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
export { type Generation, Keystore } from './keystore/keystore';
export { withKeystoreLock, type LockOptions } from './keystore/lock';
export { readRecipients } from './keystore/sealing/recipients';
export { Sealer } from './keystore/sealing/sealing';
export { issueAll, type IssueAllOptions } from './lifecycle/issue/issue-missing';
export { findMissing, type MissingLineages } from './lifecycle/issue/missing';
export {
  planRenewals,
  type PlannedRenewal,
  type PlanRenewalsOptions,
  type RenewalPlan,
} from './lifecycle/renew/plan-renewals';
export { renewAll, type RenewAllOptions } from './lifecycle/renew/renew-all';
export {
  type PlannedRetirement,
  planRetirements,
  type PlanRetirementsOptions,
  retireAll,
  type RetirementPlan,
} from './lifecycle/renew/retire-all';
export { type GenerationState, statusOf, type StatusRow } from './lifecycle/status';
export { type Plan, readPlan } from './plan/plan';
export { type ReviewFinding, reviewStack, type StackReview, type Verdict, worstOf } from './review/review-stack';
export type { ReviewRuleHead, ReviewRuleId, ReviewSeverity } from './catalogue/review-rules';
export type { ReviewCheck, ReviewComplaint, ReviewRule } from './review/rules/review-rule';
export { reviewRules } from './review/rules/review-rules';
export { CertificateIndex } from './review/stack/certificate-index';
export { type ReviewContext, stackPlan, type StackPlan } from './review/stack/stack-plan';
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
