import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type EntraEmulator, PIPELINE_CLIENT_SECRET, startEntraEmulator } from '../../../emulators/entra';
import { ADMINISTRATOR, startVb365Emulator, type Vb365Emulator } from '../../../emulators/vb365';
import { keyCredentialOf } from '../../../emulators/entra/directory/key-credentials';
import { apis } from '../../../lib/catalogue/permission-ids';
import {
  auxiliaryBackupPermissions,
  backupPermissions,
  dataCloudPermissions,
  groupByApi,
  type Permission,
  portalPermissions,
} from '../../../lib/catalogue/permissions';
import type { Certificate } from '../../../lib/certificates/certificate';
import type { KeyAndCertificate } from '../../../lib/certificates/key-and-certificate';
import type { Check, VerifiedLineage } from '../../../lib/verify/report';
import { readIdentities } from '../../../lib/keystore/sealing/identity';
import { Keystore } from '../../../lib/keystore/keystore';
import { openPrivateKey } from '../../../lib/keystore/sealing/private-key';
import { type Outcome, removeWorkplaces, Workplace } from '../../support/cli';
import { grantAll } from '../../support/admin-consent';
import { openKeys } from '../../support/open-keys';
import { later, selfSigned } from '../../support/self-signed';

const TENANT = '00000000-0000-0000-0000-000000000002';
const ABSENT_TENANT = '00000000-0000-0000-0000-00000000dead';
const PORTAL = '10000000-0000-4000-8000-000000000001';
const CONTOSO = '10000000-0000-4000-8000-000000000002';
const AUXILIARY = '10000000-0000-4000-8000-000000000003';
const FABRIKAM = '10000000-0000-4000-8000-000000000004';
const LAPSED = '10000000-0000-4000-8000-000000000005';
const LINEAGE = 'contoso/entra-application';

const interactive = backupPermissions({
  services: ['exchange'],
  purposes: ['backup', 'restore-interactive'],
  productVersion: '8.3',
});

let entra: EntraEmulator;
let server: Vb365Emulator;
/** Everything issued, nothing superseded; not to be changed. */
let issued: Workplace;
/** The same, with a successor of each certificate. */
let renewed: Workplace;

beforeAll(async () => {
  entra = await startEntraEmulator({ tenants: ['00000000-0000-0000-0000-000000000001', TENANT] });
  server = await startVb365Emulator({ entra });
  issued = new Workplace(configuration(server.port, ['lapsed']));
  await issued.run(['issue', '--at', '2024-01-01']);
  issued.write('vb365.yaml', configuration(server.port, ['contoso', 'lapsed', 'nowhere', 'unknown']));
  await issued.run(['issue']);
  renewed = issued.copy();
  await renewed.run(['renew', LINEAGE, 'primary/rest-api']);
  for (const [clientId, lineage, permissions] of [
    [PORTAL, 'primary/restore-portal', portalPermissions()],
    [CONTOSO, LINEAGE, interactive],
    [AUXILIARY, `contoso/backup-application-${AUXILIARY}`, auxiliaryBackupPermissions('worldwide')],
    [FABRIKAM, 'fabrikam/data-cloud', dataCloudPermissions(['exchange'])],
    [LAPSED, 'lapsed/entra-application', []],
  ] as const) {
    register(clientId, lineage, permissions);
  }
});

beforeEach(async () => {
  deploy(CONTOSO, contosoAsDeclared(), [current(issued, LINEAGE)]);
  server.useServerCertificate(await currentWithKey(issued, 'primary/rest-api'));
});

afterAll(async () => {
  await Promise.all([entra.close(), server.close()]);
  removeWorkplaces();
});

