import { removeWorkplaces, Workplace } from '../../support/cli';

let workplace: Workplace;

beforeAll(() => {
  workplace = new Workplace(`deployIdentity: { clientId: 00000000-0000-4000-8000-0000000000d1 }
installations:
  - name: primary
    productVersion: '8.3'
    tenantId: 00000000-0000-0000-0000-000000000001
    server: { hostName: vb365.example.com }
organizations:
  - name: contoso
    installation: primary
    tenantId: 00000000-0000-0000-0000-000000000002
    services: [exchange]
    purposes: [backup]
    consent: separate-stack
`);
});

afterAll(removeWorkplaces);

describe('vb365 permissions', () => {
  it('prints a row for each thing that is done, and what each identity needs for all of it', async () => {
    const { code, stderr, stdout } = await workplace.run(['permissions']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^stack +step +application permissions +or directory role +because it$/m);
    expect(stdout).toMatch(
      /^contoso +deploy +Application\.ReadWrite\.OwnedBy +Cloud Application Administrator +creates/m,
    );
    expect(stdout).toMatch(
      /^contoso-consent +consent +RoleManagement\.ReadWrite\.Directory +Privileged Role Administrator/m,
    );
    expect(stderr).toContain('plan, all together: Application.Read.All, RoleManagement.Read.Directory\n');
    expect(stderr).toContain('deploy, all together: Application.Read.All, Application.ReadWrite.OwnedBy\n');
    expect(stderr).toContain(
      'consent, all together: AppRoleAssignment.ReadWrite.All, Application.Read.All, RoleManagement.ReadWrite.Directory\n',
    );
    expect(stderr).toContain('owner of applications that are there without it needs Application.ReadWrite.All and');
    expect(stderr).toContain('source: https://learn.microsoft.com/graph/api/application-post-applications\n');
  });

  it('gives the same of one stack as JSON, with the sources, and whether the pipelines list it', async () => {
    const { code, stdout } = await workplace.run(['permissions', 'contoso-consent', '--json']);
    expect(code).toBe(0);
    const found = JSON.parse(stdout) as Record<string, unknown>[];
    expect(new Set(found.map(({ stack }) => stack))).toEqual(new Set(['contoso-consent']));
    expect(found.at(-1)).toEqual({
      stack: 'contoso-consent',
      tenantId: '00000000-0000-0000-0000-000000000002',
      step: 'consent',
      id: 'assign-directory-roles',
      purpose: 'assigns directory roles',
      permissions: ['RoleManagement.ReadWrite.Directory'],
      directoryRole: 'Privileged Role Administrator',
      sources: ['https://learn.microsoft.com/graph/api/rbacapplication-post-roleassignments'],
      inPipelinesTable: true,
    });
  });

  it('says of a stack without application that it needs nothing', async () => {
    const { code, stderr, stdout } = await workplace.run(['permissions', 'primary']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('need nothing in Entra');
  });

  it('refuses a stack that the configuration does not make', async () => {
    const { code, stderr } = await workplace.run(['permissions', 'contoso-application']);
    expect(code).toBe(2);
    expect(stderr).toContain('error[stack-unknown]');
    expect(stderr).toContain('contoso-consent');
  });
});
