import { type EntraEmulator, startEntraEmulator } from '../../../emulators/entra';
import { keyCredentialOf } from '../../../emulators/entra/directory/key-credentials';
import { apis, permissionIds } from '../../../lib/catalogue/permission-ids';
import {
  auxiliaryBackupPermissions,
  backupPermissions,
  groupByApi,
  type Permission,
  portalPermissions,
} from '../../../lib/catalogue/permissions';
import { Keystore } from '../../../lib/keystore/keystore';
import type { VerifiedLineage } from '../../../lib/verify/report';
import { grantAll } from '../../support/admin-consent';
import { removeWorkplaces, Workplace } from '../../support/cli';

const TENANT = '22222222-2222-4222-8222-222222222222';
const CONTOSO = '00000000-0000-0000-0000-00000000a001';
const AUXILIARY = '00000000-0000-0000-0000-00000000a002';
const PORTAL = '00000000-0000-0000-0000-00000000a003';
/** An account of Terraform that is not the emulator's own, and may read only what it is granted. */
const READER = '00000000-0000-0000-0000-00000000a004';

const backup = backupPermissions({
  services: ['exchange', 'sharepoint', 'teams'],
  purposes: ['backup', 'restore', 'restore-interactive'],
  productVersion: '8.3',
});
const applications = backup.filter(({ kind }) => kind === 'application');
const portal = portalPermissions();
const auxiliary = auxiliaryBackupPermissions('worldwide');

let entra: EntraEmulator;
let workplace: Workplace;

beforeAll(async () => {
  workplace = new Workplace(configuration('consent: none'));
  await workplace.run(['issue']);
});

/** A directory of its own for each test: each application as it is declared, and nothing granted. */
beforeEach(async () => {
  entra = await startEntraEmulator();
  register(CONTOSO, 'contoso/entra-application', backup, {
    publicClient: { redirectUris: ['http://localhost'] },
    isFallbackPublicClient: true,
  });
  register(AUXILIARY, `contoso/backup-application-${AUXILIARY}`, auxiliary, {});
  register(PORTAL, 'primary/restore-portal', portal, { spa: { redirectUris: ['https://portal.example.net:4443/'] } });
});

afterEach(() => entra.close());
afterAll(removeWorkplaces);

/** One for which nobody has consented, and where the stacks put it; `more` are further keys of its application. */
function configuration(consent: string, more = ''): string {
  return `installations:
  - name: primary
    productVersion: '8.3'
    tenantId: ${TENANT}
    server: { hostName: vb365.example.net }
    restApi: { port: 4443 }
    restorePortal: { webAddress: 'https://portal.example.net:4443', application: { clientId: ${PORTAL} } }
organizations:
  - name: contoso
    installation: primary
    tenantId: ${TENANT}
    services: [exchange, sharepoint, teams]
    purposes: [backup, restore, restore-interactive]
    application: { clientId: ${CONTOSO}${more} }
    backupApplications: [{ clientId: ${AUXILIARY} }]
    ${consent}
`;
}

function register(appId: string, lineage: string, permissions: readonly Permission[], properties: object): void {
  const { directory } = entra;
  const requiredResourceAccess = groupByApi(permissions).map(({ api, roleIds, scopeIds }) => ({
    resourceAppId: apis[api].clientId,
    resourceAccess: [...roleIds.map((id) => ({ id, type: 'Role' })), ...scopeIds.map((id) => ({ id, type: 'Scope' }))],
  }));
  directory.addApplication(TENANT, { appId, displayName: lineage, requiredResourceAccess, ...properties });
  directory.addServicePrincipal(TENANT, appId);
  const tenant = directory.tenant(TENANT);
  const { certificate } = new Keystore(workplace.path('keystore')).current(lineage)!;
  tenant.applications.replace({ ...tenant.applicationOf(appId)!, keyCredentials: [keyCredentialOf(certificate)] });
}

function grant(clientId: string, permissions: readonly Permission[]): void {
  grantAll(entra.directory, TENANT, clientId, permissions);
}