/** In a workplace of the first configuration, `issue` is for organizations of the past only. */
function configuration(port: number, organizations: readonly string[]): string {
  const isWhole = organizations.includes('contoso');
  const application = (clientId: string): string => `    application: { clientId: ${clientId} }`;
  const common = [`    tenantId: ${TENANT}`, '    services: [exchange]'];
  const organization = (name: string, tenantId: string, clientId: string, purposes: string): string[] => [
    `  - name: ${name}`,
    '    installation: primary',
    `    tenantId: ${tenantId}`,
    '    services: [exchange]',
    `    purposes: [${purposes}]`,
    application(clientId),
  ];
  return [
    'installations:',
    '  - name: primary',
    "    productVersion: '8.3'",
    `    tenantId: ${TENANT}`,
    '    server: { hostName: localhost }',
    `    authentication: { restoreOperators: ${isWhole}, tenants: false }`,
    ...(isWhole
      ? [
          `    restApi: { hostName: localhost, port: ${port} }`,
          `    restorePortal: { webAddress: 'https://localhost:${port}', application: { clientId: ${PORTAL} } }`,
        ]
      : []),
    'organizations:',
    ...(isWhole
      ? [
          ...organization('contoso', TENANT, CONTOSO, 'backup, restore-interactive'),
          `    backupApplications: [{ clientId: ${AUXILIARY} }]`,
          ...organization('nowhere', ABSENT_TENANT, '10000000-0000-4000-8000-000000000006', 'backup'),
          ...organization('unknown', TENANT, '10000000-0000-4000-8000-000000000007', 'backup'),
        ]
      : []),
    ...organization('lapsed', TENANT, LAPSED, 'backup'),
    ...(isWhole ? ['dataCloud:', '  - name: fabrikam', ...common, application(FABRIKAM)] : []),
    '',
  ].join('\n');
}

function current(workplace: Workplace, lineage: string): Certificate {
  return new Keystore(workplace.path('keystore')).current(lineage)!.certificate;
}

async function currentWithKey(workplace: Workplace, lineage: string): Promise<KeyAndCertificate> {
  const generation = new Keystore(workplace.path('keystore')).current(lineage)!;
  const { identities } = await readIdentities(workplace.identity);
  return { ...generation, privateKey: await openPrivateKey(generation, identities) };
}

/** As a stack would leave it. */
function register(clientId: string, lineage: string, permissions: readonly Permission[]): void {
  const { directory } = entra;
  directory.addApplication(TENANT, { appId: clientId, displayName: lineage });
  directory.addServicePrincipal(TENANT, clientId);
  deploy(clientId, { requiredResourceAccess: accessTo(permissions) }, [current(issued, lineage)]);
  if (clientId === PORTAL) deploy(clientId, { spa: { redirectUris: [`https://localhost:${server.port}/`] } });
  grantAll(directory, TENANT, clientId, permissions);
}

/** Changes an application, and replaces its certificates. */
function deploy(clientId: string, properties: object, certificates?: readonly Certificate[]): void {
  const { directory } = entra;
  const application = directory.changeApplication(TENANT, clientId, { ...properties });
  if (certificates === undefined) return;
  const keyCredentials = certificates.map((certificate) => keyCredentialOf(certificate));
  directory.tenant(TENANT).applications.replace({ ...application, keyCredentials });
}

/** As somebody may who uploads a certificate by hand. */
function narrowDates(): void {
  const tenant = entra.directory.tenant(TENANT);
  const application = tenant.applicationOf(CONTOSO)!;
  const keyCredentials = application.keyCredentials.map((one) => ({ ...one, endDateTime: '2027-01-01T00:00:00Z' }));
  tenant.applications.replace({ ...application, keyCredentials });
}

function contosoAsDeclared(): object {
  return {
    requiredResourceAccess: accessTo(interactive),
    publicClient: { redirectUris: ['http://localhost'] },
    spa: { redirectUris: [] },
    isFallbackPublicClient: true,
  };
}

function accessTo(permissions: readonly Permission[]): object[] {
  return groupByApi(permissions).map(({ api, roleIds, scopeIds }) => ({
    resourceAppId: apis[api].clientId,
    resourceAccess: [...roleIds.map((id) => ({ id, type: 'Role' })), ...scopeIds.map((id) => ({ id, type: 'Scope' }))],
  }));
}

/** Everything that stands in a folder, as a commit of its repository. */
function commit(folder: string, message: string): void {
  const git = (...args: readonly string[]): unknown =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], { cwd: folder });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', message);
}

