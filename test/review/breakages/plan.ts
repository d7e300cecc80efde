import type { ReviewRuleId, ReviewSeverity } from '../../../lib/catalogue/review-rules';
import { newRecipients } from '../../../lib/keystore/sealing/recipient-changes';
import type { ReviewBase, ReviewContext } from '../../../lib/review/stack/stack-plan';
import type { Attributes, RawChange, RawPlan } from '../recorded-plan';
import { type Breakage, ORGANIZATION, INSTALLATION, editing, changing, find, add, destroy, set, update } from './edits';
import { privateKeys } from './private-keys';

const PORTAL = 'https://portal.example.com:4443/';

export const planBreakages: readonly Breakage[] = [
  { rule: 'plan-errored', what: 'it failed', plan: ORGANIZATION, mutate: flag({ errored: true, complete: false }) },
  { rule: 'plan-incomplete', what: 'a target was given', plan: ORGANIZATION, mutate: flag({ complete: false }) },
  ...privateKeys().map(({ what, put }): Breakage => ({
    rule: 'private-key-in-plan',
    what,
    plan: ORGANIZATION,
    mutate: put,
  })),
  {
    rule: 'tenant-changed',
    what: 'the output tells another tenant',
    plan: ORGANIZATION,
    mutate: registered({ tenant: '00000000-0000-0000-0000-000000000009' }),
  },
  {
    rule: 'region-changed',
    what: 'the output tells another region',
    plan: ORGANIZATION,
    mutate: registered({ region: 'china' }),
  },
  {
    rule: 'stack-unknown',
    what: 'another name than at the last apply',
    plan: ORGANIZATION,
    mutate: registered({ stack: 'adatum' }),
  },
  {
    rule: 'stack-unknown',
    what: 'a name that the configuration does not know',
    plan: ORGANIZATION,
    mutate: editing(({ output_changes: { entra } }) => {
      Object.assign(entra ?? {}, { before: null, after: { stack: 'nobody' } });
    }),
  },
  {
    rule: 'drift',
    what: 'another name',
    plan: ORGANIZATION,
    mutate: drifted('azuread_application', update({ display_name: 'by hand' })),
  },
  {
    rule: 'drift',
    what: 'deleted by hand',
    plan: ORGANIZATION,
    mutate: drifted('azuread_app_role_assignment', destroy),
  },
  {
    rule: 'drift',
    what: 'a redirect URI by hand',
    plan: INSTALLATION,
    mutate: drifted(
      'azuread_application',
      update({ single_page_application: [{ redirect_uris: [PORTAL, 'https://a.example/'] }] }),
    ),
  },
  {
    rule: 'foreign-resource-changed',
    what: 'of another provider',
    plan: ORGANIZATION,
    mutate: add('azurerm_key_vault_certificate', { name: 'vb365' }),
  },
  {
    rule: 'foreign-resource-changed',
    what: 'a terraform_data that says no certificate',
    plan: ORGANIZATION,
    mutate: add('terraform_data', { input: { hello: 'world' } }),
  },
  {
    rule: 'plan-contradictory',
    what: 'something that changes is said to stay',
    plan: ORGANIZATION,
    mutate: changing('azuread_application', set({ sign_in_audience: 'AzureADMultipleOrgs' })),
  },
  {
    rule: 'plan-contradictory',
    what: 'an application is said to be a data source',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      const application = find(plan, 'azuread_application');
      Object.assign(application, { mode: 'data' });
      destroy(application.change);
    }),
  },
  {
    rule: 'plan-contradictory',
    what: 'a role assignment is said to be an output',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      Object.assign(find(plan, 'azuread_directory_role_assignment'), { address: 'terraform_data.x' });
    }),
  },
  {
    rule: 'resource-imported',
    what: 'an application of others',
    plan: ORGANIZATION,
    mutate: changing('azuread_application', (change) => {
      Object.assign(change, { importing: { id: '/applications/1' } });
    }),
  },
  {
    rule: 'severity-lowered',
    what: 'in the branch',
    plan: ORGANIZATION,
    context: lowering('client-secret', 'warn'),
  },
  {
    rule: 'severity-lowered',
    what: 'which the protected branch has raised',
    plan: ORGANIZATION,
    context: (context) => ({ ...lowering('drift', 'note')(context), base: withRule(context, 'drift', 'block') }),
  },
  {
    rule: 'resource-forgotten',
    what: 'what an application asks for',
    plan: ORGANIZATION,
    mutate: changing('azuread_application_api_access', (change) => {
      change.actions = ['forget'];
      change.after = null;
    }),
  },
  {
    rule: 'resource-forgotten',
    what: 'a key credential, which stays',
    plan: ORGANIZATION,
    mutate: changing('azuread_application_certificate', (change) => {
      change.actions = ['forget'];
      change.after = null;
    }),
  },
];

const BASE: ReviewBase = {
  name: 'origin/main',
  configuration: undefined,
  changes: { generations: [], recipients: newRecipients('', '') },
};

function lowering(id: ReviewRuleId, severity: ReviewSeverity): NonNullable<Breakage['context']> {
  return (context) => {
    const { configuration } = withRule(context, id, severity);
    return { ...context, configuration, base: { ...BASE, configuration: context.configuration } };
  };
}

function withRule({ configuration }: ReviewContext, id: ReviewRuleId, severity: ReviewSeverity): ReviewBase {
  const rules = { [id]: { severity, reason: 'for a test' } };
  return { ...BASE, configuration: configuration && { ...configuration, review: { rules } } };
}

function flag(flags: { readonly errored?: boolean; readonly complete: boolean }): (plan: RawPlan) => void {
  return (plan) => Object.assign(plan, flags);
}

function registered(values: Attributes): (plan: RawPlan) => void {
  return ({ output_changes: { entra } }) => {
    if (entra !== undefined) entra.after = { ...entra.after, ...values };
  };
}

function drifted(type: string, edit: (change: RawChange['change']) => void): (plan: RawPlan) => void {
  return (plan) => {
    const { change, ...resource } = find(plan, type);
    const drift = { ...change };
    edit(drift);
    plan.resource_drift.push({ ...resource, change: drift });
  };
}
