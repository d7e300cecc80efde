import { REFERENCE, signInError, type SignInError } from './sign-in-error';

/** Applications and tenants that are not there, or not in this one. */
export const applicationErrors: readonly SignInError[] = [
  {
    code: 700016,
    meaning: 'the tenant knows no application of this client id',
    causes: [
      'the client id or the tenant id in VB365 is not that of the application',
      'the application was deleted, or its stack has not been deployed yet',
      'nobody has consented in this tenant, so that a multi-tenant application has no service principal in it',
      'the region is wrong: each cloud of Microsoft has applications of its own',
    ],
    steps: [
      {
        command: null,
        what: 'compare the client id and the tenant id in VB365 with the overview of the application in Entra',
      },
    ],
    isAboutCertificate: false,
    source: REFERENCE,
  },
  {
    code: 90002,
    meaning: 'there is no such tenant in this cloud',
    causes: [
      'the tenant id is mistyped, or the tenant was deleted',
      'the region is wrong: worldwide, US Government and China do not know the tenants of each other',
    ],
    steps: [
      { command: null, what: 'compare tenantId and region in vb365.yaml with the overview of the tenant in Entra' },
    ],
    isAboutCertificate: false,
    source: REFERENCE,
  },
  {
    code: 500011,
    meaning: 'the tenant has no service principal of the API that the application asks for',
    causes: [
      'the tenant has no licence of that service, such as Exchange Online or SharePoint Online',
      'the region is wrong: each cloud has addresses of its own for the same API',
    ],
    steps: [{ command: null, what: 'check the licences of the tenant, and services and region in vb365.yaml' }],
    isAboutCertificate: false,
    source: REFERENCE,
  },
  signInError(
    700011,
    'the tenant knows no application of this client id',
    ['the application was deleted, or lives in another tenant'],
    ['compare the application id and the tenant id in VB365 with the overview of the application in Entra'],
  ),
  signInError(
    70001,
    'the application is disabled, or not in this tenant',
    ['somebody disabled it: Enterprise applications, Properties', 'the tenant id in VB365 is another one'],
    ['compare the application id and the tenant id in VB365 with the overview of the application in Entra'],
  ),
  signInError(
    7000112,
    'the application is disabled',
    [
      '"Enabled for users to sign in" of the enterprise application is switched off',
      'Microsoft disabled it, because of suspicious behaviour',
    ],
    [
      'switch it on in Entra: Enterprise applications, the application, Properties',
      'where it says that Microsoft disabled it, ask its support: it stays off until then',
    ],
  ),
  signInError(
    7000229,
    'the application has no service principal in the tenant',
    [
      'it was registered, and nobody has made its service principal: by hand, or by a deployment that was interrupted',
      'the service principal was deleted, and the application stayed',
    ],
    [
      { command: 'npx cdktf deploy <owner>', what: 'make it again, with what it was granted' },
      { command: 'vb365 recover <owner>', what: 'before that, where the state of Terraform was lost' },
    ],
    'https://learn.microsoft.com/microsoftteams/platform/teams-sdk/teams/app-authentication/troubleshooting',
  ),
  signInError(
    50194,
    'the application is of one tenant only, and the sign-in goes to the common address',
    [
      'users of another tenant sign in to Restore Portal, and its application is not multi-tenant',
      'a program signs in at /common instead of at the tenant',
    ],
    [
      'for Restore Portal of several tenants: set multiTenant: true under restorePortal.application, and deploy it',
      'else let the program sign in at the address of the tenant',
    ],
  ),
  signInError(
    50020,
    'the person is of another tenant, and not a guest in this one',
    [
      'the browser is signed in with an account of another tenant',
      'Restore Portal serves several tenants, and its application is of one only',
    ],
    [
      'sign out, and sign in with an account of the tenant of the application',
      'for Restore Portal of several tenants: set multiTenant: true under restorePortal.application, and deploy it',
    ],
  ),
  signInError(
    50034,
    'the tenant has no such account',
    ['the name is mistyped, or the account is of another tenant'],
    ['sign in with an account of the tenant that the message names'],
  ),
  signInError(
    51004,
    'the tenant has no such account',
    ['the account is of another tenant'],
    ['sign in with an account of the tenant that the message names'],
  ),
  signInError(
    50059,
    'the request does not say which tenant it is for',
    ['the tenant id is empty in VB365, or in the account of a pipeline (ARM_TENANT_ID)'],
    ['give the tenant id'],
  ),
  signInError(
    50128,
    'the domain is none of a tenant',
    ['the name of the tenant is mistyped'],
    ['give the tenant id instead of the name'],
  ),
  signInError(
    90072,
    'the account of another tenant does not exist in this one',
    ['the browser is signed in with an account of another tenant', 'a partner signs in, who is no guest of the tenant'],
    ['sign out, and sign in with an account of the tenant', 'or invite the account as a guest'],
  ),
  signInError(
    90019,
    'Entra cannot tell which tenant is meant',
    ['the request names no tenant'],
    ['give the tenant id'],
  ),
  signInError(
    90038,
    'the tenant belongs to another cloud of Microsoft',
    ['the region in vb365.yaml, or in VB365, is not that of the tenant'],
    ['set the region of the tenant in vb365.yaml and in VB365'],
  ),
  signInError(
    900382,
    'the application signs in to a tenant of another cloud of Microsoft',
    ['the region in vb365.yaml, or in VB365, is not that of the tenant'],
    ['set the region of the tenant in vb365.yaml and in VB365'],
  ),
  signInError(
    500021,
    'the tenant is none of those that the network lets through',
    ['tenant restrictions: a proxy of the network names tenants, and this one is not among them'],
    [
      'have the tenant added to the header Restrict-Access-To-Tenants of the proxy, or let the server go past the proxy',
    ],
    'https://learn.microsoft.com/entra/external-id/tenant-restrictions-v2',
  ),
  signInError(
    500212,
    'the tenant of the account does not let its people go to this tenant',
    ['cross-tenant access settings, outbound'],
    ['ask an administrator of the tenant of the account'],
  ),
  signInError(
    500213,
    'the tenant does not let people of that other tenant in',
    ['cross-tenant access settings, inbound'],
    ['ask an administrator of the tenant of the application'],
  ),
];