/** What leads to the emulator, without the account of the pipeline. */
function cloud(): Record<string, string> {
  const { ARM_METADATA_HOSTNAME = '', SSL_CERT_FILE = '' } = entra.environment(TENANT);
  return { ARM_METADATA_HOSTNAME, SSL_CERT_FILE };
}

function withPipeline(): Record<string, string> {
  return entra.environment(TENANT);
}

interface Looked extends Pick<Outcome, 'code' | 'stderr'> {
  readonly rows: readonly VerifiedLineage[];
  readonly check: (kind: Check['kind']) => Check | undefined;
  /** Severity and id of every finding. */
  readonly found: readonly string[];
  readonly said: string;
}

async function verify(workplace: Workplace, args: readonly string[], env = cloud()): Promise<Looked> {
  const { code, stderr, stdout } = await workplace.run(['verify', '--json', ...args], { env });
  const rows = code === 2 && stdout === '' ? [] : (JSON.parse(stdout) as VerifiedLineage[]);
  const findings = rows.flatMap(({ checks }) => checks.flatMap((check) => check.findings));
  return {
    ...{ code, rows, stderr },
    check: (kind) => rows[0]?.checks.find((check) => check.kind === kind),
    found: findings.map(({ id, severity }) => `${severity} ${id}`),
    said: findings.map(({ cure, message }) => `${message}; ${cure}`).join('\n'),
  };
}

describe('vb365 verify', () => {
  it('says that all is well where it is, and what cannot be seen from here', async () => {
    const lineages = ['primary/rest-api', 'primary/restore-portal', LINEAGE, 'fabrikam/data-cloud'];
    const args = ['verify', ...lineages, 'primary/restore-operator-authentication'];
    const { code, stderr, stdout } = await issued.run(args, { env: withPipeline() });
    expect(stderr).toBe('5 lineages: 4 well, 1 not looked at\n');
    expect(code).toBe(0);
    expect(stdout.split('\n').map((line) => line.split(/ {2,}/).slice(0, 4).join(' | '))).toEqual([
      'lineage | generation | check | result',
      'primary/rest-api | 0001 | TLS | ok',
      'primary/restore-portal | 0001 | sign-in | ok',
      'primary/restore-portal | 0001 | application | ok',
      'primary/restore-portal | 0001 | consent | ok',
      'primary/restore-portal | 0001 | TLS | ok',
      'contoso/entra-application | 0001 | sign-in | ok',
      'contoso/entra-application | 0001 | application | ok',
      'contoso/entra-application | 0001 | consent | ok',
      'contoso/entra-application | 0001 | REST API | not looked at',
      'fabrikam/data-cloud | 0001 | sign-in | ok',
      'fabrikam/data-cloud | 0001 | application | ok',
      'fabrikam/data-cloud | 0001 | consent | ok',
      'fabrikam/data-cloud | 0001 | server | not looked at',
      'primary/restore-operator-authentication | 0001 | server | not looked at',
      '',
    ]);
    expect(stdout).toContain('serves the current 0001 of primary/rest-api');
  });

  it('prints JSON of one shape, in the order of the lineages', async () => {
    const { rows } = await verify(issued, ['primary/rest-api', LINEAGE]);
    expect(rows.map(({ lineage }) => lineage)).toEqual(['primary/rest-api', LINEAGE]);
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(['lineage', 'owner', 'role', 'generation', 'thumbprint', 'checks']);
      for (const check of row.checks)
        expect(Object.keys(check)).toEqual(['kind', 'where', 'result', 'detail', 'findings']);
    }
  });

  it('looks at every lineage where none is named', async () => {
    const { rows, code } = await verify(issued, []);
    expect(rows).toHaveLength(9);
    expect(code).toBe(1);
  });

  it('has nothing to look at where nothing is declared', async () => {
    const { code, stderr } = await new Workplace('{}\n').run(['verify']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'The configuration asks for no certificate.\n' });
  });
});

