import { directoryRoleNames } from '../../lib/catalogue/directory-role-names';
import { entraPrivileges, pipelinePrivileges } from '../../lib/catalogue/entra-privileges';
import { apis } from '../../lib/catalogue/permission-ids';
import { knownPermissions } from '../../lib/catalogue/permission-names';
import type { Configuration, DataCloudConfiguration, OrganizationConfiguration } from '../../lib/config/configuration';
import { permissionsFor, stackPrivileges } from '../../lib/lifecycle/stack-privileges';
import { thrownBy } from '../support/thrown';
import { configurationOf, contoso, fabrikam, primary } from '../support/configuration';

const deployIdentity = { clientId: '00000000-0000-4000-8000-0000000000d1' };
const organization: OrganizationConfiguration = {
  ...contoso,
  application: { displayName: 'VB365 contoso' },
  backupApplications: [],
  consent: 'none',
  deployIdentity,
};

/** Ids by `<stack> <step>`. */
function needs(configuration: Configuration): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { id, stack, step } of stackPrivileges(configuration)) (found[`${stack} ${step}`] ??= []).push(id);
  return found;
}

function of(...organizations: OrganizationConfiguration[]): Configuration {
  const { restorePortal: _, ...installation } = primary;
  return configurationOf({ installations: [installation], organizations, dataCloud: [] });
}

describe('stackPrivileges', () => {
  it('asks for ownership where the identity that applies is named, and for everything where it is not', () => {
    const { deployIdentity: _, ...nobody } = organization;
    expect(needs(of(organization))['contoso deploy']).toEqual(['read-applications', 'manage-owned']);
    expect(needs(of(nobody))['contoso deploy']).toEqual(['read-applications', 'manage-any']);
  });

  it.each<[string, Partial<OrganizationConfiguration>]>([
    ['is adopted', { application: { clientId: '00000000-0000-0000-0000-00000000a001', alreadyConsented: [] } }],
    ['stands beside auxiliary ones', { backupApplications: [{ clientId: '00000000-0000-0000-0000-00000000a002' }] }],
  ])('asks for everything where the application %s', (_, own) => {
    expect(needs(of({ ...organization, ...own }))['contoso deploy']).toEqual(['read-applications', 'manage-any']);
  });

  it('asks for what grants where consent is granted, and nowhere else', () => {
    const interactive: OrganizationConfiguration = {
      ...organization,
      services: ['exchange'],
      purposes: ['backup', 'restore-interactive'],
    };
    const granting = ['grant-application-permissions', 'grant-delegated-permissions', 'assign-directory-roles'];
    const reading = ['read-applications', 'read-delegated-grants', 'read-directory-roles'];

    expect(needs(of({ ...interactive, consent: 'same-stack' }))).toEqual({
      'contoso plan': reading,
      'contoso deploy': ['read-applications', 'manage-owned', ...granting],
    });
    expect(needs(of({ ...interactive, consent: 'separate-stack' }))).toEqual({
      'contoso plan': ['read-applications'],
      'contoso deploy': ['read-applications', 'manage-owned'],
      'contoso-consent plan': reading,
      'contoso-consent consent': ['read-applications', ...granting],
    });
    expect(needs(of({ ...interactive, consent: 'none' }))).toEqual({
      'contoso plan': ['read-applications'],
      'contoso deploy': ['read-applications', 'manage-owned'],
    });
  });

  it('grants no more kinds than the application asks for', () => {
    const sharePoint: OrganizationConfiguration = {
      ...organization,
      services: ['sharepoint'],
      purposes: ['restore-interactive'],
      consent: 'separate-stack',
    };
    expect(needs(of(sharePoint))['contoso-consent consent']).toEqual([
      'read-applications',
      'grant-delegated-permissions',
    ]);
  });

  it('asks for nothing for an installation without portal, and knows Data Cloud and portals', () => {
    const cloud: DataCloudConfiguration = {
      ...fabrikam,
      application: { displayName: 'Veeam Data Cloud' },
      consent: 'separate-stack',
    };
    const { restorePortal: _, ...bare } = primary;
    const stacks = [
      ...new Set(
        stackPrivileges(configurationOf({ installations: [primary], organizations: [], dataCloud: [cloud] })).map(
          ({ stack }) => stack,
        ),
      ),
    ];
    expect(stacks).toEqual(['primary', 'fabrikam', 'fabrikam-consent']);
    expect(
      stackPrivileges(configurationOf({ installations: [bare], organizations: [], dataCloud: [] }), ['primary']),
    ).toEqual([]);
  });

  it('gives the named stacks alone, and refuses one that the configuration does not make', () => {
    const configuration = of(organization, { ...organization, name: 'adatum' });
    expect(new Set(stackPrivileges(configuration, ['adatum']).map(({ stack }) => stack))).toEqual(new Set(['adatum']));
    expect(thrownBy(() => stackPrivileges(configuration, ['contoso-consent']))).toMatchObject({
      code: 'stack-unknown',
      message: expect.stringContaining('it makes primary, contoso, adatum'),
    });
  });
});

describe('permissionsFor', () => {
  it('leaves out what a stronger one includes', () => {
    const { 'manage-any': any, 'manage-owned': owned, 'read-applications': read } = entraPrivileges;
    expect(permissionsFor([read, owned, any])).toEqual(['Application.ReadWrite.All']);
    expect(permissionsFor([read, owned])).toEqual(['Application.Read.All', 'Application.ReadWrite.OwnedBy']);
  });
});

describe('the privileges of the catalogue', () => {
  it.each(Object.entries(entraPrivileges))('%s names what Microsoft has, and its sources', (_, privilege) => {
    const graph = knownPermissions.filter(
      ({ apiClientId, kind }) => apiClientId === apis.MicrosoftGraph.clientId && kind === 'application',
    );
    expect(graph.map(({ name }) => name)).toEqual(expect.arrayContaining([...privilege.permissions]));
    expect(directoryRoleNames).toContain(` ${privilege.directoryRole}\n`);
    for (const source of privilege.sources) expect(source).toMatch(/^https:\/\//);
  });

  it('are all in the table of the pipelines', () => {
    expect(new Set(Object.values(pipelinePrivileges).flat())).toEqual(new Set(Object.keys(entraPrivileges)));
  });
});
