import { existsSync, readFileSync } from 'node:fs';
import { type EntraEmulator, startEntraEmulator } from '../../../emulators/entra';
import { keyCredentialOf } from '../../../emulators/entra/directory/key-credentials';
import { Certificate } from '../../../lib/certificates/certificate';
import { permissionIds } from '../../../lib/catalogue/permission-ids';
import type { RecoveredStack } from '../../../lib/recover/recover';
import { configurationOf, type Outcome, removeWorkplaces, Workplace } from '../../support/cli';
import { selfSigned } from '../../support/self-signed';

const TENANT = '00000000-0000-0000-0000-000000000002';
const FILE = 'cdktf.out/stacks/contoso/recover.tf.json';
const NAME = 'VB365 contoso';

let entra: EntraEmulator;
let workplace: Workplace;
/** What the stack publishes. */
let published: { readonly address: string; readonly keyId: string; readonly certificate: Certificate };

beforeAll(async () => {
  workplace = new Workplace(configurationOf('contoso', 'fabrikam'));
  await workplace.run(['issue']);
  await workplace.runProcess(['synth']);
  const { resource } = JSON.parse(workplace.read('cdktf.out/stacks/contoso/cdk.tf.json')) as {
    resource: Record<string, Record<string, { key_id: string; value: string }>>;
  };
  const [[name, { key_id: keyId, value }] = ['', { key_id: '', value: '' }]] = Object.entries(
    resource.azuread_application_certificate ?? {},
  );
  const address = `azuread_application_certificate.${name}`;
  published = { address, keyId, certificate: Certificate.fromPem(value) };
});

beforeEach(async () => {
  entra = await startEntraEmulator();
});

afterEach(() => entra.close());

afterAll(removeWorkplaces);

/** An application that holds a certificate under a key id. */
function register(displayName: string, certificate = published.certificate, keyId = published.keyId): string {
  const { appId } = entra.directory.addApplication(TENANT, { displayName });
  const tenant = entra.directory.tenant(TENANT);
  const application = tenant.applicationOf(appId)!;
  tenant.applications.replace({ ...application, keyCredentials: [keyCredentialOf(certificate, keyId)] });
  return application.id;
}

function recover(args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}): Promise<Outcome> {
  return workplace.run(['recover', ...args], { env: { ...entra.environment(''), ...env } });
}

async function recovered(...args: readonly string[]): Promise<RecoveredStack & Pick<Outcome, 'code'>> {
  const { code, stdout } = await recover(['contoso', '--json', ...args]);
  return { code, ...(JSON.parse(stdout) as RecoveredStack) };
}