/** Takes one application permission away again, as an administrator does in the portal. */
function revoke(clientId: string, { api, id }: Permission): void {
  const tenant = entra.directory.tenant(TENANT);
  const principalId = tenant.servicePrincipalOf(clientId)!.id;
  const resourceId = tenant.servicePrincipalOf(apis[api].clientId)!.id;
  const [one] = tenant.appRoleAssignments
    .all()
    .filter((each) => each.principalId === principalId && each.appRoleId === id && each.resourceId === resourceId);
  tenant.appRoleAssignments.delete(one!.id);
}

function withoutReader(): Record<string, string> {
  const { ARM_METADATA_HOSTNAME = '', SSL_CERT_FILE = '' } = entra.environment(TENANT);
  return { ARM_METADATA_HOSTNAME, SSL_CERT_FILE };
}

/** The account of Terraform, which may read what the names of Microsoft Graph say. */
function readerWith(...names: readonly ('Directory.Read.All' | 'Application.ReadWrite.All')[]): Record<string, string> {
  const ids = {
    'Directory.Read.All': permissionIds.application.MicrosoftGraph['Directory.Read.All'],
    'Application.ReadWrite.All': '1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9',
  };
  const { directory } = entra;
  const passwordCredentials = [{ keyId: READER, secretText: 'reads' }];
  const application = directory.addApplication(TENANT, { appId: READER, displayName: 'reader' });
  directory.tenant(TENANT).applications.replace({ ...application, passwordCredentials });
  const { id: principalId } = directory.addServicePrincipal(TENANT, READER);
  const { id: resourceId } = directory.tenant(TENANT).servicePrincipalOf(apis.MicrosoftGraph.clientId)!;
  for (const name of names) directory.addAppRoleAssignment(TENANT, { principalId, resourceId, appRoleId: ids[name] });
  return { ...withoutReader(), ARM_CLIENT_ID: READER, ARM_CLIENT_SECRET: 'reads' };
}

interface Looked {
  readonly code: number;
  /** Results of sign-in, application and consent. */
  readonly results: readonly string[];
  readonly detail: string | undefined;
  readonly found: readonly string[];
  readonly messages: string;
  readonly cures: readonly string[];
}

async function verify(lineage: string, env: Record<string, string>, place = workplace): Promise<Looked> {
  const { code, stdout } = await place.run(['verify', '--json', lineage], { env });
  const [row] = JSON.parse(stdout) as [VerifiedLineage];
  const checks = row.checks.filter(({ kind }) => ['sign-in', 'application', 'consent'].includes(kind));
  const findings = row.checks.flatMap((check) => check.findings);
  return {
    code,
    results: checks.map(({ result }) => result),
    detail: checks.find(({ kind }) => kind === 'consent')?.detail,
    found: findings.map(({ id, severity }) => `${severity} ${id}`),
    messages: findings.map(({ message }) => message).join('\n'),
    cures: findings.map(({ cure }) => cure),
  };
}

const LINEAGE = 'contoso/entra-application';

