import { z } from 'zod';
import type { KeyPath } from './yaml-places';

/** Part of JSON Schema that is looked at here. */
interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly oneOf?: readonly SchemaNode[];
  readonly const?: unknown;
}

/** Keys that a schema allows in the mapping at a path. */
export function allowedKeys(schema: z.ZodType, path: KeyPath, value: unknown): string[] {
  const root: SchemaNode = toNode(z.toJSONSchema(schema, { io: 'input' }));
  const node = path.reduce<SchemaNode | undefined>(
    (at, step) => (typeof step === 'number' ? at?.items : at?.properties?.[step]),
    root,
  );
  const variants = node?.oneOf ?? (node === undefined ? [] : [node]);
  const fitting = variants.find((variant) => fits(variant, value)) ?? variants[0];
  return Object.keys(fitting?.properties ?? {});
}

function fits(variant: SchemaNode, value: unknown): boolean {
  return Object.entries(variant.properties ?? {}).every(
    ([key, property]) =>
      property.const === undefined ||
      (typeof value === 'object' && value !== null && Reflect.get(value, key) === property.const),
  );
}

function toNode(value: unknown): SchemaNode {
  return typeof value === 'object' && value !== null ? value : {};
}
