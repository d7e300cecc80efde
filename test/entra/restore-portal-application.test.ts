import { Token } from 'cdktf';
import { portalRedirectUris, RestorePortalApplication } from '../../lib/entra/restore-portal-application';
import { synthesized } from '../support/template';
import { thrownBy } from '../support/thrown';

describe('RestorePortalApplication', () => {
  it('registers the web address first, then the others', () => {
    const template = synthesized((stack) => {
      new RestorePortalApplication(stack, 'portal', {
        displayName: 'VB365 Restore Portal',
        webAddress: 'https://portal.example.com:4443',
        additionalRedirectUris: ['https://portal.example.org:4443/'],
        multiTenant: true,
      });
    });

    expect(template.resources('azuread_application')).toMatchObject([
      {
        sign_in_audience: 'AzureADMultipleOrgs',
        single_page_application: {
          redirect_uris: ['https://portal.example.com:4443/', 'https://portal.example.org:4443/'],
        },
      },
    ]);
    expect(template.resources('azuread_application_identifier_uri')).toHaveLength(1);
  });

  it('registers both spellings of an address at port 443, because browsers leave it out', () => {
    expect(portalRedirectUris('https://portal.example.com:443')).toEqual([
      'https://portal.example.com:443',
      'https://portal.example.com',
    ]);
  });

  it('lets a token pass', () => {
    const address = Token.asString({ resolve: () => '${var.address}' });

    expect(portalRedirectUris(address)).toEqual([address]);
  });

  it.each([
    ['http://portal.example.com:4443', 'web-address-not-https'],
    ['https://portal.example.com', 'web-address-port-missing'],
    ['https://10.0.0.5:4443', 'web-address-private-ip'],
    ['https://portal.example.com:4443/portal', 'web-address-path'],
  ])('refuses %s', (webAddress, code) => {
    expect(thrownBy(() => portalRedirectUris(webAddress))).toMatchObject({ code });
  });
});