describe('vb365 verify of an application to which nothing is granted', () => {
  it('names everything that is asked for, with a reader', async () => {
    const { cures, messages, ...looked } = await verify(LINEAGE, entra.environment(TENANT));
    expect(looked).toEqual({
      code: 1,
      results: ['ok', 'ok', 'differs'],
      detail: '24 permissions asked for, 0 granted',
      found: ['error consent-missing', 'error consent-missing'],
    });
    for (const { name } of backup) expect(messages).toContain(name);
    expect(messages).toContain('Microsoft Graph (application): ');
    expect(messages).toContain('SharePoint (delegated): ');
    expect(cures[0]).toContain(`"az ad app permission admin-consent --id ${CONTOSO}"`);
    const { stderr } = await workplace.run(['verify', LINEAGE], { env: entra.environment(TENANT) });
    expect(stderr).toContain('1 lineage: 1 with something to do');
  });

  it('tells without a reader what its tokens tell, and that the rest is not known', async () => {
    const { cures, messages, ...looked } = await verify(LINEAGE, withoutReader());
    expect(looked).toEqual({
      code: 1,
      results: ['ok', 'not-looked-at', 'differs'],
      detail: `24 permissions asked for, 0 granted, ${24 - applications.length} not known`,
      found: ['error consent-missing', 'warning consent-unknown'],
    });
    expect(messages).toContain(`Entra has not granted ${applications.length} of the 24 permissions`);
    expect(messages).toContain('directory role: Global Reader is not known: the application may not read it');
    expect(cures[1]).toContain('ARM_CLIENT_ID');
  });

  it('says so of a backup application, which needs no reader', async () => {
    const name = `contoso/backup-application-${AUXILIARY}`;
    const bare = await verify(name, withoutReader());
    expect(bare).toMatchObject({ code: 1, detail: `${auxiliary.length} permissions asked for, 0 granted` });
    expect(bare.found).toEqual(['error consent-missing']);
    grant(AUXILIARY, auxiliary);
    expect(await verify(name, withoutReader())).toMatchObject({ code: 0, found: [] });
    revoke(AUXILIARY, auxiliary[0]!);
    expect((await verify(name, withoutReader())).messages).toContain(auxiliary[0]!.name);
  });

  it('counts a service principal that is not there as nothing granted', async () => {
    const tenant = entra.directory.tenant(TENANT);
    tenant.servicePrincipals.delete(tenant.servicePrincipalOf(CONTOSO)!.id);
    const { detail } = await verify(LINEAGE, entra.environment(TENANT));
    expect(detail).toContain('0 granted');
  });
});

describe('vb365 verify of what is granted', () => {
  it('is content with everything, whoever reads it', async () => {
    grant(CONTOSO, backup);
    const well = {
      code: 0,
      results: ['ok', 'ok', 'ok'],
      detail: '24 permissions asked for, 24 granted',
    };
    expect(await verify(LINEAGE, entra.environment(TENANT))).toMatchObject(well);
    // By Directory.Read.All, which a backup application has.
    expect(await verify(LINEAGE, withoutReader())).toMatchObject(well);
    const withoutIdentity = { ...readerWith('Directory.Read.All'), VB365_IDENTITY: '/nowhere/identity.txt' };
    expect(await verify(LINEAGE, withoutIdentity)).toMatchObject({ ...well, results: ['not-looked-at', 'ok', 'ok'] });
  });

  it('tells two permissions of one id apart by their API', async () => {
    const [onSharePoint] = applications.filter(
      ({ api, name }) => api === 'SharePointOnline' && name === 'User.Read.All',
    );
    grant(CONTOSO, backup);
    revoke(CONTOSO, onSharePoint!);
    const { found, messages } = await verify(LINEAGE, entra.environment(TENANT));
    expect(found).toEqual(['error consent-missing']);
    expect(messages).toMatch(
      /granted 1 of the \d+ permissions that the application needs: SharePoint \(application\): User\.Read\.All$/,
    );
  });

  it('does not take the consent of one person, or a role over a part of the tenant, for consent', async () => {
    grant(CONTOSO, backup);
    const tenant = entra.directory.tenant(TENANT);
    for (const one of tenant.permissionGrants.all()) {
      tenant.permissionGrants.replace({ ...one, consentType: 'Principal', principalId: AUXILIARY });
    }
    for (const one of tenant.roleAssignments.all()) {
      tenant.roleAssignments.replace({ ...one, directoryScopeId: `/administrativeUnits/${AUXILIARY}` });
    }
    const { found } = await verify(LINEAGE, entra.environment(TENANT));
    expect(found).toEqual(['error consent-missing', 'error consent-missing']);
  });
});

