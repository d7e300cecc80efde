import { REFERENCE, microsoftsPageOf, signInError, type SignInError } from './sign-in-error';

/** What nobody has granted. */
export const consentErrors: readonly SignInError[] = [
  {
    code: 65001,
    meaning: 'nobody has consented to a permission that the application asks for',
    causes: [
      'admin consent was left to a person, or to a stack that has not been deployed yet',
      'the configuration asks for a new permission since the last consent',
    ],
    steps: [
      {
        command: null,
        what: 'deploy the consent stack, or grant admin consent in Entra: API permissions of the application',
      },
    ],
    isAboutCertificate: false,
    source: REFERENCE,
  },
  signInError(
    90094,
    'an administrator must consent',
    [
      'a person signs in to Restore Portal, and nobody has granted its permissions for the tenant',
      'people of the tenant may not consent to applications',
    ],
    [
      {
        command: 'npx cdktf deploy <owner>-consent',
        what: 'grant what vb365.yaml asks for, where a consent stack does it',
      },
      'or grant admin consent in Entra: API permissions of the application',
    ],
  ),
  signInError(
    90095,
    'an administrator must consent, and the person was told to ask for it',
    ['people of the tenant may not consent to applications'],
    ['grant admin consent in Entra, or answer the request there: Enterprise applications, Admin consent requests'],
  ),
  signInError(
    90008,
    'nobody has consented to the application',
    ['the application asks for a token for itself, and lacks the permission to read the profile of who signs in'],
    ['grant admin consent in Entra: API permissions of the application'],
  ),
  signInError(
    65004,
    'the person declined to consent',
    ['somebody pressed Cancel on the page that asks for consent'],
    ['sign in again and accept', 'or grant admin consent, so that nobody is asked'],
  ),
  signInError(
    65005,
    'the application asks for something that it has not registered',
    ['its API permissions lack the API that the sign-in asks for', 'the API is not in the tenant'],
    [{ command: 'npx cdktf deploy <owner>', what: 'register the permissions that vb365.yaml asks for' }],
  ),
  signInError(
    650051,
    'the service principal cannot be made, because the tenant has one with the same name already',
    ['another application with the same identifier URI was consented to in this tenant'],
    ['look for it among Enterprise applications of the tenant, and remove the one that nobody uses'],
    microsoftsPageOf(650_051),
  ),
  signInError(
    650052,
    'the tenant has no service of the API that the application asks for',
    ['the tenant has no licence of that service, or nobody has switched it on'],
    ['check the licences of the tenant, and services in vb365.yaml'],
  ),
  signInError(
    650056,
    'the application is not configured for what the sign-in asks for',
    [
      'it lists no permissions of that API',
      'an administrator has not consented in the tenant',
      'the client id in the request is another one',
    ],
    [
      { command: 'npx cdktf deploy <owner>', what: 'register the permissions that vb365.yaml asks for' },
      'grant admin consent in Entra: API permissions of the application',
    ],
  ),
  signInError(
    650057,
    'the API that is asked for is not among the permissions of the application',
    [
      'an application of another purpose is used: its client id in VB365 is wrong',
      'the permissions of the application were changed in Entra',
    ],
    [
      'compare the application id and the tenant id in VB365 with the overview of the application in Entra',
      { command: 'npx cdktf deploy <owner>', what: 'register the permissions that vb365.yaml asks for' },
    ],
  ),
  signInError(
    90093,
    'the directory refuses to consent on behalf of this person',
    ['the person who consents is no administrator who may'],
    ['consent as Privileged Role Administrator'],
  ),
  signInError(
    90099,
    'the application is not authorized in the tenant of the customer',
    ['a partner signs in, and the application has no consent in that tenant'],
    ['grant admin consent in the tenant of the customer'],
  ),
  signInError(
    70011,
    'the scope that is asked for is not valid',
    [
      'a program asks for a permission that does not exist',
      'the region is wrong: each cloud has addresses of its own for the same API',
    ],
    ['check the region in vb365.yaml and in VB365'],
  ),
];
