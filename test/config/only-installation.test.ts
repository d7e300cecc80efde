import { readConfiguration } from '../../lib/config/read-configuration';
import { errorOf, findingsOf, removeFiles, writeFiles } from './write-files';

const INSTALLATION = [
  '  - name: primary',
  "    productVersion: '8.3'",
  '    tenantId: 6f9d2c7a-1b34-4e58-9a0c-3d5e7f8091a2',
  '    server: { hostName: vb365.example.com }',
  '    restApi: { port: 4443 }',
  '    install: { via: local }',
];
const ORGANIZATION = [
  '  - name: contoso',
  '    tenantId: 6f9d2c7a-1b34-4e58-9a0c-3d5e7f8091a3',
  '    services: [exchange]',
  '    install: { via: rest }',
];

afterEach(removeFiles);

function text(installations: readonly string[], organization: readonly string[]): string {
  const lists = [
    installations.length > 0 ? ['installations:', ...installations] : [],
    ['organizations:', ...organization],
  ];
  return `${lists.flat().join('\n')}\n`;
}

const SECOND = INSTALLATION.map((line) => line.replace('primary', 'second'));

describe('an organization that names no installation', () => {
  it('means the same as one that names the only one', () => {
    const [without, named] = [ORGANIZATION, [...ORGANIZATION, '    installation: primary']].map((organization) =>
      readConfiguration(writeFiles({ 'vb365.yaml': text(INSTALLATION, organization) })),
    );
    expect(without?.organizations[0]?.installation).toBe('primary');
    expect(without?.organizations).toEqual(named?.organizations);
  });

  it('has the only one also where it stands in a file of its own', () => {
    const files = {
      'vb365.yaml': `${text(INSTALLATION, ORGANIZATION).split('organizations:')[0] ?? ''}include: [o/*.yaml]\n`,
      'o/contoso.yaml': `${ORGANIZATION.map((line) => line.slice(4)).join('\n')}\n`,
    };
    expect(readConfiguration(writeFiles(files)).organizations[0]?.installation).toBe('primary');
  });

  it.each([
    ['several are declared', [...INSTALLATION, ...SECOND], /; declared: primary, second$/],
    ['none is declared', [], /; none is declared$/],
  ])('is an error where %s', (_, installations, message) => {
    const { findings } = errorOf(writeFiles({ 'vb365.yaml': text(installations, ORGANIZATION) }));
    expect(findings.map(({ id }) => id)).toEqual(['configuration-key-missing']);
    expect(findings[0]?.message).toMatch(message);
  });

  it('says nothing of an installation that is wrong there, and fills in none', () => {
    const file = writeFiles({ 'vb365.yaml': text(INSTALLATION, [...ORGANIZATION, '    installation: 5']) });
    expect(findingsOf(file)).toEqual(['13:19 configuration-type organizations[0].installation']);
  });
});
