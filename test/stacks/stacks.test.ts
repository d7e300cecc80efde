import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import type { Configuration } from '../../lib/config/configuration';
import { readConfiguration } from '../../lib/config/read-configuration';
import { addStacks } from '../../stacks/add-stacks';
import { removeWorkplaces, Workplace } from '../support/cli';
import { configurationOf, contoso, fabrikam, primary } from '../support/configuration';
import { lineageOf } from '../support/lineages';
import { template, type Template } from '../support/template';

/** Every stack of a configuration by its name, each lineage with one certificate. */
function stacksOf(parts: Partial<Configuration>): Map<string, Template> {
  const app = Testing.app();
  try {
    addStacks(app, configurationOf({ installations: [primary], ...parts }), (name) => lineageOf(1, name));
    app.synth();
    const folder = join(app.outdir, 'stacks');
    const read = (name: string): Template => template(readFileSync(join(folder, name, 'cdk.tf.json'), 'utf8'));
    return new Map(readdirSync(folder).map((name) => [name, read(name)]));
  } finally {
    rmSync(app.outdir, { recursive: true });
  }
}

function onlyStack(parts: Partial<Configuration>, name: string): Template {
  const stack = stacksOf(parts).get(name);
  if (stack === undefined) throw new Error(`no stack ${name}`);
  return stack;
}

describe('addStacks', () => {
  it('makes one stack of each owner', () => {
    const stacks = stacksOf({ installations: [primary], organizations: [contoso], dataCloud: [fabrikam] });

    expect([...stacks.keys()].sort()).toEqual(['contoso', 'fabrikam', 'primary']);
  });

  it.each([
    ['worldwide', 'global'],
    ['us-government', 'usgovernmentl4'],
    ['us-defence', 'usgovernmentl5'],
    ['china', 'china'],
  ] as const)('tells the provider the tenant and, for the region %s, the environment %s', (region, environment) => {
    const stack = onlyStack({ organizations: [{ ...contoso, region }] }, 'contoso');

    expect(stack.json).toMatchObject({
      provider: { azuread: [{ environment, tenant_id: contoso.tenantId }] },
      terraform: { required_version: '>= 1.7' },
    });
  });
});

