import { readConfiguration } from '../../lib/config/read-configuration';
import { findingsOf, removeFiles, writeFiles } from './write-files';

/** Lines 1 to 6; further keys of the installation stand from line 7, column 5. */
const INSTALLATION = `installations:
  - name: primary
    productVersion: "8.3"
    tenantId: 6f9d2c7a-1b34-4e58-9a0c-3d5e7f8091a2
    server: { hostName: vb365.example.com }
    restApi: {}
`;

function withOrganization(install: string, installation = ''): string {
  return `${INSTALLATION}${installation}organizations:
  - name: contoso
    installation: primary
    tenantId: 0c1d2e3f-4a5b-4c6d-8e7f-90a1b2c3d4e5
    services: [exchange]
    install: ${install}
`;
}

function read(yaml: string): ReturnType<typeof readConfiguration> {
  return readConfiguration(writeFiles({ 'vb365.yaml': yaml }));
}

afterEach(removeFiles);

describe('how certificates are installed', () => {
  it('is left to a person unless it is declared', () => {
    expect(read(INSTALLATION).installations[0]).not.toHaveProperty('install');
  });

  it('is by SSH on the server, unless another host is named', () => {
    const plain = read(`${INSTALLATION}    install: { via: ssh }\n`).installations[0];
    expect(plain?.install).toEqual({ via: 'ssh', ssh: { host: 'vb365.example.com' } });
    const full = read(
      `${INSTALLATION}    install: { via: ssh, ssh: { host: jump.example.com, user: 'EX\\backup', port: 2222 } }\n`,
    );
    expect(full.installations[0]?.install).toEqual({
      via: 'ssh',
      ssh: { host: 'jump.example.com', user: 'EX\\backup', port: 2222 },
    });
  });

  it.each([
    ['{ via: rest }', ''],
    ['{ via: ssh }', '    install: { via: ssh }\n'],
    ['{ via: local }', '    install: { via: local }\n'],
  ])('is %s for an organization', (install, installation) => {
    const { organizations } = read(withOrganization(install, installation));
    expect(organizations[0]?.install).toEqual({ via: install.slice(7, -2) });
  });

  it.each([
    [`${INSTALLATION}    install: {}\n`, '7:14 configuration-key-missing installations[0].install.via'],
    [`${INSTALLATION}    install: { via: rest }\n`, '7:21 configuration-value installations[0].install.via'],
    [`${INSTALLATION}    install: { via: local, ssh: {} }\n`, '7:28 install-ssh-unused installations[0].install.ssh'],
    [
      `${INSTALLATION}    install: { via: ssh, ssh: { user: -oProxyCommand=x } }\n`,
      '7:39 user-name-invalid installations[0].install.ssh.user',
    ],
    [
      `${INSTALLATION}    install: { via: ssh, ssh: { host: -x } }\n`,
      '7:39 host-name-invalid installations[0].install.ssh.host',
    ],
    [
      withOrganization('{ via: rest }').replace('    restApi: {}\n', ''),
      '11:21 install-rest-without-rest-api organizations[0].install.via',
    ],
    [withOrganization('{ via: ssh }'), '12:21 install-way-differs organizations[0].install.via'],
    [
      withOrganization('{ via: ssh }', '    install: { via: local }\n'),
      '13:21 install-way-differs organizations[0].install.via',
    ],
  ])('is refused where it leads nowhere: %#', (yaml, expected) => {
    expect(findingsOf(writeFiles({ 'vb365.yaml': yaml }))).toEqual([expected]);
  });
});
