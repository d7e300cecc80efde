import { lineagesOf } from '../../lib/config/lineages';
import { judgeRegistration } from '../../lib/verify/registration';
import { configurationOf, contoso, primary } from '../support/configuration';

const [declaration] = lineagesOf(configurationOf({ installations: [primary], organizations: [contoso] }));

function complaints(wanted: readonly string[], present: readonly string[]): string[] {
  if (declaration === undefined) throw new Error('no lineage');
  const expected = {
    ...({ tenantId: contoso.tenantId, region: 'worldwide', clientId: undefined, isOwned: true } as const),
    ...{ permissions: undefined, publicClientFlows: false },
    consent: { permissions: [], ownScope: undefined, placement: 'none' as const, alreadyConsented: undefined },
    redirectUris: { spa: wanted, 'public-client': [] },
  };
  const seen = {
    ...{ displayName: 'Portal', credentials: [], permissions: [], publicClientFlows: false },
    redirectUris: { spa: present, web: [], 'public-client': [] },
  };
  return judgeRegistration(declaration, expected, 'client', seen).map(({ id }) => id);
}

describe('judgeRegistration', () => {
  it('compares redirect URIs by what they mean', () => {
    const wanted = ['https://portal.example.com:4443/'];
    expect(complaints(wanted, ['https://portal.example.com:4443'])).toEqual([]);
    expect(complaints(wanted, ['https://Portal.example.com:4443/'])).toEqual([]);
    expect(complaints(wanted, ['https://portal.example.com:4443/x'])).toEqual([
      'redirect-uri-unregistered',
      'redirect-uri-foreign',
    ]);
  });
});
