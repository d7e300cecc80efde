import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { dump, load } from 'js-yaml';
import { errorCodes } from '../../lib/error-codes';
import type { Configuration } from '../../lib/config/configuration';
import { readConfiguration } from '../../lib/config/read-configuration';
import { Vb365Error } from '../../lib/errors';
import { errorOf, findingsOf, removeFiles, writeFiles } from './write-files';

const sampleFile = join(__dirname, 'fixtures', 'vb365.yaml');
const sample = readFileSync(sampleFile, 'utf8');

const INSTALLATION = `installations:
  - name: primary
    productVersion: "8.3"
    tenantId: 6f9d2c7a-1b34-4e58-9a0c-3d5e7f8091a2
    server: { hostName: vb365.example.com }
`;
const ORGANIZATION = `installation: primary
tenantId: 0c1d2e3f-4a5b-4c6d-8e7f-90a1b2c3d4e5
services: [exchange]
`;

afterEach(removeFiles);

describe('readConfiguration', () => {
  it('fills in every default of a short file', () => {
    const file = writeFiles({
      'vb365.yaml': `${INSTALLATION}organizations:
  - name: contoso
    installation: primary
    tenantId: 0C1D2E3F-4A5B-4C6D-8E7F-90A1B2C3D4E5
    services: [exchange]
`,
    });
    const policy = {
      source: 'self-signed',
      keySize: 2048,
      validityDays: 365,
      renewBeforeDays: 30,
      retireAfterDays: 14,
    };
    expect(readConfiguration(file)).toEqual({
      file,
      keystore: join(dirname(file), 'keystore'),
      installations: [
        {
          name: 'primary',
          productVersion: '8.3',
          tenantId: '6f9d2c7a-1b34-4e58-9a0c-3d5e7f8091a2',
          region: 'worldwide',
          server: { hostName: 'vb365.example.com' },
          proxies: [],
          authentication: { restoreOperators: false, tenants: false },
          certificates: policy,
          roleCertificates: {},
        },
      ],
      organizations: [
        {
          name: 'contoso',
          installation: 'primary',
          tenantId: '0c1d2e3f-4a5b-4c6d-8e7f-90a1b2c3d4e5',
          region: 'worldwide',
          services: ['exchange'],
          purposes: ['backup', 'restore'],
          application: { displayName: 'VB365 contoso' },
          backupApplications: [],
          consent: 'same-stack',
          certificates: policy,
        },
      ],
      dataCloud: [],
      backend: { type: 'local' },
      review: { rules: {} },
    });
  });

  it('takes the host of the REST API from the server, and its port from the product', () => {
    const { installations } = readConfiguration(writeFiles({ 'vb365.yaml': `${INSTALLATION}    restApi: {}\n` }));
    expect(installations[0]?.restApi).toEqual({ hostName: 'vb365.example.com', port: 4443 });
  });

  it('grants no consent for an existing application unless asked to', () => {
    const { organizations } = readConfiguration(sampleFile);
    expect(organizations.map(({ consent }) => consent)).toEqual(['same-stack', 'none']);
    expect(organizations[1]?.application).toEqual({
      clientId: '2b3c4d5e-6f70-4182-93a4-b5c6d7e8f901',
      alreadyConsented: [],
    });
  });

  it('lets an owner override single keys of the policy, and a role those of its installation', () => {
    const { installations } = readConfiguration(
      writeFiles({
        'vb365.yaml': `certificates: { keySize: 3072, validityDays: 200 }
${INSTALLATION}    restApi: {}
    certificates:
      validityDays: 100
      roles: { rest-api: { source: imported } }
`,
      }),
    );
    const own = { source: 'self-signed', keySize: 3072, validityDays: 100, renewBeforeDays: 30, retireAfterDays: 14 };
    expect(installations[0]?.certificates).toEqual(own);
    expect(installations[0]?.roleCertificates).toEqual({ 'rest-api': { ...own, source: 'imported' } });
  });

  it('resolves the keystore against the file', () => {
    const file = writeFiles({ 'vb365.yaml': 'keystore: ../certificates\n' });
    expect(readConfiguration(file).keystore).toBe(join(dirname(file), '..', 'certificates'));
  });

  it.each([
    ['a byte order mark', (text: string) => `\ufeff${text}`],
    ['Windows line endings', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a document start', (text: string) => `---\n${text}`],
  ])('reads a file with %s as without', (_, change) => {
    const plain = withoutPaths(readConfiguration(sampleFile));
    expect(withoutPaths(readConfiguration(writeFiles({ 'vb365.yaml': change(sample) })))).toEqual(plain);
  });

  it('does not care for the order of keys', () => {
    const reversed = writeFiles({ 'vb365.yaml': dump(withReversedKeys(load(sample))) });
    const plain = withoutPaths(readConfiguration(sampleFile));
    expect(withoutPaths(readConfiguration(reversed))).toEqual(plain);
  });

  it('reads the same from the same files', () => {
    expect(JSON.stringify(readConfiguration(sampleFile))).toBe(JSON.stringify(readConfiguration(sampleFile)));
  });

  it('throws what a code, a message and a cure can say, whatever is done to a file', () => {
    const values = fc.constantFrom<unknown>(
      null,
      5,
      -1,
      1.5,
      true,
      '',
      'x',
      'germany',
      '__proto__',
      '${x}',
      [],
      {},
      [null],
      { a: 1 },
    );
    fc.assert(
      fc.property(fc.nat(), fc.nat(), values, fc.boolean(), (where, which, value, isRemoved) => {
        const tree = load(sample);
        mutate(tree, where, which, value, isRemoved);
        const file = writeFiles({ 'vb365.yaml': dump(tree) });
        try {
          readConfiguration(file);
        } catch (error) {
          if (!(error instanceof Vb365Error)) throw error;
          expect(error.code).toBe('configuration-invalid');
          expect(error.findings.length).toBeGreaterThan(0);
          for (const finding of error.findings) {
            expect(Object.keys(errorCodes)).toContain(finding.id);
            expect(finding.cure).not.toBe('');
            expect(finding.place?.line).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('throws a coded error for whatever text', () => {
    const line = fc.constantFrom(
      'a: 1',
      '- b',
      '  c: [',
      '\t',
      '&a',
      '*a',
      'a: *a',
      '---',
      '"',
      '? [x]',
      '!!binary x',
      '<<: *a',
      '...',
      '%YAML 9',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(line).map((lines) => lines.join('\n')),
    );
    fc.assert(
      fc.property(text, (content) => {
        const file = writeFiles({ 'vb365.yaml': content });
        try {
          readConfiguration(file);
        } catch (error) {
          if (!(error instanceof Vb365Error)) throw error;
          expect(error.code).toBe('configuration-invalid');
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('readConfiguration, where the file itself is wrong', () => {
  it('says that a file is missing', () => {
    expect(errorOf(join(dirname(sampleFile), 'missing.yaml'))).toMatchObject({
      code: 'configuration-file-missing',
      cure: expect.stringContaining('vb365 init') as unknown,
    });
  });

  it('says that a folder is not a file', () => {
    expect(errorOf(dirname(sampleFile)).code).toBe('configuration-file-unreadable');
  });

  it('reads UTF-16, as Windows PowerShell writes it', () => {
    const expected = readConfiguration(writeFiles({ 'vb365.yaml': sample }));
    const read = readConfiguration(writeFiles({ 'vb365.yaml': Buffer.from(`\ufeff${sample}`, 'utf16le') }));
    expect(read.organizations).toEqual(expected.organizations);
  });

  it('refuses bytes that are no text', () => {
    const file = writeFiles({ 'vb365.yaml': Uint8Array.of(0x61, 0x3a, 0x20, 0xe4, 0x0a) });
    expect(errorOf(file)).toMatchObject({
      code: 'configuration-not-utf8',
      message: `${file} is not text in UTF-8 or UTF-16`,
    });
  });

  it.each([
    ['', '-:- configuration-empty the file'],
    ['# nothing yet\n', '-:- configuration-empty the file'],
    ['~\n', '1:1 configuration-type the file'],
    ['- a\n- b\n', '1:1 configuration-type the file'],
    ['text\n', '1:1 configuration-type the file'],
    ['a: 1\n---\nb: 1\n', '-:- configuration-several-documents the file'],
    ['keystore: a\n\tinclude: []\n', '2:1 configuration-yaml-syntax the file'],
    ['keystore: [a\n', '2:1 configuration-yaml-syntax the file'],
    ['keystore: a\n  include: []\n', '2:10 configuration-yaml-syntax the file'],
    ['keystore: *a\n', '1:12 configuration-yaml-syntax the file'],
    ['keystore: !secret a\n', '1:11 configuration-yaml-syntax the file'],
    ['keystore: a\nkeystore: b\nbackend: { type: local, type: s3 }\n', '2:1 configuration-key-duplicate keystore'],
    ['organizations: &a [*a]\n', '-:- configuration-too-large the file'],
  ])('says of %j: %s', (text, expected) => {
    const file = writeFiles({ 'vb365.yaml': text });
    expect(findingsOf(file)[0]).toBe(expected);
  });

  it('leaves the name of the file to the place of a finding', () => {
    const file = writeFiles({ 'vb365.yaml': '' });
    expect(errorOf(file).findings).toMatchObject([
      { subject: 'the file', message: 'the file holds nothing', place: { file } },
    ]);
  });

  it('names every duplicate key, and what else is wrong', () => {
    const file = writeFiles({
      'vb365.yaml': 'keystore: a\nkeystore: b\nbackend: { type: local, type: local, x: 1 }\nfoo: 1\n',
    });
    expect(findingsOf(file)).toEqual([
      '2:1 configuration-key-duplicate keystore',
      '3:25 configuration-key-duplicate backend.type',
      '3:38 configuration-key-unknown backend.x',
      '4:1 configuration-key-unknown foo',
    ]);
  });

  it('refuses aliases that multiply each other', () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const items =
        level === 0
          ? 'x'
          : Array(10)
              .fill(`*l${level - 1}`)
              .join(', ');
      return `l${level}: &l${level} [${items}]`;
    });
    const file = writeFiles({ 'vb365.yaml': levels.join('\n') });
    expect(errorOf(file).findings[0]?.id).toBe('configuration-too-large');
  });

  it('takes anchors and aliases as a person uses them', () => {
    const file = writeFiles({
      'vb365.yaml': `certificates: &policy { keySize: 4096 }\n${INSTALLATION}    certificates: *policy\n`,
    });
    expect(readConfiguration(file).installations[0]?.certificates.keySize).toBe(4096);
  });
});

describe('include', () => {
  it('reads organizations from files of their own, each once, sorted by code unit', () => {
    const file = writeFiles({
      'vb365.yaml': `include: [organizations/*.yaml, 'organizations/**/*.yaml', more.yaml]\n${INSTALLATION}`,
      'organizations/b.yaml': `name: b\n${ORGANIZATION}`,
      'organizations/a-1.yaml': `name: a-1\n${ORGANIZATION}`,
      'organizations/a.yaml': `name: a\n${ORGANIZATION}`,
      'organizations/Z.yaml': `name: z\n${ORGANIZATION}`,
      'organizations/.hidden.yaml': 'nonsense',
      'organizations/europe/c.yaml': `name: c\n${ORGANIZATION}`,
      'more.yaml': `dataCloud:\n  - { name: d, tenantId: 0c1d2e3f-4a5b-4c6d-8e7f-90a1b2c3d4e5, services: [exchange] }\n`,
    });
    const configuration = readConfiguration(file);
    expect(configuration.organizations.map(({ name }) => name)).toEqual(['z', 'a-1', 'a', 'b', 'c']);
    expect(configuration.dataCloud.map(({ name }) => name)).toEqual(['d']);
  });

  it('names the line in the included file', () => {
    const file = writeFiles({
      'vb365.yaml': `include: [organizations/*.yaml]\n${INSTALLATION}`,
      'organizations/a.yaml': `name: a\n${ORGANIZATION}region: germany\n`,
    });
    const [finding] = errorOf(file).findings;
    expect(finding).toMatchObject({
      id: 'region-closed',
      subject: 'region',
      place: { file: join(dirname(file), 'organizations', 'a.yaml'), line: 5, column: 9 },
    });
  });

  it.each([
    ['include: [none/*.yaml]\n', '1:11 include-without-match include[0]'],
    ['include: [none.yaml]\n', '1:11 configuration-file-missing include[0]'],
    ['include: [vb365.yaml]\n', '1:11 include-itself include[0]'],
    ['include: ["*.yaml"]\n', '1:11 include-itself include[0]'],
    ['include: [a.yaml, a.yaml]\n', '1:19 configuration-value-duplicate include[1]'],
    ['include: a.yaml\n', '1:10 configuration-type include'],
  ])('says of %j: %s', (text, expected) => {
    expect(findingsOf(writeFiles({ 'vb365.yaml': text }))).toContain(expected);
  });

  it('offers no sample in place of an included file that is missing', () => {
    const { findings } = errorOf(writeFiles({ 'vb365.yaml': 'include: [none.yaml]\n' }));
    expect(findings).toMatchObject([
      { id: 'configuration-file-missing', cure: 'correct the path, or remove it from include' },
    ]);
  });

  it('refuses an included file that includes', () => {
    const file = writeFiles({ 'vb365.yaml': 'include: [a.yaml]\n', 'a.yaml': 'include: [b.yaml]\n' });
    expect(findingsOf(file)).toEqual(['1:1 include-nested include']);
  });
});

function withoutPaths({ installations, organizations, dataCloud, backend }: Configuration): Partial<Configuration> {
  return { installations, organizations, dataCloud, backend };
}

/** The same tree with the keys of every mapping in reverse. */
function withReversedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withReversedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, child]): [string, unknown] => [key, withReversedKeys(child)]);
  return Object.fromEntries(entries.reverse());
}

/** Replaces or removes one value somewhere in the tree, or adds a key. */
function mutate(tree: unknown, where: number, which: number, value: unknown, isRemoved: boolean): void {
  const nodes: object[] = [];
  const collect = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    nodes.push(node);
    Object.values(node).forEach(collect);
  };
  collect(tree);
  const node = nodes[where % nodes.length]!;
  const keys = [...Object.keys(node), 'unheardOf'];
  const key = keys[which % keys.length]!;
  if (isRemoved && !Array.isArray(node)) Reflect.deleteProperty(node, key);
  else if (!Array.isArray(node) || key !== 'unheardOf') Reflect.set(node, key, value);
}
