import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Region, regions } from '../catalogue/regions';
import { Vb365Error } from '../errors';
import { type JsonObject, objectOf, objectsOf, textOf } from '../plan/json-values';
import { withFileErrors } from '../system/durable-files';
import { parseJson } from '../verify/cloud';
import { shown } from '../words/shown';

/** A resource or a data source, as the synthesized stack declares it. */
export interface DeclaredResource {
  /** `azuread_application.application_4D8A0EC9`; a data source begins with `data.` */
  readonly address: string;
  readonly type: string;
  /** Values, or expressions such as `${azuread_application.application_4D8A0EC9.id}`. */
  readonly attributes: JsonObject;
}

/** What a stack declares, as CDKTF wrote it. */
export interface DeclaredStack {
  readonly name: string;
  /** Absolute path. */
  readonly folder: string;
  readonly tenantId: string;
  readonly region: Region;
  /** In the order of the file. */
  readonly resources: readonly DeclaredResource[];
  /** By address. */
  readonly data: ReadonlyMap<string, DeclaredResource>;
  /** Values or expressions, by name. */
  readonly outputs: ReadonlyMap<string, unknown>;
  /** Addresses that the stack imports by itself: those of applications that were there before. */
  readonly imported: ReadonlySet<string>;
}

/** No path, and nothing that a shell would read as something else. */
const NAME = /^[A-Za-z0-9][\w.-]{0,127}$/;

/**
 * @param folder absolute path of the synthesized stacks: `cdktf.out/stacks`
 * @throws Vb365Error `stack-not-synthesized`
 */
export function readDeclaredStack(folder: string, name: string): DeclaredStack {
  const own = join(folder, name);
  const file = join(own, 'cdk.tf.json');
  if (!NAME.test(name) || !existsSync(file)) throw notSynthesized(folder, name);
  const text = withFileErrors('stack-not-synthesized', file, 'read', () => readFileSync(file, 'utf8'));
  const json = objectOf(parseJson(text));
  const [provider = {}] = objectsOf(objectOf(json.provider).azuread);
  const tenantId = textOf(provider.tenant_id);
  const region = regionOf(textOf(provider.environment) ?? '');
  if (tenantId === undefined || region === undefined) throw withoutTenant(file);
  return {
    ...{ name, folder: own, tenantId, region },
    resources: declared(objectOf(json.resource), ''),
    data: new Map(declared(objectOf(json.data), 'data.').map((one) => [one.address, one])),
    outputs: new Map(Object.entries(objectOf(json.output)).map(([key, output]) => [key, objectOf(output).value])),
    imported: new Set(objectsOf(json.import).flatMap(({ to }) => textOf(to) ?? [])),
  };
}

function declared(byType: JsonObject, prefix: string): DeclaredResource[] {
  return Object.entries(byType).flatMap(([type, byName]) =>
    Object.entries(objectOf(byName)).map(([key, attributes]) => ({
      address: `${prefix}${type}.${key}`,
      type,
      attributes: objectOf(attributes),
    })),
  );
}

function regionOf(environment: string): Region | undefined {
  const keys: readonly Region[] = ['worldwide', 'us-government', 'us-defence', 'china'];
  return keys.find((key) => regions[key].providerEnvironment === (environment === '' ? 'global' : environment));
}

function notSynthesized(folder: string, name: string): Vb365Error {
  const others = existsSync(folder) ? readdirSync(folder).filter((other) => NAME.test(other)) : [];
  const which = others.length === 0 ? '' : `, and name one of ${others.sort().slice(0, 20).join(', ')}`;
  return new Vb365Error('stack-not-synthesized', {
    subject: folder,
    message: `there is no synthesized stack ${shown(name)} in ${folder}`,
    cure: `run "npx cdktf synth" in the folder of vb365.yaml${which}`,
  });
}

function withoutTenant(file: string): Vb365Error {
  return new Vb365Error('stack-not-synthesized', {
    subject: file,
    message: `${file} does not say in which tenant and cloud its applications are registered`,
    cure: 'give the azuread provider tenant_id and environment, as the stacks of this library do, and synthesize again',
  });
}