describe('vb365 verify and the keystore', () => {
  it.each([
    [
      'has no certificate',
      'certificate-missing-in-keystore',
      (file: string) => {
        rmSync(file);
      },
    ],
    [
      'is damaged',
      'keystore-certificate-unreadable',
      (file: string) => {
        writeFileSync(file, 'damaged');
      },
    ],
  ])('says that a lineage %s, and looks at the others', async (_, id, damage) => {
    const workplace = issued.copy();
    damage(workplace.path(`keystore/${LINEAGE}/0001.crt`));
    const { code, found, rows } = await verify(workplace, [LINEAGE, 'fabrikam/data-cloud']);
    expect({ code, found }).toEqual({ code: 1, found: [`error ${id}`] });
    expect(rows.map(({ generation }) => generation)).toEqual([null, '0001']);
  });

  it('cannot sign in with a key that is sealed to somebody else', async () => {
    const stranger = new Workplace();
    await stranger.run(['init']);
    const env = { ...withPipeline(), VB365_IDENTITY: stranger.identity };
    const { check, code, found } = await verify(issued, [LINEAGE], env);
    expect({ code, found }).toEqual({ code: 1, found: ['error key-not-sealed-to-identity'] });
    expect(check('application')?.result).toBe('ok');
  });
});

describe('vb365 verify of an application', () => {
  it('explains a sign-in with a certificate that was never deployed', async () => {
    const { code, check, found, said } = await verify(renewed, [LINEAGE], withPipeline());
    expect(code).toBe(1);
    expect(check('sign-in')?.detail).toBe('refused with AADSTS700027');
    expect(found.slice(0, 3)).toEqual([
      'error verify-sign-in-refused',
      'error credential-missing',
      'advice credential-superseded',
    ]);
    expect(said).toContain('does not accept the certificate that signed the request: it is current, and valid to');
    expect(said).toContain('run "npx cdktf deploy contoso"');
  });

  it('takes a superseded certificate beside the current one as it is, and says until when', async () => {
    deploy(CONTOSO, {}, [current(issued, LINEAGE), current(renewed, LINEAGE)]);
    const { code, found, said } = await verify(renewed, [LINEAGE]);
    expect({ code, found }).toEqual({ code: 0, found: ['advice credential-superseded'] });
    expect(said).toMatch(/superseded certificate 0001 \([0-9A-F]{40}\), which may be retired from 20\d\d-/);
  });

  it('names a foreign certificate, which may well belong into an application that was there before', async () => {
    const foreign = selfSigned({ notBefore: later(new Date(), -3_600) });
    deploy(CONTOSO, {}, [current(issued, LINEAGE), foreign]);
    const { code, found, said } = await verify(issued, [LINEAGE]);
    expect({ code, found }).toEqual({
      code: 0,
      found: ['advice credential-foreign', 'advice keystore-history-unknown'],
    });
    expect(said).toContain(foreign.thumbprint);
    const tenant = entra.directory.tenant(TENANT);
    const application = tenant.applicationOf(CONTOSO)!;
    const keyCredentials = application.keyCredentials.map((one) => ({ ...one, displayName: '\u001b[31mred\n' }));
    tenant.applications.replace({ ...application, keyCredentials });
    const { stderr } = await issued.run(['verify', LINEAGE], { env: cloud() });
    expect(stderr).toContain('named "\\u001b[31mred\\n"');
    expect(stderr).not.toContain('\u001b');
  });

  it('finds dates in Entra that are not those of the certificate', async () => {
    narrowDates();
    const { code, found, said } = await verify(issued, [LINEAGE]);
    expect({ code, found }).toEqual({ code: 1, found: ['warning credential-dates-differ'] });
    expect(said).toContain('2027-01-01T00:00:00Z');
  });

  it('explains that a current certificate has expired', async () => {
    const { code, found, said } = await verify(issued, ['lapsed/entra-application']);
    expect({ code, found }).toEqual({ code: 1, found: ['error verify-sign-in-refused'] });
    expect(said).toMatch(/AADSTS700027: .*it expired \d+ days ago, at 2024-12-31/);
    const withoutKey = await verify(issued, ['lapsed/entra-application'], {
      ...withPipeline(),
      VB365_IDENTITY: '/nowhere/identity.txt',
    });
    expect(withoutKey.found).toContain('error certificate-expired');
  });

  it('compares redirect URIs, public client flows and permissions', async () => {
    const [, ...most] = interactive;
    // No permission that Veeam needs for anything.
    const id = '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8';
    const tooMuch = { api: 'MicrosoftGraph', kind: 'application', name: 'no matter', id } as const;
    deploy(CONTOSO, {
      requiredResourceAccess: accessTo([...most, tooMuch]),
      publicClient: { redirectUris: [] },
      spa: { redirectUris: ['https://elsewhere.example.com/'] },
      isFallbackPublicClient: false,
    });
    const { code, found, said } = await verify(issued, [LINEAGE]);
    expect(code).toBe(1);
    expect(found).toEqual([
      'advice redirect-uri-foreign',
      'error redirect-uri-unregistered',
      'error public-client-flows-off',
      'error permission-not-requested',
      'advice permission-foreign',
    ]);
    expect(said).toContain('"https://elsewhere.example.com/"');
    expect(said).toContain('Microsoft Graph · RoleManagement.ReadWrite.Directory (application)');
  });

  it.each([
    ['an application that the tenant does not have', 'unknown', 'AADSTS700016: the tenant knows no application'],
    ['a tenant that the cloud does not have', 'nowhere', 'AADSTS90002: there is no such tenant in this cloud'],
  ])('explains %s', async (_, owner, words) => {
    const { code, found, said } = await verify(issued, [`${owner}/entra-application`]);
    expect({ code, found }).toEqual({ code: 1, found: ['error verify-sign-in-refused'] });
    expect(said).toContain(words);
  });

  it('says that the application is missing where only Graph can tell', async () => {
    const env = { ...withPipeline(), VB365_IDENTITY: '/nowhere/identity.txt' };
    const { code, found } = await verify(issued, ['unknown/entra-application'], env);
    expect({ code, found }).toEqual({ code: 1, found: ['error verify-application-missing'] });
  });

  it('waits for replication, and looks again only at what was not well', async () => {
    deploy(CONTOSO, {}, []);
    entra.requests.clear();
    const watch = setInterval(() => {
      const isRefused = entra.requests.all().some(({ status }) => status === 401);
      if (isRefused) deploy(CONTOSO, {}, [current(issued, LINEAGE)]);
    }, 20);
    const args = ['verify', LINEAGE, 'fabrikam/data-cloud', '--wait', '60s'];
    const { code, stderr } = await issued.run(args, { env: cloud() });
    clearInterval(watch);
    expect(stderr).toBe('1 of 2 not well yet; looking again in 1 s\n2 lineages: 2 well\n');
    expect(code).toBe(0);
    expect(entra.requests.count(new RegExp(`/applications.*${FABRIKAM}`))).toBe(1);
  });

  it('stops waiting when the time is over, and at once where waiting mends nothing', async () => {
    const over = await verify(issued, ['unknown/entra-application', '--wait', '1s']);
    expect({ code: over.code, stderr: over.stderr }).toEqual({
      code: 1,
      stderr: '1 of 1 not well yet; looking again in 1 s\n',
    });
    narrowDates();
    const { code, stderr } = await verify(issued, [LINEAGE, '--wait', '1h']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  });
});

describe('vb365 verify of what was retired', () => {
  let retired: Workplace;

  /** As the commands leave it: the first one was published, and is gone from the keystore. */
  beforeAll(async () => {
    retired = renewed.copy();
    commit(retired.folder, 'renewed');
    await retired.run(['retire', '--confirmed', LINEAGE]);
    commit(retired.folder, 'retired');
  });

  it('fails where the certificate still signs in under another key id, whoever made the application', async () => {
    deploy(CONTOSO, {}, [current(issued, LINEAGE), current(retired, LINEAGE)]);
    const { code, found, said } = await verify(retired, [LINEAGE]);
    expect({ code, found }).toEqual({ code: 1, found: ['error credential-retired'] });
    const [{ keyId } = { keyId: '' }] = entra.directory.tenant(TENANT).applicationOf(CONTOSO)!.keyCredentials;
    expect(said).toContain(`it is ${LINEAGE} 0001, retired from the keystore, and its key signs in until`);
    expect(said).toContain(`az ad app credential delete --id ${CONTOSO} --key-id ${keyId} --cert`);
  });

  it('tells a certificate that never was in the keystore from it', async () => {
    deploy(CONTOSO, {}, [current(retired, LINEAGE), selfSigned({ notBefore: later(new Date(), -3_600) })]);
    const { code, found } = await verify(retired, [LINEAGE]);
    expect({ code, found }).toEqual({ code: 0, found: ['advice credential-foreign'] });
  });

  it('fails on one that the keystore has for another lineage', async () => {
    deploy(CONTOSO, {}, [current(retired, LINEAGE), current(retired, 'fabrikam/data-cloud')]);
    const { code, found, said } = await verify(retired, [LINEAGE]);
    expect({ code, found }).toEqual({ code: 1, found: ['error credential-retired'] });
    expect(said).toContain(`it is fabrikam/data-cloud 0001 of the keystore and not of ${LINEAGE}`);
  });

  it('says of a shallow clone that it could not look, and how it can', async () => {
    deploy(CONTOSO, {}, [current(issued, LINEAGE), current(retired, LINEAGE)]);
    const shallow = retired.copy();
    rmSync(shallow.folder, { recursive: true });
    execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${retired.folder}`, shallow.folder]);
    const { code, found, said } = await verify(shallow, [LINEAGE]);
    expect({ code, found }).toEqual({
      code: 0,
      found: ['advice credential-foreign', 'advice keystore-history-unknown'],
    });
    expect(said).toContain('could not be looked at: this clone is shallow');
    execFileSync('git', ['fetch', '--quiet', '--unshallow'], { cwd: shallow.folder });
    expect((await verify(shallow, [LINEAGE])).found).toEqual(['error credential-retired']);
  });

  it('tells of one certificate under two key ids before it is retired', async () => {
    deploy(CONTOSO, {}, [current(issued, LINEAGE), current(issued, LINEAGE)]);
    const { code, found, said } = await verify(issued, [LINEAGE]);
    expect({ code, found }).toEqual({ code: 0, found: ['advice credential-repeated'] });
    const keyIds = entra.directory
      .tenant(TENANT)
      .applicationOf(CONTOSO)!
      .keyCredentials.map(({ keyId }) => keyId);
    expect(said).toContain(`under 2 key ids: ${keyIds.join(', ')}`);
  });
});

describe('vb365 verify and who may look', () => {
  it('leaves what the application may not read to the account of Terraform', async () => {
    const { check, code, found } = await verify(issued, ['primary/restore-portal']);
    expect({ code, found }).toEqual({ code: 1, found: ['warning consent-unknown'] });
    expect(check('sign-in')?.result).toBe('ok');
    expect(check('application')).toMatchObject({
      result: 'not-looked-at',
      detail: expect.stringContaining('the application may not read itself: give the environment of Terraform'),
    });
  });

  it('fails where there is neither an identity nor an account', async () => {
    const { code, found, said } = await verify(issued, [LINEAGE], {
      ...cloud(),
      VB365_IDENTITY: '/nowhere/identity.txt',
    });
    expect({ code, found }).toEqual({ code: 1, found: ['error verify-nothing-looked-at'] });
    expect(said).toContain('VB365_IDENTITY');
  });

  it.each([
    ['a wrong secret', { ARM_CLIENT_SECRET: 'Canary-Secret-4711' }, /AADSTS7000215/],
    ['no token', { ARM_CLIENT_SECRET: '', ARM_USE_OIDC: 'true' }, /no variable says where the token comes from/],
    [
      'no such file',
      { ARM_CLIENT_SECRET: '', ARM_CLIENT_CERTIFICATE_PATH: '/nowhere.pfx' },
      /ARM_CLIENT_CERTIFICATE_PATH/,
    ],
  ])('explains that the account of Terraform has %s', async (_, variables, words) => {
    const { code, found, said } = await verify(issued, ['primary/restore-portal'], { ...withPipeline(), ...variables });
    expect({ code, found }).toEqual({ code: 1, found: ['error reader-account-unusable'] });
    expect(said).toMatch(words);
    expect(said).not.toContain('Canary');
  });

  it('asks for the client id that neither the configuration nor a deployed stack knows', async () => {
    const owned = issued.copy();
    owned.write('vb365.yaml', issued.read('vb365.yaml').replace(`{ clientId: ${CONTOSO} }`, '{ displayName: Mine }'));
    const { code, found, said } = await verify(owned, [LINEAGE]);
    expect({ code, found }).toEqual({ code: 1, found: ['error verify-client-id-unknown'] });
    expect(said).toContain(`--client-id ${LINEAGE}=<client id>`);
    deploy(CONTOSO, {}, [current(issued, LINEAGE), selfSigned({ notBefore: later(new Date(), -3_600) })]);
    const given = await verify(owned, [LINEAGE, '--client-id', `contoso=${CONTOSO.toUpperCase()}`]);
    // What a stack has made holds nothing of others.
    const expected = ['error credential-foreign', 'advice keystore-history-unknown'];
    expect({ code: given.code, found: given.found }).toEqual({ code: 1, found: expected });
    // Nor does the tenant have another one of its name, unless a state was lost.
    deploy(CONTOSO, {}, [current(issued, LINEAGE)]);
    const other = entra.directory.addApplication(TENANT, { displayName: LINEAGE.toUpperCase() });
    const twice = await verify(owned, [LINEAGE, '--client-id', `contoso=${CONTOSO}`], withPipeline());
    expect({ code: twice.code, found: twice.found }).toEqual({ code: 1, found: ['warning application-repeated'] });
    expect(twice.said).toContain(`run "vb365 recover contoso --client-id ${other.appId}"`);
    entra.directory.tenant(TENANT).applications.delete(other.id);
  });

  it('takes another client id than the configuration names', async () => {
    const { check, code, found } = await verify(issued, [
      'unknown/entra-application',
      '--client-id',
      `unknown=${CONTOSO}`,
    ]);
    expect({ code, found }).toEqual({ code: 1, found: ['error verify-sign-in-refused'] });
    expect(check('sign-in')?.detail).toBe('refused with AADSTS700027');
  });

  it.each([
    ['--client-id', 'contoso=4711', 'takes a lineage and a UUID'],
    ['--client-id', `primary/rest-api=${CONTOSO}`, 'belongs to no application'],
    ['--wait', '5', 'Give a duration'],
    ['--wait', '0s', 'Give a duration'],
  ])('refuses %s %s', async (option, value, words) => {
    const { code, stderr } = await issued.run(['verify', option, value]);
    expect(code).toBe(2);
    expect(stderr).toContain('error[usage]');
    expect(stderr).toContain(words);
  });

  it('ends with 2 where nothing answers at all', async () => {
    const env = { ...cloud(), ARM_METADATA_HOSTNAME: 'localhost:1' };
    const { code, found } = await verify(issued, [LINEAGE, 'fabrikam/data-cloud'], env);
    expect({ code, found }).toEqual({ code: 2, found: ['error verify-unreachable', 'error verify-unreachable'] });
  });

  it('trusts no sign-in that the machine does not trust', async () => {
    const { ARM_METADATA_HOSTNAME = '' } = cloud();
    const { code, found, said } = await verify(issued, [LINEAGE], { ARM_METADATA_HOSTNAME });
    expect({ code, found }).toEqual({ code: 2, found: ['error verify-unreachable'] });
    expect(said).toContain('SSL_CERT_FILE');
  });

  it.each(['localhost/path', 'user@localhost', `localhost:1#`])('refuses the metadata host %j', async (host) => {
    const { code, found } = await verify(issued, [LINEAGE], { ...cloud(), ARM_METADATA_HOSTNAME: host });
    expect({ code, found }).toEqual({ code: 1, found: ['error cloud-metadata-malformed'] });
  });

  it('fails where the file of authorities is not there', async () => {
    const { code, stderr } = await issued.run(['verify'], { env: { SSL_CERT_FILE: '/nowhere/ca.pem' } });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[ca-file-unreadable\]/);
  });
});

