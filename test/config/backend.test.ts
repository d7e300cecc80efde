import { readConfiguration } from '../../lib/config/read-configuration';
import { errorOf, findingsOf, removeFiles, writeFiles } from './write-files';

const ONE = `installations:
  - { name: primary, productVersion: "8.3", tenantId: 6f9d2c7a-1b34-4e58-9a0c-3d5e7f8091a2, server: { hostName: vb365 } }
`;
const TWO = `${ONE}dataCloud:
  - { name: fabrikam, tenantId: 6f9d2c7a-1b34-4e58-9a0c-3d5e7f8091a2, services: [exchange] }
`;

afterEach(removeFiles);

function fileWith(backend: string, rest = TWO): string {
  return writeFiles({ 'vb365.yaml': `backend: ${backend}\n${rest}` });
}

describe('backend', () => {
  it.each([
    ['{ type: local }', { type: 'local' }],
    ['{ type: local, path: "states/{stack}.tfstate" }', { type: 'local', path: 'states/{stack}.tfstate' }],
    ['{ type: azurerm, useOidc: true }', { type: 'azurerm', useOidc: true, key: '{stack}.tfstate' }],
    ['{ type: s3, bucket: b, key: "vb365/{stack}" }', { type: 's3', bucket: 'b', key: 'vb365/{stack}' }],
    ['{ type: s3, bucket: b }', { type: 's3', bucket: 'b', key: '{stack}.tfstate' }],
    ['{ type: gcs, bucket: b }', { type: 'gcs', bucket: 'b', prefix: '{stack}' }],
    [
      '{ type: gcs, bucket: b, kmsEncryptionKey: k }',
      { type: 'gcs', bucket: 'b', kmsEncryptionKey: 'k', prefix: '{stack}' },
    ],
    ['{ type: http, address: "https://s/{stack}" }', { type: 'http', address: 'https://s/{stack}' }],
    ['{ type: pg, connStr: "postgres://h/db" }', { type: 'pg', connStr: 'postgres://h/db', schemaName: '{stack}' }],
    ['{ type: consul }', { type: 'consul', path: '{stack}' }],
    ['{ type: cos, bucket: b }', { type: 'cos', bucket: 'b', key: '{stack}.tfstate' }],
    ['{ type: oss, bucket: b, prefix: "{stack}" }', { type: 'oss', bucket: 'b', prefix: '{stack}' }],
    ['{ type: remote, organization: o }', { type: 'remote', organization: 'o', workspaces: { name: '{stack}' } }],
    [
      '{ type: cloud, organization: o, workspaces: { project: p } }',
      { type: 'cloud', organization: 'o', workspaces: { project: 'p', name: '{stack}' } },
    ],
  ])('reads %s', (text, expected) => {
    expect(readConfiguration(fileWith(text)).backend).toEqual(expected);
  });

  it.each([
    ['{ type: s4 }', '1:18 configuration-value backend.type'],
    ['{ bucket: b }', '1:10 configuration-key-missing backend.type'],
    ['s3', '1:10 configuration-type backend'],
    ['{ type: s3, key: 5 }', '1:27 configuration-type backend.key'],
    ['{ type: s3, key: }', '1:25 configuration-type backend.key'],
    ['{ type: cloud, workspaces: a }', '1:37 configuration-type backend.workspaces'],
    ['{ type: s3, dynamodb_table: t }', '1:22 backend-key-spelling backend.dynamodb_table'],
    ['{ type: s3, assumeRole: { role_arn: t } }', '1:36 backend-key-spelling backend.assumeRole.role_arn'],
    ['{ type: s3, key: state }', '1:27 backend-state-shared backend.key'],
    ['{ type: oss, prefix: p }', '1:31 backend-state-shared backend.prefix'],
    ['{ type: http }', '1:10 backend-state-shared backend.address'],
    ['{ type: remote, workspaces: { prefix: p } }', '1:40 backend-state-shared backend.workspaces.prefix'],
    ['{ type: local, path: state }', '1:31 backend-state-shared backend.path'],
    ['{ type: local, path: "/{stack}" }', '1:31 backend-path backend.path'],
    ['{ type: local, path: "C:\\\\{stack}" }', '1:31 backend-path backend.path'],
    ['{ type: local, workspaceDir: w }', '1:25 configuration-key-unknown backend.workspaceDir'],
  ])('refuses %s: %s', (text, expected) => {
    expect(findingsOf(fileWith(text))).toEqual([expected]);
  });

  it.each([
    'accessKey: HUNTER2',
    'access_key: HUNTER2',
    'secretKey: HUNTER2',
    'sasToken: HUNTER2',
    'clientSecret: HUNTER2',
    'clientCertificate: HUNTER2',
    'clientCertificatePassword: HUNTER2',
    'clientPrivateKeyPem: HUNTER2',
    'httpAuth: HUNTER2',
    'oidcRequestToken: HUNTER2',
    'headers: { Authorization: HUNTER2 }',
    'headers: { X-Auth-Token: HUNTER2 }',
    'lockHeaders: "Bearer HUNTER2"',
    'password: HUNTER2',
    'token: HUNTER2',
    'oidcToken: HUNTER2',
    'encryptionKey: HUNTER2',
    'sseCustomerKey: HUNTER2',
    'connStr: "postgres://user:HUNTER2@host/db"',
    'connStr: "host=h password=HUNTER2"',
    'address: "https://user:HUNTER2@host/{stack}"',
    'credentials: "{\\"private_key\\": \\"HUNTER2\\"}"',
    'credentials: "{\\"refresh_token\\": \\"HUNTER2\\"}"',
    'rootCertificate: "-----BEGIN RSA PRIVATE KEY----- HUNTER2"',
    'assumeRoleWithWebIdentity: { webIdentityToken: HUNTER2 }',
  ])('refuses the secret in %s, and does not repeat it', (property) => {
    const error = errorOf(fileWith(`{ type: s3, ${property} }`));
    expect(error.findings.map(({ id }) => id)).toEqual(['backend-secret']);
    expect(JSON.stringify([error, error.findings, String(error.cause)])).not.toContain('HUNTER2');
  });

  it.each([
    'oidcTokenFilePath: f',
    'webIdentityTokenFile: f',
    'secretsPath: f',
    'clientCertificatePath: f',
    'clientCertificatePem: "-----BEGIN CERTIFICATE-----"',
  ])('takes %s, which is no secret', (property) => {
    expect(readConfiguration(fileWith(`{ type: s3, ${property} }`)).backend.type).toBe('s3');
  });

  it.each([
    ['bucket: "${var.bucket}"', '1:30 backend-expression backend.bucket'],
    ['bucket: "b-%{ if true }c%{ endif }"', '1:30 backend-expression backend.bucket'],
    ['bucket: "#{TfToken[1]}"', '1:30 backend-expression backend.bucket'],
    ['key: "${stack}.tfstate"', '1:27 backend-expression backend.key'],
    ['assumeRole: { roleArn: "${TfToken[TOKEN.7]}" }', '1:45 backend-expression backend.assumeRole.roleArn'],
    ['sharedConfigFiles: [a, "${b}"]', '1:45 backend-expression backend.sharedConfigFiles[1]'],
    ['assumeRole: { tags: { "${a}": b } }', '1:44 backend-expression backend.assumeRole.tags.${a}'],
  ])('refuses the expression in %s, of which Terraform takes none there', (property, expected) => {
    expect(findingsOf(fileWith(`{ type: s3, ${property} }`))).toEqual([expected]);
  });

  it('says that the name of the stack is written without a dollar', () => {
    const { findings } = errorOf(fileWith('{ type: s3, key: "${stack}" }'));
    expect(findings).toMatchObject([{ cure: 'write the value itself; {stack} stands for the name of the stack' }]);
  });

  it.each([
    ['s3', 'assumeRole', { tags: { 'cost-center': 'a', Cost_Center: 'b' }, transitiveTagKeys: ['cost-center'] }],
    ['s3', 'assumeRoleTags', { 'cost-center': 'a' }],
    ['http', 'headers', { 'X-Environment': 'test', nested: { 'a-b': 'c' } }],
    ['cloud', 'workspaces', { tags: { 'cost-center': 'a' }, name: '{stack}' }],
  ])('leaves the keys that a person has chosen in a backend of type %s below %s alone', (type, key, value) => {
    const { backend } = readConfiguration(fileWith(JSON.stringify({ type, [key]: value }), ONE));
    expect(backend[key]).toEqual(value);
  });

  it('never repeats a secret where the text is not YAML', () => {
    for (const text of [
      '{ type: s3, accessKey: *HUNTER2 }',
      '{ type: s3, accessKey: !HUNTER2 x }',
      '{ accessKey: "HUNTER2" HUNTER2 }',
    ]) {
      const error = errorOf(fileWith(text));
      expect(JSON.stringify([error, error.findings, error.message, String(error.cause)])).not.toContain('HUNTER2');
    }
  });

  it('never repeats what stands in place of the mapping', () => {
    const error = errorOf(fileWith('"postgres://user:HUNTER2@host/db"'));
    expect(error.findings.map(({ id }) => id)).toEqual(['configuration-type']);
    expect(JSON.stringify(error.findings)).not.toContain('HUNTER2');
  });

  it('may name one state as long as there is one stack', () => {
    expect(readConfiguration(fileWith('{ type: s3, key: state }', ONE)).backend.key).toBe('state');
  });
});
