import { isObject, type JsonObject, objectOf, objectsOf, textOf, textsOf } from './json-values';
import { modulesOf } from './modules';
import { isThumbprint } from '../certificates/thumbprint';

/** A program that runs on the machine of whoever applies, as the configuration of a resource says it. */
export interface Provisioner {
  /** Of the resource, without the keys of its instances. */
  readonly address: string;
  /** `local-exec` */
  readonly type: string;
  /** Whether it is what `CertificateInstaller` declares: `vb365 install` of a lineage, and nothing else. */
  readonly isInstaller: boolean;
}

/** What a plan runs, and by which programs it was made. */
export interface PlanPrograms {
  readonly provisioners: readonly Provisioner[];
  /** Address of each provider, such as `registry.terraform.io/hashicorp/azuread`, and what it is for. */
  readonly providers: ReadonlyMap<string, ReadonlySet<string>>;
  /** Addresses of the actions that the apply invokes, from Terraform 1.14 on. */
  readonly actions: readonly string[];
}

/** @param json a plan as `terraform show -json` prints it */
export function readPrograms(json: JsonObject): PlanPrograms {
  const configuration = objectOf(json.configuration);
  const actions = [...objectsOf(json.action_invocations), ...deferred(json)];
  return {
    provisioners: readProvisioners(objectOf(configuration.root_module)),
    providers: readProviders(json, actions),
    actions: actions.map(({ address, type }) => textOf(address) ?? textOf(type) ?? 'an action without an address'),
  };
}

function deferred(json: JsonObject): JsonObject[] {
  return objectsOf(json.deferred_action_invocations).map(({ action_invocation: action }) => objectOf(action));
}

function readProvisioners(root: JsonObject): Provisioner[] {
  return modulesOf(root).flatMap(({ module, prefix }) =>
    objectsOf(module.resources).flatMap((resource) => {
      const provisioners = objectsOf(resource.provisioners);
      const isOurs = provisioners.length === 1 && isInstaller(resource, objectOf(provisioners[0]));
      const address = prefix + (textOf(resource.address) ?? 'a resource without an address');
      return provisioners.map(({ type }) => ({ address, type: textOf(type) ?? 'a provisioner', isInstaller: isOurs }));
    }),
  );
}

/** As `CertificateInstaller` writes it: each part is fixed, or a name in which no shell finds anything to do. */
const COMMAND =
  /^npx --no-install vb365 install ([a-z0-9-]+\/[a-z0-9-]+) --via (local|ssh|rest)(?: --client-id (?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\$\{((?:data\.)?azuread_application\.[\w-]+\.client_id)\}))?$/;
const FOLDER = '${path.root}/../../..';

/**
 * A plan repeats an expression as the JSON of CDKTF has it, with what it refers to beside it; of a configuration in HCL, it
 * tells the latter alone, and that is no installer of ours.
 */
function isInstaller(resource: JsonObject, provisioner: JsonObject): boolean {
  const expressions = objectOf(provisioner.expressions);
  const [command, folder] = [objectOf(expressions.command), objectOf(expressions.working_dir)];
  const [, lineage, via, clientId] = COMMAND.exec(textOf(command.constant_value) ?? '') ?? [];
  const { input, triggers_replace: trigger } = objectOf(resource.expressions);
  const said = objectOf(objectOf(input).constant_value);
  return (
    resource.mode === 'managed' &&
    resource.type === 'terraform_data' &&
    provisioner.type === 'local-exec' &&
    Object.keys(expressions).sort().join() === 'command,working_dir' &&
    lineage !== undefined &&
    Object.keys(said).sort().join() === 'installs,via' &&
    said.installs === lineage &&
    said.via === via &&
    isThumbprint(textOf(objectOf(trigger).constant_value) ?? '') &&
    refersTo(command, clientId) &&
    folder.constant_value === FOLDER &&
    refersTo(folder, 'path.root')
  );
}

/** Where it refers to nothing, `${…}` is a text that the shell reads. */
function refersTo({ references }: JsonObject, name: string | undefined): boolean {
  return name === undefined ? references === undefined : textsOf(references).includes(name);
}

function readProviders(json: JsonObject, actions: readonly JsonObject[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const add = (name: unknown, what: unknown): void => {
    if (typeof name !== 'string') return;
    const uses = found.get(name) ?? new Set<string>();
    found.set(name, uses.add(textOf(what) ?? 'the configuration'));
  };
  const resources = [...objectsOf(json.resource_changes), ...objectsOf(json.resource_drift), ...actions];
  for (const { address, provider_name: name } of resources) add(name, address);
  const modules = [json.prior_state, json.planned_values].map((state) => {
    return objectOf(objectOf(isObject(state) && 'values' in state ? state.values : state).root_module);
  });
  for (let module = modules.pop(); module !== undefined; module = modules.pop()) {
    for (const { address, provider_name: name } of objectsOf(module.resources)) add(name, address);
    modules.push(...objectsOf(module.child_modules));
  }
  for (const provider of Object.values(objectOf(objectOf(json.configuration).provider_config))) {
    const { full_name: name } = objectOf(provider);
    if (typeof name === 'string' && !found.has(name)) add(name, undefined);
  }
  return found;
}