describe('vb365 verify of what nobody may read', () => {
  it('is not known where the application may not read itself, and nobody else is there', async () => {
    grant(PORTAL, portal);
    const { stderr, code } = await workplace.run(['verify', 'primary/restore-portal'], { env: withoutReader() });
    expect(code).toBe(1);
    expect(stderr).toContain('warning[consent-unknown]');
    expect(await verify('primary/restore-portal', entra.environment(TENANT))).toMatchObject({
      results: ['ok', 'ok', 'ok'],
    });
  });

  it('takes a refusal of the account of Terraform for no answer', async () => {
    const env = readerWith();
    const withoutIdentity = { ...env, VB365_IDENTITY: '/nowhere/identity.txt' };
    expect(await verify(LINEAGE, withoutIdentity)).toMatchObject({
      code: 1,
      found: ['error verify-nothing-looked-at'],
    });
    const signedIn = await verify('primary/restore-portal', env);
    expect(signedIn).toMatchObject({ code: 1, results: ['ok', 'not-looked-at', 'not-known'] });
    expect(signedIn.cures).toContainEqual(
      expect.stringMatching(/^grant the account of ARM_CLIENT_ID .* Directory\.Read\.All/),
    );
  });

  it('knows the part that the account may read, and names the other', async () => {
    grant(
      CONTOSO,
      backup.filter(({ name }) => !name.startsWith('Directory.')),
    );
    // Whoever is a Global Reader may read all of it.
    const { roleAssignments } = entra.directory.tenant(TENANT);
    for (const { id } of roleAssignments.all()) roleAssignments.delete(id);
    const { found, messages, results } = await verify(LINEAGE, readerWith('Application.ReadWrite.All'));
    expect({ found, results }).toEqual({
      results: ['ok', 'ok', 'differs'],
      found: ['error consent-missing', 'warning consent-unknown'],
    });
    expect(messages).toMatch(/whether Entra has granted .*directory role: Global Reader is not known/);
  });
});

describe('vb365 verify of alreadyConsented', () => {
  /** With the delegated permissions of Microsoft Graph that there are, but the last. */
  async function withIncompleteGrant(consent: string, declared: string): Promise<Looked> {
    const other = workplace.copy();
    other.write('vb365.yaml', configuration(consent, `, alreadyConsented: [${declared}]`));
    const last = backup.filter(({ api, kind }) => api === 'MicrosoftGraph' && kind === 'delegated').at(-1)!;
    grant(
      CONTOSO,
      backup.filter((one) => one !== last),
    );
    const looked = await verify(LINEAGE, entra.environment(TENANT), other);
    expect(looked.messages).toMatch(new RegExp(`granted 1 of .*: Microsoft Graph \\(delegated\\): ${last.name}$`));
    return looked;
  }

  it('names the scopes that a grant lacks which the stacks leave alone', async () => {
    const { code, cures } = await withIncompleteGrant('consent: same-stack', 'MicrosoftGraph/delegated');
    expect(code).toBe(1);
    expect(cures).toEqual([expect.stringMatching(/^grant admin consent in Entra .*--id \S+a001"$/)]);
  });

  it('says that the stack may not be able to add them to a grant that was there', async () => {
    const { cures } = await withIncompleteGrant('consent: separate-stack', 'Global Reader');
    expect(cures).toEqual([
      expect.stringMatching(
        /^run "npx cdktf deploy contoso-consent"; where Entra says that the entry already exists, name MicrosoftGraph\/delegated in alreadyConsented, and grant/,
      ),
    ]);
  });

  it('has the stack grant what was said to be granted and is not', async () => {
    const other = workplace.copy();
    other.write('vb365.yaml', configuration('consent: same-stack', ', alreadyConsented: [Global Reader]'));
    grant(CONTOSO, backup);
    const tenant = entra.directory.tenant(TENANT);
    for (const { id } of tenant.roleAssignments.all()) tenant.roleAssignments.delete(id);
    const { cures, found } = await verify(LINEAGE, entra.environment(TENANT), other);
    expect(found).toEqual(['error consent-missing']);
    expect(cures).toEqual([
      'take Global Reader out of alreadyConsented in vb365.yaml, and run "npx cdktf deploy contoso"',
    ]);
  });
});
