import { AzureadProvider } from '@cdktf/provider-azuread/lib/provider';
import { TerraformStack, Testing } from 'cdktf';

/** Attributes of one block of a synthesized stack. */
export type Block = Readonly<Record<string, unknown>>;

/** A synthesized stack that tests can ask. */
export interface Template {
  /** The whole of `cdk.tf.json`. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Resources of a type, in the order of their addresses, without CDKTF's metadata. */
  resources(type: string): Block[];
  /** Addresses of all resources and data sources: `azuread_application.application`. */
  addresses(): string[];
  data(type: string): Block[];
  imports(): Block[];
  /** What Terraform lets go of. */
  removed(): Block[];
  outputs(): Block[];
}

/** Synthesizes what `build` adds to a stack with the provider, with CDKTF's own validations. */
export function synthesized(build: (stack: TerraformStack) => void, name = 'test'): Template {
  const stack = new TerraformStack(Testing.app(), name);
  new AzureadProvider(stack, 'azuread', {});
  build(stack);
  return template(Testing.synth(stack, true));
}

/** Reads the text of a `cdk.tf.json`. */
export function template(text: string): Template {
  const json = asBlock(JSON.parse(text));
  const blocks = (kind: string, type: string): Block[] =>
    Object.values(asBlock(asBlock(json[kind])[type])).map((block) =>
      Object.fromEntries(Object.entries(asBlock(block)).filter(([name]) => name !== '//')),
    );
  const list = (kind: string): Block[] => {
    const found = json[kind];
    return Array.isArray(found) ? found.map(asBlock) : [];
  };
  return {
    json,
    resources: (type) => blocks('resource', type),
    data: (type) => blocks('data', type),
    imports: () => list('import'),
    removed: () => list('removed'),
    outputs: () => Object.values(asBlock(json.output)).map(asBlock),
    addresses: () =>
      ['resource', 'data'].flatMap((kind) =>
        Object.entries(asBlock(json[kind])).flatMap(([type, byName]) =>
          Object.keys(asBlock(byName)).map((name) => `${kind === 'data' ? 'data.' : ''}${type}.${name}`),
        ),
      ),
  };
}

function asBlock(value: unknown): Block {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
