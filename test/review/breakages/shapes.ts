import type { Attributes, RawPlan } from '../recorded-plan';
import { add, type Breakage, changing, editing, find, ORGANIZATION, takeOut, update } from './edits';

const URI = 'https://a.example/';
const APPLICATION = 'azuread_application';
const REDIRECTS = 'azuread_application_redirect_uris';

/** What stands in a plan in another way than Terraform writes it, or in another part than where one looks for it. */
export const shapeBreakages: readonly Breakage[] = [
  {
    rule: 'plan-contradictory',
    what: 'nothing tells what becomes of something that is there',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      plan.resource_changes = plan.resource_changes.filter(({ type }) => type !== 'azuread_directory_role_assignment');
    }),
  },
  {
    rule: 'plan-contradictory',
    what: 'nothing tells what becomes of something that the configuration asks for',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      const role = {
        address: 'azuread_directory_role_assignment.x',
        mode: 'managed',
        type: 'azuread_directory_role_assignment',
      };
      (plan.configuration as { root_module: { resources: object[] } }).root_module.resources.push(role);
    }),
  },
  {
    rule: 'plan-contradictory',
    what: 'something is told twice',
    plan: ORGANIZATION,
    mutate: editing((plan) => plan.resource_changes.push({ ...find(plan, 'azuread_application_api_access') })),
  },
  ...Object.entries({
    action_invocations: { address: 'action.a.b' },
    checks: { a: { status: 'fail' } },
    deferred_changes: { a: 1 },
  }).map(([part, value]): Breakage => ({
    rule: 'plan-contradictory',
    what: `${part} in another shape`,
    plan: ORGANIZATION,
    mutate: editing((plan) => Object.assign(plan, { [part]: value })),
  })),
  {
    rule: 'plan-contradictory',
    what: 'modules in another shape',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      Object.assign((plan.configuration as { root_module: object }).root_module, { module_calls: [{ source: './a' }] });
    }),
  },
  {
    rule: 'plan-contradictory',
    what: 'what is not known in another shape',
    plan: ORGANIZATION,
    mutate: changing(APPLICATION, (change) => Object.assign(change, { after_unknown: true })),
  },
  {
    rule: 'plan-contradictory',
    what: 'a data source at the address of an application',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      add('azuread_group', {}, 'read')(plan);
      Object.assign(plan.resource_changes.at(-1) ?? {}, {
        mode: 'data',
        type: APPLICATION,
        address: `${APPLICATION}.x`,
      });
    }),
  },
  {
    rule: 'plan-incomplete',
    what: 'Terraform had to defer something',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      plan.deferred_changes = [{ reason: 'provider_config_unknown', resource_change: role('other', 'no-op') }];
    }),
  },
  {
    rule: 'plan-incomplete',
    what: 'of a version that does not say so',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      delete (plan as Partial<RawPlan>).complete;
      const { address } = find(plan, 'azuread_directory_role_assignment');
      const state = structuredClone(plan.prior_state);
      takeOut(plan, address);
      plan.prior_state = state;
    }),
  },
  ...[
    ['an address that is no list', { type: 'SPA', redirect_uris: URI }],
    ['addresses that are no texts', { type: 'SPA', redirect_uris: [{ uri: URI }] }],
    ['a platform that nobody knows', { type: 'spa', redirect_uris: [URI] }],
  ].map(([what, values]): Breakage => ({
    rule: 'attribute-not-judged',
    what: what as string,
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      const { id } = find(plan, APPLICATION).change.after ?? {};
      add(REDIRECTS, { application_id: id, ...(values as Attributes) })(plan);
    }),
  })),
  ...['single_page_application', 'public_client', 'web'].map((block): Breakage => ({
    rule: 'attribute-not-judged',
    what: `${block} that is no list`,
    plan: ORGANIZATION,
    mutate: changing(APPLICATION, update({ [block]: { redirect_uris: [URI] } })),
  })),
  {
    rule: 'implicit-grant-enabled',
    what: 'in a block that is no list',
    plan: ORGANIZATION,
    mutate: changing(APPLICATION, update({ web: [{ implicit_grant: { id_token_issuance_enabled: true } }] })),
  },
  ...['', null].map((principal): Breakage => ({
    rule: 'attribute-unknown',
    what: `to whom a role is given: ${JSON.stringify(principal)}`,
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      const change = find(plan, 'azuread_directory_role_assignment').change;
      change.actions = ['update'];
      change.after = { ...change.after, principal_object_id: principal };
    }),
  })),
  {
    rule: 'attribute-unknown',
    what: 'for which part of the directory a role is given',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      const { after } = find(plan, 'azuread_directory_role_assignment').change;
      add('azuread_directory_role_assignment', { ...after, directory_scope_id: undefined })(plan);
      Object.assign(plan.resource_changes.at(-1)?.change ?? {}, { after_unknown: { directory_scope_id: true } });
    }),
  },
  {
    rule: 'data-source-foreign',
    what: 'of which the state alone tells',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      const { values } = plan.prior_state as { values: { root_module: { resources: object[] } } };
      values.root_module.resources.push({ address: 'data.http.x', mode: 'data', type: 'http', values: {} });
    }),
  },
  {
    rule: 'data-source-foreign',
    what: 'of which the changes alone tell',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      add('http', {}, 'read')(plan);
      Object.assign(plan.resource_changes.at(-1) ?? {}, { mode: 'data', address: 'data.http.x' });
    }),
  },
  {
    rule: 'resource-imported',
    what: 'by an id that is not known',
    plan: ORGANIZATION,
    mutate: changing(APPLICATION, (change) => Object.assign(change, { importing: true })),
  },
  {
    rule: 'provider-configured',
    what: 'a second one of which a resource alone tells',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      const { resources } = (plan.configuration as { root_module: { resources: object[] } }).root_module;
      Object.assign(resources[0] ?? {}, { provider_config_key: 'azuread.other' });
    }),
  },
  ...['tenant_id', 'environment'].map((setting): Breakage => ({
    rule: 'provider-configured',
    what: `without ${setting}`,
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      const { azuread } = (plan.configuration as { provider_config: Record<string, { expressions: object }> })
        .provider_config;
      Reflect.deleteProperty(azuread?.expressions ?? {}, setting);
    }),
  })),
];

function role(name: string, action: string): object {
  const change = { actions: [action], before: null, after: {}, after_unknown: {} };
  return { address: `azuread_user.${name}`, type: 'azuread_user', mode: 'managed', change };
}
