import type { Attributes, RawChange, RawPlan } from '../recorded-plan';
import {
  type Breakage,
  ORGANIZATION,
  INSTALLATION,
  editing,
  changing,
  find,
  add,
  destroy,
  create,
  update,
  set,
} from './edits';

const GRAPH = '00000003-0000-0000-c000-000000000000';
const FILES_READ_WRITE_ALL = '75359482-378d-4052-8f01-80520e7db3cd';
const APP_ROLE_ASSIGNMENT = '06b708a9-e830-4db3-a914-8e69da51d44f';
const EXCHANGE_ADMINISTRATOR = '29232cdf-9323-42fd-ade2-1d097af3e4de';
const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';
const DIRECTORY_READ_ALL = '7ab1d382-f21e-4acd-a863-ba3e13f7da61';
const SOMEBODY = '99999999-9999-9999-9999-999999999999';
const UNKNOWN_PERMISSION = '11111111-2222-3333-4444-555555555555';

export const permissionBreakages: readonly Breakage[] = [
  {
    rule: 'application-permission-consented',
    what: 'asked for, and granted only now',
    plan: ORGANIZATION,
    mutate: changing('azuread_app_role_assignment', create),
  },
  {
    rule: 'delegated-permission-consented',
    what: 'asked for, and granted only now',
    plan: INSTALLATION,
    mutate: changing('azuread_service_principal_delegated_permission_grant', create),
  },
  {
    rule: 'directory-role-assigned',
    what: 'Global Reader',
    plan: ORGANIZATION,
    mutate: changing('azuread_directory_role_assignment', create),
  },
  {
    rule: 'permission-removed',
    what: 'no longer granted',
    plan: ORGANIZATION,
    mutate: changing('azuread_app_role_assignment', destroy),
  },
  {
    rule: 'permission-removed',
    what: 'no longer asked for',
    plan: ORGANIZATION,
    mutate: changing('azuread_application_api_access', destroy),
  },
  {
    rule: 'permission-removed',
    what: 'neither asked for nor granted',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      withRoles(plan, (roles) => roles.filter((id) => id !== DIRECTORY_READ_ALL));
      for (const { change } of plan.resource_changes) {
        if (change.before?.app_role_id === DIRECTORY_READ_ALL) destroy(change);
      }
    }),
  },
  {
    rule: 'consent-withdrawn',
    what: 'the directory role',
    plan: ORGANIZATION,
    mutate: changing('azuread_directory_role_assignment', destroy),
  },
  {
    rule: 'consent-withdrawn',
    what: 'every application permission',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      for (const { change, type } of plan.resource_changes) {
        if (type === 'azuread_app_role_assignment') destroy(change);
      }
    }),
  },
  {
    rule: 'foreign-principal',
    what: 'an application permission',
    plan: ORGANIZATION,
    mutate: add('azuread_app_role_assignment', {
      app_role_id: DIRECTORY_READ_ALL,
      principal_object_id: SOMEBODY,
      resource_object_id: SOMEBODY,
    }),
  },
  {
    rule: 'foreign-principal',
    what: 'a directory role, in the stack of consents',
    plan: 'consent-granted',
    mutate: add('azuread_directory_role_assignment', { role_id: SOMEBODY, principal_object_id: SOMEBODY }),
  },
  {
    rule: 'foreign-principal',
    what: 'a service principal of another application',
    plan: ORGANIZATION,
    mutate: add('azuread_service_principal', { client_id: SOMEBODY, account_enabled: true }),
  },
  {
    rule: 'attribute-unknown',
    what: 'the permissions that an application asks for',
    plan: ORGANIZATION,
    mutate: changing('azuread_application_api_access', (change) => {
      update({ role_ids: undefined })(change);
      change.after_unknown = { role_ids: true };
    }),
  },
  {
    rule: 'attribute-unknown',
    what: 'one of the permissions that an application asks for',
    plan: ORGANIZATION,
    mutate: changing('azuread_application_api_access', (change) => {
      update({})(change);
      change.after_unknown = { role_ids: [false, true] };
    }),
  },
  {
    rule: 'attribute-unknown',
    what: 'the permission that is granted',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      const { after } = find(plan, 'azuread_app_role_assignment').change;
      add('azuread_app_role_assignment', { ...after, app_role_id: undefined })(plan);
      Object.assign(plan.resource_changes.at(-1)?.change ?? {}, { after_unknown: { app_role_id: true } });
    }),
  },
  {
    rule: 'attribute-not-judged',
    what: 'permissions that the application itself asks for',
    plan: ORGANIZATION,
    mutate: changing('azuread_application', update({ required_resource_access: [{ resource_app_id: GRAPH }] })),
  },
  {
    rule: 'description-changed',
    what: 'notes',
    plan: ORGANIZATION,
    mutate: changing('azuread_service_principal', update({ notes: 'hello' })),
  },
  {
    rule: 'description-changed',
    what: 'the home page',
    plan: ORGANIZATION,
    mutate: changing('azuread_application', update({ web: [{ homepage_url: 'https://a.example/' }] })),
  },
  {
    rule: 'permission-beyond-services',
    what: 'consent to one of a service that is not declared',
    plan: ORGANIZATION,
    mutate: granting((grant) => ({ ...grant, app_role_id: FILES_READ_WRITE_ALL })),
  },
  {
    rule: 'permission-beyond-services',
    what: 'a directory role',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      const { change, type } = find(plan, 'azuread_directory_role_assignment');
      add(type, { ...change.after, role_id: EXCHANGE_ADMINISTRATOR })(plan);
    }),
  },
  {
    rule: 'administrator-made',
    what: 'by a directory role',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      const { change, type } = find(plan, 'azuread_directory_role_assignment');
      add(type, { ...change.after, role_id: GLOBAL_ADMINISTRATOR })(plan);
    }),
  },
  {
    rule: 'administrator-made',
    what: 'by a permission that is granted',
    plan: ORGANIZATION,
    mutate: granting((grant) => ({ ...grant, app_role_id: APP_ROLE_ASSIGNMENT })),
  },
  {
    rule: 'administrator-made',
    what: 'by a permission that is asked for',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      withRoles(plan, (roles) => [...roles, APP_ROLE_ASSIGNMENT]);
    }),
  },
  {
    rule: 'attribute-not-judged',
    what: 'at creation',
    plan: 'organization-created',
    mutate: changing('azuread_application', set({ group_membership_claims: ['All'] })),
  },
  {
    rule: 'permission-removed',
    what: 'the scope of the portal',
    plan: INSTALLATION,
    mutate: changing('azuread_service_principal_delegated_permission_grant', destroy, 1),
  },
  {
    rule: 'permission-dropped',
    what: 'of a service that is not declared',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      const { change } = graphAccess(plan);
      change.before = { ...change.before, role_ids: [...rolesOf(change.before), FILES_READ_WRITE_ALL] };
      change.actions = ['update'];
    }),
  },
  {
    rule: 'permission-requested-beyond-services',
    what: 'of a service that is not declared',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      withRoles(plan, (roles) => [...roles, FILES_READ_WRITE_ALL]);
    }),
  },
  {
    rule: 'permission-unknown',
    what: 'an id that nobody knows',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      withRoles(plan, (roles) => [...roles, UNKNOWN_PERMISSION]);
    }),
  },
];

/** Another consent to a permission of Microsoft Graph, made of one that is there. */
function granting(edit: (grant: Attributes) => Attributes): (plan: RawPlan) => void {
  return (plan) => {
    const graph = plan.resource_changes.find(({ address }) => address.includes('consent_MicrosoftGraph-'));
    add('azuread_app_role_assignment', edit({ ...graph?.change.after }))(plan);
  };
}

function graphAccess(plan: RawPlan): RawChange {
  const found = plan.resource_changes.find(
    ({ change, type }) => type === 'azuread_application_api_access' && change.after?.api_client_id === GRAPH,
  );
  if (found === undefined) throw new Error('the plan asks for nothing at Microsoft Graph');
  return found;
}

function withRoles(plan: RawPlan, edit: (roles: string[]) => string[]): void {
  const { change } = graphAccess(plan);
  update({ role_ids: edit(rolesOf(change.after)) })(change);
}

function rolesOf(values: Attributes | null): string[] {
  return Array.isArray(values?.role_ids) ? values.role_ids.map(String) : [];
}
