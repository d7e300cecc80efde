export { addStacks } from './add-stacks';
export { ConsentStack, type ConsentRequest } from './consent-stack';
export { DataCloudStack, type DataCloudStackProps } from './data-cloud-stack';
export type { EntraStackProps } from './entra-stack';
export { InstallationStack, type InstallationStackProps } from './installation-stack';
export { OrganizationStack, type OrganizationStackProps } from './organization-stack';
export { StateBackend } from './state-backend';
export type { StackContext } from './stack-context';
export { synthesize } from './synthesize';
