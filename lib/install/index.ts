export type { RestAccount } from '../rest/account';
export { bundleFiles, type BundleFile } from './bundle/bundle';
export type { BundledCertificate } from './bundle/bundled-certificate';
export { zipOf } from './bundle/zip';
export { type Installed, installOne, type InstallMeans, type InstallOneOptions, pfxOf } from './install-one';
export { type InstallationPlan, planInstallation, type PlanOptions, type Way } from './installation-plan';
export type { InstallAnswer } from './powershell/install-answer';
export type { RestAccess } from './rest/install-over-rest';
export type { SshTarget } from './transport/ssh-target';