describe('a stack', () => {
  it('says whose it is, and which application each lineage signs in to', () => {
    const { output } = onlyStack({ organizations: [contoso] }, 'contoso').json;

    expect(output).toMatchObject({
      entra: { value: { stack: 'contoso', tenant: contoso.tenantId, region: 'worldwide' } },
      clients: {
        value: { 'contoso/entra-application': expect.stringMatching(/^\$\{azuread_application\..*client_id\}$/) },
      },
    });
  });

  it('executes nothing unless it is declared', () => {
    const stacks = stacksOf({ installations: [primary], organizations: [contoso] });

    for (const stack of stacks.values()) expect(JSON.stringify(stack.json)).not.toContain('provisioner');
  });

  it('installs the certificate of an organization after everything else, again for each certificate', () => {
    const stack = onlyStack({ organizations: [{ ...contoso, install: { via: 'rest' } }] }, 'contoso');
    const [installer] = stack.resources('terraform_data');
    const others = stack.addresses().filter((address) => !/^(?:terraform_data|data)\./.test(address));

    expect(installer).toMatchObject({
      depends_on: others,
      input: { installs: 'contoso/entra-application', via: 'rest' },
      triggers_replace: lineageOf(1, 'contoso/entra-application').generations[0]!.certificate.thumbprint,
      provisioner: [
        {
          'local-exec': {
            command: expect.stringMatching(
              /^npx --no-install vb365 install contoso\/entra-application --via rest --client-id \$\{azuread_application\./,
            ),
            working_dir: '${path.root}/../../..',
          },
        },
      ],
    });
    expect(others.length).toBeGreaterThan(5);
  });

  it('names no application for a backup application, whose lineage says which it is', () => {
    const clientId = '00000000-0000-0000-0000-0000000000aa';
    const organization = { ...contoso, install: { via: 'rest' }, backupApplications: [{ clientId }] } as const;
    const stack = onlyStack({ organizations: [organization] }, 'contoso');
    const commands = JSON.stringify(stack.resources('terraform_data')).match(/npx --no-install vb365 install [^"]*/g);

    expect(commands?.sort()).toEqual([
      `npx --no-install vb365 install contoso/backup-application-${clientId} --via rest`,
      expect.stringMatching(/^npx --no-install vb365 install contoso\/entra-application --via rest --client-id /),
    ]);
  });

  it('installs the certificates of the server, but for those of another machine', () => {
    const install = { via: 'ssh', ssh: { host: 'vb365.example.com' } } as const;
    const restApi = { hostName: 'rest.example.com', port: 4443 };
    const installs = (parts: Partial<typeof primary>): unknown[] =>
      onlyStack({ installations: [{ ...primary, install, ...parts }] }, 'primary')
        .resources('terraform_data')
        .flatMap(({ input }) =>
          typeof input === 'object' && input !== null && 'installs' in input ? [input.installs] : [],
        );
    const onServer = ['primary/restore-operator-authentication', 'primary/server', 'primary/tenant-authentication'];

    expect(installs({}).sort()).toEqual([
      'primary/rest-api',
      ...onServer.slice(0, 1),
      'primary/restore-portal',
      ...onServer.slice(1),
    ]);
    expect(installs({ restApi }).sort()).toEqual(onServer);
  });
});

/** Installs whatever a deployment can. */
const INSTALLING = `installations:
  - name: primary
    productVersion: '8.3'
    tenantId: 00000000-0000-0000-0000-000000000001
    server: { hostName: vb365.example.com }
    install: { via: local }
    proxies: [{ hostName: proxy.example.com, os: windows, membership: workgroup }]
    restApi: { hostName: vb365.example.com }
    restorePortal: { webAddress: 'https://vb365.example.com:4443', application: { displayName: Portal } }
    authentication: { restoreOperators: true, tenants: true }
organizations:
  - name: contoso
    installation: primary
    tenantId: 00000000-0000-0000-0000-000000000002
    services: [exchange]
    purposes: [backup]
    install: { via: rest }
    application: { displayName: VB365 contoso }
    backupApplications: [{ clientId: 00000000-0000-0000-0000-0000000000aa }]
`;

describe('the commands of a deployment', () => {
  afterAll(removeWorkplaces);

  it('are all taken by the command line', async () => {
    const workplace = new Workplace(INSTALLING);
    const stacks = stacksOf(readConfiguration(workplace.path('vb365.yaml')));
    const installers = [...stacks.values()].flatMap((stack) => stack.resources('terraform_data'));
    const commands = JSON.stringify(installers).match(/(?<=npx --no-install vb365 )install [^"]*/g) ?? [];

    expect(commands).toHaveLength(7);
    for (const command of commands) {
      const known = command.replace(/\$\{[^}]*\}/, '00000000-0000-0000-0000-0000000000bb');
      const { stderr } = await workplace.run([...known.split(' '), '--dry-run']);
      // The arguments are looked at first.
      expect(stderr).toMatch(/^error\[certificate-missing-in-keystore\]/);
    }
  });
});

describe('InstallationStack', () => {
  it('says for each role of the server what shall be installed', () => {
    const stack = onlyStack({ installations: [primary] }, 'primary');

    expect(stack.resources('terraform_data').map(({ input }) => input)).toMatchObject([
      { lineage: 'primary/rest-api', host: 'vb365.example.com' },
      { lineage: 'primary/restore-operator-authentication' },
      { lineage: 'primary/server' },
      { lineage: 'primary/tenant-authentication' },
    ]);
  });

  it('needs no server certificate without a Windows proxy in a workgroup', () => {
    const proxies = [
      { hostName: 'proxy1.example.com', os: 'windows', membership: 'domain' },
      { hostName: 'proxy2.example.com', os: 'linux' },
    ] as const;
    const stack = onlyStack({ installations: [{ ...primary, proxies }] }, 'primary');

    expect(JSON.stringify(stack.json)).not.toContain('primary/server');
  });

  it('installs the REST API certificate on the machine that serves the REST API', () => {
    const restApi = { hostName: 'rest.example.com', port: 4443 };
    const stack = onlyStack({ installations: [{ ...primary, restApi }] }, 'primary');

    expect(stack.resources('terraform_data')).toMatchObject(
      expect.arrayContaining([
        { input: expect.objectContaining({ lineage: 'primary/rest-api', host: 'rest.example.com' }) },
      ]),
    );
  });

  it('makes the application of Restore Portal a single-page application at the web address', () => {
    const stack = onlyStack({ installations: [primary] }, 'primary');

    expect(stack.resources('azuread_application')).toMatchObject([
      {
        api: { oauth2_permission_scope: [{ value: 'access_as_user' }] },
        single_page_application: { redirect_uris: ['https://portal.example.com:4443/'] },
      },
    ]);
    expect(stack.resources('azuread_application_certificate')).toHaveLength(1);
    expect(stack.resources('azuread_service_principal_delegated_permission_grant')).toHaveLength(2);
  });

  it('adds the web address to an existing application of Restore Portal', () => {
    const application = {
      clientId: '00000000-0000-0000-0000-00000000a001',
      alreadyConsented: [],
      additionalRedirectUris: ['https://portal2.example.com:4443'],
    };
    const restorePortal = { webAddress: 'https://portal.example.com:4443', application, consent: 'none' } as const;
    const stack = onlyStack({ installations: [{ ...primary, restorePortal }] }, 'primary');

    expect(stack.resources('azuread_application')).toEqual([]);
    expect(stack.resources('azuread_application_redirect_uris')).toMatchObject([
      {
        redirect_uris: expect.stringContaining(
          '"https://portal.example.com:4443/","https://portal2.example.com:4443/"',
        ),
      },
    ]);
  });

  it('names no cmdlet for a REST API on a separate machine, where none reaches', () => {
    const [onServer, separate] = ['vb365.example.com', 'rest.example.com'].map((hostName) =>
      onlyStack({ installations: [{ ...primary, restApi: { hostName, port: 4443 } }] }, 'primary')
        .resources('terraform_data')
        .find(({ input }) => JSON.stringify(input).includes('primary/rest-api')),
    );

    expect(onServer).toMatchObject({ input: { cmdlet: 'Set-VBORestAPISettings' } });
    expect(separate).toMatchObject({ input: expect.not.objectContaining({ cmdlet: expect.anything() }) });
  });

  it('asks Entra for nothing without Restore Portal', () => {
    const { restorePortal: _, ...withoutPortal } = primary;
    const stack = onlyStack({ installations: [withoutPortal] }, 'primary');

    expect(stack.addresses().every((address) => address.startsWith('terraform_data.'))).toBe(true);
  });
});

describe('OrganizationStack', () => {
  it('allows public client flows for interactive restores only', () => {
    const interactive = onlyStack({ organizations: [{ ...contoso, purposes: ['restore-interactive'] }] }, 'contoso');
    const unattended = onlyStack({ organizations: [contoso] }, 'contoso');

    expect(interactive.resources('azuread_application')).toMatchObject([
      { fallback_public_client_enabled: true, public_client: { redirect_uris: ['http://localhost'] } },
    ]);
    expect(unattended.resources('azuread_application')).toMatchObject([{ fallback_public_client_enabled: false }]);
    expect(unattended.resources('azuread_application')[0]).not.toHaveProperty('public_client');
  });

  it('asks for what the version of its installation needs', () => {
    const versions = ['8.3', '8.5'].map((productVersion) =>
      onlyStack({ installations: [{ ...primary, productVersion }], organizations: [contoso] }, 'contoso'),
    );
    const [before = 0, since = 0] = versions.map((stack) => stack.resources('azuread_app_role_assignment').length);

    expect(since).toBe(before + 4);
  });

  it('publishes certificates of auxiliary backup applications, and manages nothing else of them', () => {
    const clientId = '00000000-0000-0000-0000-00000000b001';
    const stack = onlyStack({ organizations: [{ ...contoso, backupApplications: [{ clientId }] }] }, 'contoso');

    expect(stack.resources('azuread_application_certificate')).toHaveLength(2);
    expect(stack.data('azuread_application')).toEqual([{ client_id: clientId }]);
    expect(stack.data('azuread_service_principals')).toEqual([]);
    expect(stack.imports()).toEqual([]);
  });

  it('lets go of an existing application when a new one takes its place', () => {
    const clientId = '00000000-0000-0000-0000-00000000a001';
    const application = { clientId, alreadyConsented: [] };
    const existing = onlyStack({ organizations: [{ ...contoso, application, consent: 'same-stack' }] }, 'contoso');
    const adopted = existing
      .addresses()
      .filter((address) => address.includes('existing-application') && !address.startsWith('data.'));
    const removed = onlyStack({ organizations: [contoso] }, 'contoso').removed();

    expect(adopted.length).toBeGreaterThan(3);
    expect(removed.map(({ from }) => from)).toEqual(expect.arrayContaining(adopted));
  });

  it.each([
    ['none', []],
    ['same-stack', ['contoso']],
    ['separate-stack', ['contoso-consent']],
  ] as const)('grants consent where it is placed: %s', (consent, granting) => {
    const stacks = stacksOf({ organizations: [{ ...contoso, consent }] });
    const grantingStacks = [...stacks].filter(([, stack]) => stack.resources('azuread_app_role_assignment').length > 0);

    expect(grantingStacks.map(([name]) => name)).toEqual(granting);
  });

  it('lets the consent stack learn the application from the state beside it', () => {
    const consent = stacksOf({ organizations: [{ ...contoso, consent: 'separate-stack' }] }).get('contoso-consent');

    expect(consent?.data('terraform_remote_state')).toEqual([
      {
        backend: 'local',
        config: { path: '../../../terraform.contoso.tfstate' },
        workspace: '${terraform.workspace}',
      },
    ]);
  });

  it('leaves out what is consented already', () => {
    const application = {
      clientId: '00000000-0000-0000-0000-00000000a001',
      alreadyConsented: ['MicrosoftGraph/Directory.Read.All', 'Global Reader'],
    };
    const services = ['exchange'] as const;
    const stack = onlyStack(
      { organizations: [{ ...contoso, application, services, purposes: ['backup'], consent: 'same-stack' }] },
      'contoso',
    );

    expect(stack.resources('azuread_app_role_assignment')).toHaveLength(3);
    expect(stack.resources('azuread_directory_role_assignment')).toEqual([]);
  });
});

describe('DataCloudStack', () => {
  it('says how the certificate is uploaded', () => {
    const stack = onlyStack({ dataCloud: [fabrikam] }, 'fabrikam');

    expect(stack.outputs()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          value: expect.arrayContaining([expect.stringContaining('vb365 export fabrikam/data-cloud')]),
        }),
      ]),
    );
    expect(stack.resources('azuread_application_certificate')).toHaveLength(1);
  });
});

