import { textOf } from '../../plan/json-values';

export const OWN_TENANT = 'AzureADMyOrg';
export const ALL_TENANTS = 'AzureADMultipleOrgs';

/** The further back, the more people. */
const AUDIENCES: readonly string[] = [
  OWN_TENANT,
  ALL_TENANTS,
  'PersonalMicrosoftAccount',
  'AzureADandPersonalMicrosoftAccount',
];

/** How many people may sign in; an audience that nobody here knows counts as the widest. */
export function audienceWidth(audience: unknown): number {
  const width = AUDIENCES.indexOf(textOf(audience) ?? OWN_TENANT);
  return width < 0 ? AUDIENCES.length : width;
}
