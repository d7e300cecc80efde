import { REFERENCE, microsoftsPageOf, signInError, type SignInError } from './sign-in-error';

/** Where a browser comes back to. */
export const redirectErrors: readonly SignInError[] = [
  {
    code: 50011,
    meaning: 'the application has no redirect URI like the one that the browser shall come back to',
    causes: [
      'Restore Portal was opened under another host name, port or scheme than the one that is registered',
      'the web address was changed in VB365, and not in vb365.yaml',
      'vb365.yaml has the address, and has not been deployed since',
    ],
    steps: [
      {
        command: null,
        what: 'write the address as webAddress or among additionalRedirectUris of the installation, and deploy it',
      },
    ],
    isAboutCertificate: false,
    source: REFERENCE,
  },
  signInError(
    9002326,
    'the address is not registered for a single-page application, which alone may redeem a code in the browser',
    [
      'the address of Restore Portal stands under the platform Web, and belongs under single-page application',
      'it was added by hand in Entra, under the wrong platform',
    ],
    [
      'remove it under Web in Entra: Authentication of the application',
      { command: 'npx cdktf deploy <installation>', what: 'register it for a single-page application' },
    ],
    'https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow',
  ),
  signInError(
    9002327,
    'the address is registered for a single-page application, whose code only a browser may redeem',
    ['a program on a server signs in with an address of Restore Portal'],
    ['register an address of its own for the program, under the platform Web'],
    'https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow',
  ),
  signInError(
    500113,
    'the application has no redirect URI at all',
    [
      'the application is not that of Restore Portal: the application id in its settings is wrong',
      'its addresses were removed in Entra, or never deployed',
    ],
    [
      'compare the application id in the settings of Restore Portal with the overview of the application in Entra',
      { command: 'npx cdktf deploy <installation>', what: 'register its addresses' },
    ],
    microsoftsPageOf(500_113),
  ),
  signInError(
    900971,
    'the request has no redirect URI',
    ['the application has none, or the program sends none'],
    [{ command: 'npx cdktf deploy <installation>', what: 'register the addresses of Restore Portal' }],
  ),
  signInError(
    70004,
    'the redirect URI is none of the application',
    ['it is another host, port, scheme or path than what is registered'],
    ['write it among additionalRedirectUris of the installation, and deploy it'],
  ),
  signInError(
    700054,
    'the application may not get an id token at the sign-in page',
    ['a program signs in by the implicit flow, which these applications do not allow'],
    ['update the program: Restore Portal uses codes with PKCE'],
  ),
  signInError(
    54005,
    'the code of the sign-in was used already',
    ['the page was loaded again, or went back in the browser'],
    ['sign in again'],
  ),
  signInError(
    50058,
    'nobody is signed in in this browser',
    [
      'a page asks silently, which is answered so before the first sign-in: no fault in itself',
      'the browser blocks cookies of other sites',
    ],
    ['sign in', 'where it comes back after the sign-in: let the browser keep cookies of login.microsoftonline.com'],
  ),
  signInError(
    50105,
    'the person is not assigned to the application',
    [
      '"Assignment required" of the enterprise application is switched on, and neither the person nor a group of theirs is assigned',
    ],
    [
      'assign the person or group: Enterprise applications, the application, Users and groups',
      'or switch "Assignment required" off under Properties',
    ],
  ),
];
