import { z } from 'zod';
import { configurationSchema } from './schema';

/** Where editors find the schema of the published package. */
const ID = 'https://unpkg.com/cdktf-vb365/vb365.schema.json';

/** JSON Schema (draft 2020-12) of `vb365.yaml`, for editors: from the schema by which files are read. */
export function configurationJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(configurationSchema, { io: 'input', target: 'draft-2020-12' });
  return { $schema, $id: ID, title: 'vb365.yaml', ...schema };
}

/** The same as the text of `vb365.schema.json`. */
export function configurationJsonSchemaText(): string {
  return `${JSON.stringify(configurationJsonSchema(), undefined, 2)}\n`;
}
