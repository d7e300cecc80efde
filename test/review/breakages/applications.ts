import {
  type Breakage,
  ORGANIZATION,
  INSTALLATION,
  editing,
  changing,
  everything,
  find,
  add,
  destroy,
  update,
  set,
} from './edits';
import { newRecipients } from '../../../lib/keystore/sealing/recipient-changes';
import type { ReviewContext } from '../../../lib/review/stack/stack-plan';
import { type Attributes, type RawPlan, rawPlan, recordedContext } from '../recorded-plan';

const SOMEBODY = '99999999-9999-9999-9999-999999999999';

/** The protected branch before a change that names the identity. */
function beforeIt(context: ReviewContext): ReviewContext {
  const { configuration } = recordedContext(ORGANIZATION);
  return {
    ...context,
    base: { name: 'origin/main', configuration, changes: { generations: [], recipients: newRecipients('', '') } },
  };
}

export const applicationBreakages: readonly Breakage[] = [
  {
    rule: 'application-destroyed',
    what: 'only the application',
    plan: ORGANIZATION,
    mutate: changing('azuread_application', destroy),
  },
  { rule: 'application-destroyed', what: 'everything', plan: ORGANIZATION, mutate: everything(destroy) },
  {
    rule: 'application-replaced',
    what: 'created before it is destroyed',
    plan: ORGANIZATION,
    mutate: everything((change) => (change.actions = ['create', 'delete'])),
  },
  {
    rule: 'application-created-again',
    what: 'although its lineage has a superseded generation, as where the state was lost',
    plan: 'credential-added',
    mutate: editing((plan) => {
      // As Terraform plans them where the state knows nothing; with the ids that all the rest refers to.
      const made = rawPlan('organization-created');
      for (const type of ['azuread_application', 'azuread_service_principal']) {
        const { change } = find(plan, type);
        const { client_id, id, object_id } = change.after ?? {};
        Object.assign(change, find(made, type).change);
        change.after = { ...change.after, client_id, id, object_id };
      }
    }),
  },
  {
    rule: 'adopted-application-emptied',
    what: 'of what others may have put into its web addresses',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      add('azuread_application_redirect_uris', {
        application_id: find(plan, 'azuread_application').change.before?.id,
        type: 'Web',
        redirect_uris: [],
      })(plan);
      changing('azuread_application_redirect_uris', (change) => {
        change.actions = ['delete', 'create'];
        change.before = { ...change.after, application_id: `/applications/${SOMEBODY}` };
      })(plan);
    }),
  },
  {
    rule: 'adopted-application-emptied',
    what: 'of its web addresses, which nothing declares any more',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      add('azuread_application_redirect_uris', { application_id: `/applications/${SOMEBODY}`, type: 'Web' })(plan);
      changing('azuread_application_redirect_uris', (change) => {
        change.before = { ...change.after, redirect_uris: [] };
        destroy(change);
      })(plan);
    }),
  },
  {
    rule: 'service-principal-removed',
    what: 'with its consents',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      for (const { change, type } of plan.resource_changes) {
        if (/service_principal|app_role_assignment|directory_role/.test(type)) destroy(change);
      }
    }),
  },
  {
    rule: 'service-principal-removed',
    what: 'made anew',
    plan: INSTALLATION,
    mutate: changing('azuread_service_principal', (change) => (change.actions = ['delete', 'create'])),
  },
  {
    rule: 'application-created',
    what: 'a second one',
    plan: ORGANIZATION,
    mutate: add('azuread_application', { display_name: 'another', sign_in_audience: 'AzureADMyOrg' }),
  },
  {
    rule: 'audience-widened',
    what: 'of an application that is there',
    plan: ORGANIZATION,
    mutate: changing('azuread_application', update({ sign_in_audience: 'AzureADMultipleOrgs' })),
  },
  {
    rule: 'audience-widened',
    what: 'to personal accounts',
    plan: INSTALLATION,
    mutate: changing('azuread_application', update({ sign_in_audience: 'AzureADandPersonalMicrosoftAccount' })),
  },
  {
    rule: 'audience-widened',
    what: 'at creation, where nobody asked for it',
    plan: 'organization-created',
    mutate: changing('azuread_application', set({ sign_in_audience: 'AzureADMultipleOrgs' })),
  },
  {
    rule: 'public-client-flows-enabled',
    what: 'of an application that is there',
    plan: ORGANIZATION,
    mutate: changing('azuread_application', update({ fallback_public_client_enabled: true })),
  },
  {
    rule: 'public-client-flows-enabled',
    what: 'at creation, where nobody asked for it',
    plan: 'data-cloud-created',
    mutate: changing('azuread_application', set({ fallback_public_client_enabled: true })),
  },
  {
    rule: 'public-client-flows-enabled',
    what: 'of an existing application',
    plan: 'existing-application-adopted',
    mutate: add('azuread_application_fallback_public_client', { enabled: true }),
  },
  {
    rule: 'application-renamed',
    what: 'by the configuration',
    plan: ORGANIZATION,
    mutate: changing('azuread_application', update({ display_name: 'VB365 contoso, new' })),
  },
  {
    rule: 'application-owner-added',
    what: 'in the list of the application',
    plan: ORGANIZATION,
    mutate: changing('azuread_application', update({ owners: [SOMEBODY] })),
  },
  {
    rule: 'application-owner-added',
    what: 'a resource of its own',
    plan: ORGANIZATION,
    mutate: add('azuread_application_owner', { application_id: '/applications/x', owner_object_id: SOMEBODY }),
  },
  {
    rule: 'application-owner-added',
    what: 'of the service principal',
    plan: ORGANIZATION,
    mutate: changing('azuread_service_principal', update({ owners: [SOMEBODY] })),
  },
  {
    rule: 'application-owner-added',
    what: 'beside the identity that applies',
    plan: 'owner-named',
    mutate: changing('azuread_service_principal', ({ after }) => {
      if (after !== null) after.owners = [...(after.owners as string[]), SOMEBODY];
    }),
  },
  {
    rule: 'application-owner-added',
    what: 'by the resource of the identity that applies',
    plan: 'owner-added',
    mutate: changing('azuread_application_owner', set({ owner_object_id: SOMEBODY })),
  },
  {
    rule: 'foreign-resource-changed',
    what: 'the identity that applies is taken off the owners',
    plan: 'owner-added',
    mutate: changing('azuread_application_owner', (change) => {
      change.before = change.after;
      destroy(change);
    }),
  },
  {
    rule: 'foreign-resource-changed',
    what: 'more than the first owners is remembered',
    plan: 'owner-added',
    mutate: changing('terraform_data', set({ input: { first_owners: [], more: SOMEBODY } })),
  },
  {
    rule: 'deploy-identity-named',
    what: 'of a new application, by this change alone',
    plan: 'owner-named',
    context: beforeIt,
  },
  {
    rule: 'deploy-identity-named',
    what: 'of an application that is there, by this change alone',
    plan: 'owner-added',
    context: beforeIt,
  },
  {
    rule: 'audience-narrowed',
    what: 'of a portal for other tenants',
    plan: INSTALLATION,
    mutate: changing('azuread_application', (change) => {
      set({ sign_in_audience: 'AzureADMultipleOrgs' }, 'before')(change);
      change.actions = ['update'];
    }),
  },
  {
    rule: 'assignment-required',
    what: 'of the portal',
    plan: INSTALLATION,
    mutate: changing('azuread_service_principal', update({ app_role_assignment_required: true })),
  },
  {
    rule: 'service-principal-disabled',
    what: 'of an application that is there',
    plan: ORGANIZATION,
    mutate: changing('azuread_service_principal', update({ account_enabled: false })),
  },
  {
    rule: 'service-principal-disabled',
    what: 'at creation',
    plan: 'organization-created',
    mutate: changing('azuread_service_principal', set({ account_enabled: false })),
  },
  {
    rule: 'public-client-flows-disabled',
    what: 'of an application that is there',
    plan: ORGANIZATION,
    mutate: changing('azuread_application', (change) => {
      set({ fallback_public_client_enabled: true }, 'before')(change);
      change.actions = ['update'];
    }),
  },
  {
    rule: 'public-client-flows-disabled',
    what: 'of an existing application',
    plan: 'existing-application-adopted',
    mutate: editing((plan) => {
      add('azuread_application_fallback_public_client', { enabled: false }, 'update')(plan);
      changing('azuread_application_fallback_public_client', set({ enabled: true }, 'before'))(plan);
    }),
  },
  {
    rule: 'implicit-grant-enabled',
    what: 'of ID tokens',
    plan: INSTALLATION,
    mutate: changing(
      'azuread_application',
      update({ web: [{ implicit_grant: [{ id_token_issuance_enabled: true }] }] }),
    ),
  },
  {
    rule: 'exposed-scope-removed',
    what: 'that of the portal',
    plan: INSTALLATION,
    mutate: portalScope(() => []),
  },
  {
    rule: 'exposed-scope-removed',
    what: 'disabled',
    plan: INSTALLATION,
    mutate: portalScope((scopes) => scopes.map((scope) => ({ ...scope, enabled: false }))),
  },
  {
    rule: 'identifier-uri-removed',
    what: 'that of the portal',
    plan: INSTALLATION,
    mutate: changing('azuread_application_identifier_uri', destroy),
  },
  {
    rule: 'identifier-uri-removed',
    what: 'another one in its place',
    plan: INSTALLATION,
    mutate: changing('azuread_application_identifier_uri', (change) => {
      set({ identifier_uri: 'api://another' }, 'before')(change);
      change.actions = ['delete', 'create'];
    }),
  },
  {
    rule: 'identifier-uri-added',
    what: 'by which others are known',
    plan: INSTALLATION,
    mutate: add('azuread_application_identifier_uri', { identifier_uri: 'api://payroll' }),
  },
  {
    rule: 'identifier-uri-added',
    what: 'in the application itself',
    plan: INSTALLATION,
    mutate: changing('azuread_application', update({ identifier_uris: ['https://contoso.example/payroll'] })),
  },
  {
    rule: 'federated-credential',
    what: 'of a pipeline',
    plan: ORGANIZATION,
    mutate: add('azuread_application_federated_identity_credential', {
      issuer: 'https://token.actions.githubusercontent.com',
      subject: 'repo:somebody/else:ref:refs/heads/main',
    }),
  },
  {
    rule: 'deposed-destroyed',
    what: 'an application, with a live one at its address',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      const { change, ...resource } = find(plan, 'azuread_application');
      const before = { ...change.before, id: '/applications/old', client_id: 'old' };
      const gone = { ...change, actions: ['delete'], before, after: null };
      plan.resource_changes.push({ ...resource, deposed: '4ad9ae5e', change: gone });
    }),
  },
  {
    rule: 'client-secret',
    what: 'another one in the place of the first',
    plan: ORGANIZATION,
    mutate: changing('azuread_application', (change) => {
      set({ password: [{ display_name: 'first', key_id: '1' }] }, 'before')(change);
      update({ password: [{ display_name: 'second' }] })(change);
    }),
  },
  {
    rule: 'client-secret',
    what: 'a resource of its own',
    plan: ORGANIZATION,
    mutate: add('azuread_application_password', { display_name: 'secret' }),
  },
  {
    rule: 'client-secret',
    what: 'of the service principal',
    plan: ORGANIZATION,
    mutate: add('azuread_service_principal_password', {}),
  },
  {
    rule: 'client-secret',
    what: 'a block of the application',
    plan: ORGANIZATION,
    mutate: changing('azuread_application', update({ password: [{ display_name: 'secret' }] })),
  },
];

/** Edits the scopes that the portal's application offers. */
function portalScope(edit: (scopes: Attributes[]) => Attributes[]): (plan: RawPlan) => void {
  return changing('azuread_application', (change) => {
    const [api] = listOf(change.before?.api);
    update({ api: [{ ...api, oauth2_permission_scope: edit(listOf(api?.oauth2_permission_scope)) }] })(change);
  });
}

function listOf(value: unknown): Attributes[] {
  return Array.isArray(value) ? value.filter((entry): entry is Attributes => typeof entry === 'object') : [];
}
