import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationJsonSchema, configurationJsonSchemaText } from '../../../lib/config/schema/json-schema';

describe('configurationJsonSchema', () => {
  it('is what vb365.schema.json holds', () => {
    expect(readFileSync(join(__dirname, '..', '..', '..', 'vb365.schema.json'), 'utf8')).toBe(
      configurationJsonSchemaText(),
    );
  });

  it('says its draft, its address and its title', () => {
    expect(configurationJsonSchema()).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'https://unpkg.com/cdktf-vb365/vb365.schema.json',
      title: 'vb365.yaml',
      additionalProperties: false,
    });
  });

  it('describes defaults, so that an editor shows them', () => {
    const certificates = configurationJsonSchema();
    expect(JSON.stringify(certificates)).toContain('"default":365');
  });
});
