import { z } from 'zod';
import type { KeyPath } from '../yaml/yaml-places';

/** Part of JSON Schema that is looked at here. */
interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  /** Empty where no value fits: the key is known, and may not stand there. */
  readonly not?: Readonly<Record<string, unknown>>;
  /** `#/$defs/<name>` */
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
}

/** Keys that a schema allows in the mapping at a path. */
export function allowedKeys(schema: z.ZodType, path: KeyPath): string[] {
  const root: SchemaNode = toNode(z.toJSONSchema(schema, { io: 'input' }));
  const node = path.reduce<SchemaNode | undefined>((at, step) => {
    const next = typeof step === 'number' ? at?.items : at?.properties?.[step];
    return next?.$ref === undefined ? next : root.$defs?.[next.$ref.replace('#/$defs/', '')];
  }, root);
  return Object.entries(node?.properties ?? {}).flatMap(([key, { not }]) => (isEmpty(not) ? [] : [key]));
}

function isEmpty(mapping: SchemaNode['not']): boolean {
  return mapping !== undefined && Object.keys(mapping).length === 0;
}

function toNode(value: unknown): SchemaNode {
  return typeof value === 'object' && value !== null ? value : {};
}
