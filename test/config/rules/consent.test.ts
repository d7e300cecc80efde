import { readConfiguration } from '../../../lib/config/read-configuration';
import { errorOf, findingsOf, removeFiles, writeFiles } from '../write-files';

const TENANT = '6f9d2c7a-1b34-4e58-9a0c-3d5e7f8091a2';
const CLIENT = '2b3c4d5e-6f70-4182-93a4-b5c6d7e8f901';

afterEach(removeFiles);

interface Text {
  readonly names: string;
  readonly rest?: string;
  readonly productVersion?: string;
}

/** The exceptions of an organization stand in line 4, those of Restore Portal in line 3, those of Data Cloud in line 2. */
function organizationWith({ names, rest = '', productVersion = '8.3' }: Text): string {
  return writeFiles({
    'vb365.yaml': `installations:
  - { name: primary, productVersion: "${productVersion}", tenantId: ${TENANT}, server: { hostName: vb365 } }
organizations:
  - application: { clientId: ${CLIENT}, alreadyConsented: [${names}] }
    name: contoso
    installation: primary
    tenantId: ${TENANT}
    services: [exchange]
${rest}`,
  });
}

function portalWith(names: string): string {
  return writeFiles({
    'vb365.yaml': `installations:
  - restorePortal:
      application: { clientId: ${CLIENT}, alreadyConsented: [${names}] }
      webAddress: https://portal.example.com:4443
      consent: separate-stack
    restApi: {}
    name: primary
    productVersion: "8.3"
    tenantId: ${TENANT}
    server: { hostName: vb365 }
`,
  });
}

function dataCloudWith(names: string): string {
  return writeFiles({
    'vb365.yaml': `dataCloud:
  - application: { clientId: ${CLIENT}, alreadyConsented: [${names}] }
    name: fabrikam
    tenantId: ${TENANT}
    services: [exchange]
    consent: same-stack
`,
  });
}

describe('a name in alreadyConsented', () => {
  it.each([
    ['MicrosoftGraph/Directory.Read', 'write MicrosoftGraph/Directory.Read.All, if you mean that'],
    ['microsoftgraph/directory.read.all', 'write MicrosoftGraph/Directory.Read.All, if you mean that'],
    ['Exchange.ManageAsApp', 'write ExchangeOnline/Exchange.ManageAsApp, if you mean that'],
    ['Graph/delegated', 'write MicrosoftGraph/<permission>, MicrosoftGraph/delegated or Global Reader'],
    ['ExchangeOnline/delegate', 'write ExchangeOnline/delegated, if you mean that'],
    ['global reader', 'write Global Reader, if you mean that'],
    ['MicrosoftGraph/toString', 'write MicrosoftGraph/<permission>, MicrosoftGraph/delegated or Global Reader'],
    // Delegated only: it is granted with all others of its API.
    ['ExchangeOnline/EWS.AccessAsUser.All', 'write ExchangeOnline/delegated, if you mean that'],
  ])('may not be %s, which the catalogue does not know', (name, cure) => {
    const { findings } = errorOf(organizationWith({ names: `MicrosoftGraph/Directory.Read.All, "${name}"` }));
    expect(findings).toMatchObject([
      { id: 'permission-name-invalid', subject: 'organizations[0].application.alreadyConsented[1]', cure },
    ]);
  });

  it('is right where the application asks for it', () => {
    const file = organizationWith({
      names:
        'MicrosoftGraph/Directory.Read.All, ExchangeOnline/Exchange.ManageAsApp, ExchangeOnline/delegated, Global Reader',
      rest: '    consent: same-stack\n    purposes: [backup, restore-interactive]\n',
    });
    expect(readConfiguration(file).organizations).toHaveLength(1);
  });

  it('may be anything that is known where no consent is granted', () => {
    expect(readConfiguration(organizationWith({ names: 'SharePointOnline/delegated' })).organizations).toHaveLength(1);
  });

  it.each(['same-stack', 'separate-stack'])('is an error where a %s consent does not grant it', (consent) => {
    const file = organizationWith({
      names: 'MicrosoftGraph/ChannelMessage.Read.All, Global Reader, SharePointOnline/delegated',
      rest: `    consent: ${consent}\n`,
    });
    const { findings } = errorOf(file);
    expect(findings).toMatchObject([
      {
        id: 'consent-exception-unknown',
        subject: 'organizations[0].application.alreadyConsented[0]',
        message: expect.stringContaining('it asks for ExchangeOnline/') as unknown,
        place: { line: 4 },
      },
      { id: 'consent-exception-unknown', subject: 'organizations[0].application.alreadyConsented[2]' },
    ]);
  });

  it('depends on the version of the installation', () => {
    const names = 'MicrosoftGraph/MailboxItem.ImportExport.All';
    const rest = '    consent: same-stack\n';
    expect(readConfiguration(organizationWith({ names, rest, productVersion: '8.5' })).organizations).toHaveLength(1);
    expect(errorOf(organizationWith({ names, rest })).findings).toMatchObject([{ id: 'consent-exception-unknown' }]);
  });

  it('is not judged while what the application asks for is unclear', () => {
    const file = organizationWith({
      names: 'MicrosoftGraph/ChannelMessage.Read.All',
      rest: '    consent: same-stack\n    purposes: [backups]\n',
    });
    expect(errorOf(file).findings.map(({ id }) => id)).toEqual(['configuration-value']);
  });

  it('is judged for Restore Portal and for Data Cloud, too', () => {
    expect(readConfiguration(portalWith('MicrosoftGraph/delegated')).installations).toHaveLength(1);
    expect(findingsOf(portalWith('Global Reader'))).toEqual([
      '3:89 consent-exception-unknown installations[0].restorePortal.application.alreadyConsented[0]',
    ]);
    expect(readConfiguration(dataCloudWith('MicrosoftGraph/Directory.Read.All')).dataCloud).toHaveLength(1);
    expect(findingsOf(dataCloudWith('MicrosoftGraph/delegated'))).toEqual([
      '2:87 consent-exception-unknown dataCloud[0].application.alreadyConsented[0]',
    ]);
  });
});
