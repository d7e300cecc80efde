import { z } from 'zod';
import type { KeyPath } from './yaml-places';

/** Part of JSON Schema that is looked at here. */
interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
}

/** Keys that a schema allows in the mapping at a path. */
export function allowedKeys(schema: z.ZodType, path: KeyPath): string[] {
  const root: SchemaNode = toNode(z.toJSONSchema(schema, { io: 'input' }));
  const node = path.reduce<SchemaNode | undefined>(
    (at, step) => (typeof step === 'number' ? at?.items : at?.properties?.[step]),
    root,
  );
  return Object.keys(node?.properties ?? {});
}

function toNode(value: unknown): SchemaNode {
  return typeof value === 'object' && value !== null ? value : {};
}