describe('vb365 verify of what is served', () => {
  it('warns of a server that has not switched yet', async () => {
    const { code, check, found } = await verify(renewed, ['primary/rest-api']);
    expect({ code, found }).toEqual({ code: 1, found: ['warning served-certificate-superseded'] });
    expect(check('tls')).toMatchObject({ where: `localhost:${server.port}`, detail: 'serves the superseded 0001' });
  });

  it('does not know the certificate of somebody else, at the portal neither', async () => {
    server.useServerCertificate(await currentWithKey(issued, 'primary/restore-operator-authentication'));
    const { code, found } = await verify(issued, ['primary/rest-api', 'primary/restore-portal'], withPipeline());
    expect({ code, found }).toEqual({
      code: 1,
      found: ['error served-certificate-unknown', 'error served-certificate-unknown'],
    });
  });
});

describe('vb365 verify of the server over REST', () => {
  const account = { VB365_REST_USERNAME: ADMINISTRATOR.username, VB365_REST_PASSWORD: ADMINISTRATOR.password };
  const backupApplication = `contoso/backup-application-${AUXILIARY}`;

  beforeAll(async () => {
    server.addOrganization({
      name: 'contoso',
      tenantId: TENANT,
      applicationId: CONTOSO,
      certificate: await currentWithKey(issued, LINEAGE),
    });
  });

  it('asks which certificate it uses', async () => {
    const well = await verify(issued, [LINEAGE], { ...cloud(), ...account });
    expect(well.check('rest')).toMatchObject({ result: 'ok', detail: 'the server uses 0001' });
    server.useServerCertificate(await currentWithKey(issued, 'primary/rest-api'));
    const old = await verify(renewed, [LINEAGE], { ...cloud(), ...account });
    expect(old.check('rest')).toMatchObject({ result: 'differs', detail: 'the server uses 0001' });
    expect(old.found).toContain('warning rest-certificate-superseded');
    expect(old.check('rest')?.findings[0]?.cure).toContain(`"vb365 install ${LINEAGE} --via rest"`);
  });

  it('finds a backup application missing, and a certificate that nobody knows', async () => {
    const { check } = await verify(issued, [backupApplication], { ...cloud(), ...account });
    expect(check('rest')?.findings.map(({ id }) => id)).toEqual(['rest-application-missing']);
    const other = issued.copy();
    await other.run(['renew', LINEAGE]);
    await other.run(['retire', '--confirmed', LINEAGE]);
    const unknown = await verify(other, [LINEAGE], { ...cloud(), ...account });
    expect(unknown.check('rest')?.findings.map(({ id }) => id)).toEqual(['rest-certificate-unknown']);
  });

  it('fails with a wrong password, and does not repeat it', async () => {
    const env = { ...cloud(), ...account, VB365_REST_PASSWORD: 'Canary-Password-4711' };
    const { check, code } = await verify(issued, [LINEAGE], env);
    expect({ code, result: check('rest')?.result }).toEqual({ code: 1, result: 'failed' });
    expect(JSON.stringify(check('rest'))).not.toContain('Canary');
  });
});

