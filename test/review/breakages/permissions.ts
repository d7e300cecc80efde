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
    rule: 'attribute-not-judged',
    what: 'notes',
    plan: ORGANIZATION,
    mutate: changing('azuread_service_principal', update({ notes: 'hello' })),
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
    rule: 'permission-beyond-services',
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
