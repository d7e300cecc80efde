import { type Breakage, changing, editing, find, ORGANIZATION, update } from './edits';
import type { Attributes } from '../recorded-plan';

const SOMEBODY = '99999999-9999-9999-9999-999999999999';
const URI = 'https://a.example/';

/** What somebody does in Entra by hand, and no attribute of the configuration names. */
export const driftBreakages: readonly Breakage[] = [
  ...Object.entries({
    'an owner': { owners: [SOMEBODY] },
    'a client secret': { password: [{ display_name: 'by hand', key_id: SOMEBODY, value: 'secret' }] },
    'an identifier URI': { identifier_uris: ['api://payroll'] },
    'a redirect URI of a page': { single_page_application: [{ redirect_uris: [URI] }] },
    'a redirect URI of a server': { web: [{ redirect_uris: [URI] }] },
    'a redirect URI of a program': { public_client: [{ redirect_uris: ['a://auth'] }] },
    'implicit grant': { web: [{ implicit_grant: [{ id_token_issuance_enabled: true }] }] },
    'public client flows': { fallback_public_client_enabled: true },
    'a permission that is asked for': {
      required_resource_access: [{ resource_app_id: SOMEBODY, resource_access: [{ id: SOMEBODY, type: 'Role' }] }],
    },
  }).map(([what, values]): Breakage => byHand('azuread_application', what, values)),
  byHand('azuread_service_principal', 'an owner of the service principal', { owners: [SOMEBODY] }),
  byHand('azuread_service_principal', 'nobody may sign in', { account_enabled: false }),
  byHand('azuread_service_principal', 'an assignment that is required', { app_role_assignment_required: true }),
];

/** The refresh finds it, and the plan leaves it as it is. */
function byHand(type: string, what: string, values: Attributes): Breakage {
  return {
    rule: 'drift',
    what: `${what}, by hand`,
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      const { change, ...resource } = find(plan, type);
      const drifted = { ...change };
      update(values)(drifted);
      plan.resource_drift.push({ ...resource, change: drifted });
      changing(type, (own) => Object.assign(own, { before: drifted.after, after: drifted.after }))(plan);
    }),
  };
}
