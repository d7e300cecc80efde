export { BackupJob, type BackupFailure, type BackupJobOptions } from './backup-job';
export type { EntraAddress } from './entra-sign-in';
export type { Faults } from './faults';
export type { Organization, OrganizationOptions } from './organizations';
export type { ServerCertificateSource } from './server-certificate';
export type { Account } from './sessions';
export {
  ADMINISTRATOR,
  READER,
  startVb365Emulator,
  type Vb365Emulator,
  type Vb365EmulatorOptions,
} from './vb365-emulator';
