import { readConfiguration } from '../../lib/config/read-configuration';
import type { Configuration } from '../../lib/config/configuration';
import { thrownBy } from '../support/thrown';
import { removeFiles, writeFiles } from './write-files';

const GENERAL = '00000000-0000-4000-8000-0000000000d1';
const OWN = '00000000-0000-4000-8000-0000000000d2';

function read(general: string, own = ''): Configuration {
  return readConfiguration(
    writeFiles({
      'vb365.yaml': `${general}
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
dataCloud:
  - name: fabrikam
    tenantId: 00000000-0000-0000-0000-000000000003
    services: [exchange]
${own}`,
    }),
  );
}

afterEach(removeFiles);

function identities({ dataCloud, installations, organizations }: Configuration): (string | undefined)[] {
  return [...installations, ...organizations, ...dataCloud].map(({ deployIdentity }) => deployIdentity?.clientId);
}

describe('deployIdentity of vb365.yaml', () => {
  it('is nobody by default', () => {
    expect(identities(read(''))).toEqual([undefined, undefined, undefined]);
    expect(read('').organizations[0]).not.toHaveProperty('deployIdentity');
  });

  it('holds for every owner but those that name another one, as in another cloud', () => {
    const general = `deployIdentity: { clientId: ${GENERAL.toUpperCase()} }`;
    expect(identities(read(general))).toEqual([GENERAL, GENERAL, GENERAL]);
    expect(identities(read(general, `    deployIdentity: { clientId: ${OWN} }\n`))).toEqual([GENERAL, GENERAL, OWN]);
  });

  it.each(['deployIdentity: {}', 'deployIdentity: { clientId: pipeline }', `deployIdentity: ${GENERAL}`])(
    'is refused as %s',
    (general) => {
      expect(thrownBy(() => read(general))).toMatchObject({ code: 'configuration-invalid' });
    },
  );
});