describe('StateBackend', () => {
  const backendOf = (backend: Configuration['backend']): unknown =>
    onlyStack({ organizations: [contoso], backend }, 'contoso').json.terraform;

  it('keeps local state beside cdktf.out, wherever that is', () => {
    expect(backendOf({ type: 'local' })).toMatchObject({
      backend: { local: { path: '../../../terraform.contoso.tfstate' } },
    });
    expect(backendOf({ type: 'local', path: 'state/{stack}.tfstate' })).toMatchObject({
      backend: { local: { path: '../../../state/contoso.tfstate' } },
    });
  });

  it('passes other backends on in the spelling of Terraform, with the name of the stack', () => {
    expect(
      backendOf({ type: 'azurerm', resourceGroupName: 'state', key: 'vb365/{stack}.tfstate', useOidc: true }),
    ).toMatchObject({
      backend: { azurerm: { resource_group_name: 'state', key: 'vb365/contoso.tfstate', use_oidc: true } },
    });
  });

  it('leaves the keys that a person has chosen as they are', () => {
    const assumeRole = { roleArn: 'arn', tags: { costCenter: '{stack}' }, transitiveTagKeys: ['costCenter'] };

    expect(backendOf({ type: 's3', key: '{stack}', assumeRole })).toMatchObject({
      backend: {
        s3: { assume_role: { role_arn: 'arn', tags: { costCenter: 'contoso' }, transitive_tag_keys: ['costCenter'] } },
      },
    });
  });

  it('writes the cloud block of HCP Terraform', () => {
    const terraform = backendOf({ type: 'cloud', organization: 'example', workspaces: { name: 'vb365-{stack}' } });

    expect(terraform).toMatchObject({ cloud: { organization: 'example', workspaces: { name: 'vb365-contoso' } } });
    expect(terraform).not.toHaveProperty('backend');
  });

  it('gives the consent stack of a hosted backend what the data source takes', () => {
    const workspaces = { name: 'vb365-{stack}', project: 'backup' };
    const stacks = stacksOf({
      organizations: [{ ...contoso, consent: 'separate-stack' }],
      backend: { type: 'cloud', organization: 'example', workspaces },
    });

    expect(stacks.get('contoso-consent')?.data('terraform_remote_state')).toEqual([
      { backend: 'remote', config: { organization: 'example', workspaces: { name: 'vb365-contoso' } } },
    ]);
  });
});