describe('secrets', () => {
  it('are in nothing that verify prints: neither keys nor passwords, tokens or assertions', async () => {
    const env = {
      ...withPipeline(),
      ARM_CLIENT_SECRET: PIPELINE_CLIENT_SECRET,
      VB365_REST_USERNAME: ADMINISTRATOR.username,
      VB365_REST_PASSWORD: ADMINISTRATOR.password,
    };
    const texts: string[] = [];
    for (const args of [['verify'], ['verify', '--json']]) {
      const { stderr, stdout } = await renewed.run(args, { env });
      texts.push(stderr, stdout);
    }
    const printed = texts.join('');
    expect(printed).toContain('AADSTS700027');
    const keys = await openKeys(new Keystore(renewed.path('keystore')), renewed.identity);
    const parts = keys.map((key) => String(key.export({ format: 'jwk' }).d).slice(16, 80));
    const identity = /AGE-SECRET-KEY-\w+/.exec(readFileSync(renewed.identity, 'utf8'))?.[0] ?? '';
    for (const secret of [...parts, identity, ADMINISTRATOR.password]) expect(printed).not.toContain(secret);
    expect(printed).not.toMatch(/eyJ[\w-]{10}|BEGIN (?:RSA )?PRIVATE|Bearer /);
  });
});
