import { ConfidentialClientApplication, type INetworkModule, PublicClientApplication } from '@azure/msal-node';
import { type Application, type EntraEmulator, startEntraEmulator } from '../../../emulators/entra';
import { apis } from '../../../lib/catalogue/permission-ids';
import { issueSelfSigned, type IssuedCertificate } from '../../../lib/certificates/issue';
import { certificateProfile } from '../../../lib/certificates/profile';
import { type Answer, contoso, send } from './client';

let emulator: EntraEmulator;
let application: Application;
let issued: IssuedCertificate;
let stranger: IssuedCertificate;

beforeAll(async () => {
  emulator = await startEntraEmulator();
  const profile = certificateProfile('entra-application', { commonName: 'VB365 contoso' });
  const issue = (): Promise<IssuedCertificate> =>
    issueSelfSigned({ profile, keySize: 2048, validityDays: 365, at: new Date() });
  [issued, stranger] = await Promise.all([issue(), issue()]);
  const { directory } = emulator;
  application = directory.addApplication(contoso, { displayName: 'VB365 contoso', isFallbackPublicClient: true });
  directory.addServicePrincipal(contoso, application.appId);
  directory.addKeyCredential(contoso, application.appId, issued.certificate);
});

afterAll(() => emulator.close());

/** NODE_EXTRA_CA_CERTS is read when node starts, which is too early here. */
const network = (): INetworkModule => {
  const answer = ({ status, headers, body }: Answer): never =>
    ({ status, headers: headers as Record<string, string>, body }) as never;
  const pathOf = (url: string): string => url.slice(emulator.url.length);
  return {
    sendGetRequestAsync: async (url) => answer(await send(emulator, 'GET', pathOf(url))),
    sendPostRequestAsync: async (url, options) => {
      const form = Object.fromEntries(new URLSearchParams(options?.body ?? ''));
      return answer(await send(emulator, 'POST', pathOf(url), { form }));
    },
  };
};

function auth(): { clientId: string; authority: string; knownAuthorities: string[] } {
  const { host } = new URL(emulator.url);
  return { clientId: application.appId, authority: `${emulator.url}/${contoso}`, knownAuthorities: [host] };
}

function confidentialClient({ certificate, privateKey }: IssuedCertificate): ConfidentialClientApplication {
  return new ConfidentialClientApplication({
    auth: {
      ...auth(),
      clientCertificate: {
        thumbprintSha256: certificate.thumbprintSha256,
        privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      },
    },
    system: { networkClient: network() },
  });
}

describe("Microsoft's own library", () => {
  it('signs in with an issued certificate', async () => {
    const scopes = ['https://graph.microsoft.com/.default'];
    const result = await confidentialClient(issued).acquireTokenByClientCredential({ scopes });
    expect(result?.accessToken.split('.')).toHaveLength(3);
    expect(emulator.requests.count(/^GET .+\/v2\.0\/\.well-known\/openid-configuration/)).toBe(1);
  });

  it('reports AADSTS700027 for a certificate that is not on the application', async () => {
    const scopes = ['https://graph.microsoft.com/.default'];
    const attempt = confidentialClient(stranger).acquireTokenByClientCredential({ scopes });
    await expect(attempt).rejects.toMatchObject({
      errorCode: 'invalid_client',
      message: expect.stringMatching(new RegExp(`AADSTS700027.+'${stranger.certificate.thumbprintSha256}'`)) as string,
    });
  });

  it('signs a person in with a device code where the permissions are granted', async () => {
    const tenant = emulator.directory.tenant(contoso);
    emulator.directory.addPermissionGrant(contoso, {
      clientId: tenant.servicePrincipalOf(application.appId)!.id,
      resourceId: tenant.servicePrincipalOf(apis.MicrosoftGraph.clientId)!.id,
      scope: 'User.Read offline_access',
    });
    const client = new PublicClientApplication({ auth: auth(), system: { networkClient: network() } });
    const messages: string[] = [];
    const result = await client.acquireTokenByDeviceCode({
      scopes: ['User.Read'],
      deviceCodeCallback: ({ message }) => messages.push(message),
    });
    expect(result?.scopes).toContain('User.Read');
    expect(result?.tenantId).toBe(contoso);
    expect(messages).toEqual([expect.stringContaining(`${emulator.url}/devicelogin`)]);
  });
});
