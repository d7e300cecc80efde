export { PIPELINE_CLIENT_ID, PIPELINE_CLIENT_SECRET } from './directory/built-in-applications';
export type { Caller, CallerRights, Directory } from './directory/directory';
export type {
  Application,
  AppRoleAssignment,
  KeyCredential,
  PermissionGrant,
  RoleAssignment,
  ServicePrincipal,
} from './directory/objects';
export type { Tenant } from './directory/tenant';
export { type EntraEmulator, type EntraEmulatorOptions, startEntraEmulator } from './entra-emulator';
export type { Faults } from './faults';
export type { LoggedRequest, RequestLog } from './request-log';