describe('vb365 recover', () => {
  it('writes import blocks for what is there, and tells what is not', async () => {
    const id = register(NAME);
    const { code, imports, missing, restored, findings } = await recovered();
    expect({ code, restored, findings }).toEqual({ code: 0, restored: [], findings: [] });
    expect(imports).toEqual([
      { to: expect.stringMatching(/^azuread_application\./), id: `/applications/${id}` },
      { to: published.address, id: `${id}/certificate/${published.keyId}` },
    ]);
    expect(missing).toHaveLength(8);
    expect(missing).toContainEqual(expect.stringMatching(/^azuread_service_principal\./));
    expect(JSON.parse(workplace.read(FILE))).toMatchObject({ import: imports });
    const { stderr, stdout } = await recover(['contoso']);
    expect(stdout.split('\n')[1]).toBe(`import  ${published.address}`);
    expect(stderr).toBe(
      `Found 2 of 10 resources of contoso in Entra, and wrote ${FILE}.\nNext: read what "npx cdktf diff contoso" says, then deploy it.\n`,
    );
  });

  it('finds the permissions that an application asks for, in the spelling of the stack', async () => {
    const id = register(NAME);
    const graph = '00000003-0000-0000-c000-000000000000';
    const access = [{ id: permissionIds.application.MicrosoftGraph['Directory.Read.All'], type: 'Role' }];
    const { appId } = entra.directory.tenant(TENANT).applications.get(id)!;
    const requiredResourceAccess = [{ resourceAppId: graph.toUpperCase(), resourceAccess: access }];
    entra.directory.changeApplication(TENANT, appId, { requiredResourceAccess });
    expect((await recovered()).imports).toContainEqual({
      to: expect.stringMatching(/^azuread_application_api_access\./),
      id: `/applications/${id}/apiAccess/${graph}`,
    });
  });

  it('finds an application that was renamed by the certificate that it holds', async () => {
    register('of somebody else', selfSigned(), '10000000-0000-4000-8000-000000000009');
    const id = register("it's ours");
    expect((await recovered()).imports[0]?.id).toBe(`/applications/${id}`);
  });

  it('asks which one is meant, says what each holds, and takes the one that is chosen', async () => {
    const [, other] = [register(NAME), register(NAME.toUpperCase(), selfSigned())];
    const asked = await recover(['contoso']);
    expect(asked).toMatchObject({ code: 2, stdout: '' });
    expect(asked.stderr).toContain('has 2 applications that may be meant');
    expect(asked.stderr).toContain('holds 1 of 1 certificate');
    expect(asked.stderr).toContain('holds 0 of 1 certificate');
    const { appId } = entra.directory.tenant(TENANT).applications.get(other)!;
    expect(asked.stderr).toContain(appId);
    const { code, findings, imports } = await recovered('--client-id', appId.toUpperCase());
    expect(imports).toEqual([{ to: expect.any(String), id: `/applications/${other}` }]);
    // Under the key id of the stack stands the certificate of somebody.
    expect({ code, found: findings.map(({ id }) => id) }).toEqual({ code: 1, found: ['recover-credential-differs'] });
  });

  it('says that there is none, and takes back what it wrote before', async () => {
    register(NAME);
    await recover(['contoso']);
    await entra.close();
    entra = await startEntraEmulator();
    const { code, stderr, stdout } = await recover(['contoso']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(
      `error[recover-application-missing] the tenant ${TENANT} has no application "VB365 contoso"`,
    );
    expect(JSON.parse(workplace.read(FILE))).toMatchObject({ import: [] });
  });

  it.each([
    [
      'a stack that is not synthesized',
      ['nobody'],
      {},
      /stack-not-synthesized.*and name one of contoso, fabrikam, primary/s,
    ],
    ['a path', ['../stacks/contoso'], {}, /stack-not-synthesized/],
    ['an id that is none', ['contoso', '--client-id', '4711'], {}, /uuid-invalid/],
    ['no account', ['contoso'], { ARM_CLIENT_ID: undefined }, /reader-account-unusable/],
    ['a wrong secret', ['contoso'], { ARM_CLIENT_SECRET: 'Canary-4711' }, /AADSTS7000215/],
  ])('refuses %s', async (_, args, env, words) => {
    const { code, stderr, stdout } = await recover(args, env);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(words);
    expect(stderr).not.toContain('Canary');
  });

  it('says what its account may not ask for', async () => {
    register(NAME);
    const pipeline = entra.directory.addApplication(TENANT, { displayName: 'reader' });
    entra.directory.addServicePrincipal(TENANT, pipeline.appId);
    const secret = 'a secret of nobody';
    const tenant = entra.directory.tenant(TENANT);
    const passwordCredentials = [{ keyId: '10000000-0000-4000-8000-000000000001', secretText: secret }];
    tenant.applications.replace({ ...pipeline, passwordCredentials });
    const env = { ARM_CLIENT_ID: pipeline.appId, ARM_CLIENT_SECRET: secret };
    const { code, stderr } = await recover(['contoso'], env);
    expect(code).toBe(2);
    expect(stderr).toContain(
      'error[graph-refused] the account of ARM_CLIENT_ID may not ask Microsoft Graph for applications',
    );
  });
});

describe('a synthesis after vb365 recover', () => {
  it('keeps what the stack still declares, and takes out the rest, at which Terraform would fail', async () => {
    register(NAME);
    const { imports } = await recovered();
    await workplace.runProcess(['synth']);
    expect(JSON.parse(workplace.read(FILE))).toMatchObject({ import: imports });
    const gone = { to: 'azuread_application_certificate.gone', id: 'x' };
    workplace.write(FILE, JSON.stringify({ import: [...imports, gone] }));
    await workplace.runProcess(['synth']);
    expect(JSON.parse(readFileSync(workplace.path(FILE), 'utf8'))).toMatchObject({ import: imports });
    workplace.write(FILE, JSON.stringify({ import: [gone] }));
    await workplace.runProcess(['synth']);
    expect(existsSync(workplace.path(FILE))).toBe(false);
  });
});
