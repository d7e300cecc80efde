import { REFERENCE, microsoftsPageOf, signInError, type SignInError } from './sign-in-error';

/** What policies ask of a sign-in, and services that do not answer. */
export const accessErrors: readonly SignInError[] = [
  {
    code: 53003,
    meaning: 'a Conditional Access policy blocks the sign-in',
    causes: [
      'a policy for workload identities does not cover the address of the VB365 server',
      'a person signs in, and the policy asks for a device or a place that this one is not',
    ],
    steps: [
      {
        command: null,
        what: 'open the sign-in logs in Entra, see which policy it was, and exclude the application or add the address of the server',
      },
    ],
    isAboutCertificate: false,
    source: REFERENCE,
  },
  signInError(
    530003,
    'a Conditional Access policy wants a device that is managed',
    ['a person signs in from a device that the tenant does not manage'],
    [
      'sign in from a managed device',
      'open the sign-in logs of Entra, and look up the request by its correlation id: they name the policy',
    ],
    microsoftsPageOf(530_003),
  ),
  signInError(
    53000,
    'a Conditional Access policy wants a device that is compliant',
    ['a person signs in from a device that is not enrolled, or does not comply'],
    [
      'sign in from a compliant device',
      'open the sign-in logs of Entra, and look up the request by its correlation id: they name the policy',
    ],
  ),
  signInError(
    53001,
    'a Conditional Access policy wants a device that has joined the domain',
    ['a person signs in from another device'],
    [
      'sign in from a device of the domain',
      'open the sign-in logs of Entra, and look up the request by its correlation id: they name the policy',
    ],
  ),
  signInError(
    53002,
    'a Conditional Access policy wants an approved application',
    ['the browser or program is none of those that the policy approves'],
    ['open the sign-in logs of Entra, and look up the request by its correlation id: they name the policy'],
  ),
  signInError(
    530032,
    'a policy of the tenant blocks the sign-in',
    ['a security policy that an administrator has set for the whole tenant'],
    ['open the sign-in logs of Entra, and look up the request by its correlation id: they name the policy'],
  ),
  signInError(
    530035,
    'security defaults block the sign-in',
    ['the request uses an old way of signing in, or looks unsafe'],
    [
      'let VB365 use modern app-only authentication with a certificate',
      'open the sign-in logs of Entra, and look up the request by its correlation id: they name the policy',
    ],
  ),
  signInError(
    50005,
    'a Conditional Access policy does not let this platform in',
    ['the device runs a system that the policy does not name'],
    ['open the sign-in logs of Entra, and look up the request by its correlation id: they name the policy'],
  ),
  signInError(
    50097,
    'the device must prove who it is',
    ['a Conditional Access policy asks for a device that is registered'],
    [
      'sign in from a registered device',
      'open the sign-in logs of Entra, and look up the request by its correlation id: they name the policy',
    ],
  ),
  signInError(
    50131,
    'a Conditional Access policy refuses the sign-in',
    ['device state, place or suspicious activity'],
    ['open the sign-in logs of Entra, and look up the request by its correlation id: they name the policy'],
  ),
  signInError(
    50053,
    'the account is locked, or the sign-in comes from an address with a bad name',
    ['too many wrong passwords', 'the IP address of the server is listed as malicious'],
    ['open the sign-in logs of Entra, and look up the request by its correlation id: they name the policy'],
  ),
  signInError(
    50055,
    'the password of the account has expired',
    ['an account with a password signs in where an application with a certificate could'],
    ['let VB365 use modern app-only authentication with a certificate, or set a new password'],
  ),
  signInError(50057, 'the account is disabled', ['somebody disabled the account'], ['enable it, or use another one']),
  signInError(
    50126,
    'user name or password is wrong',
    ['an account with a password signs in where an application with a certificate could'],
    ['let VB365 use modern app-only authentication with a certificate, or give the right password'],
  ),
  signInError(
    50072,
    'the person must register for multi-factor authentication',
    ['a policy asks for it, and the account has no method yet'],
    [
      'sign in in a browser and register',
      'let a service use an application with a certificate, which nobody asks for a second factor',
    ],
  ),
  signInError(50074, 'multi-factor authentication was not passed', ['the person did not confirm'], ['sign in again']),
  signInError(
    50076,
    'multi-factor authentication is needed',
    ['a policy asks for it, or the sign-in comes from a new place', 'a service uses the account of a person'],
    [
      'sign in again in a browser',
      'let a service use an application with a certificate, which nobody asks for a second factor',
    ],
  ),
  signInError(
    50078,
    'multi-factor authentication has expired',
    ['a policy lets it count for some time only'],
    ['sign in again'],
  ),
  signInError(
    50079,
    'the person must register for multi-factor authentication',
    ['a policy asks for it, and the account has no method yet'],
    [
      'sign in in a browser and register',
      'let a service use an application with a certificate, which nobody asks for a second factor',
    ],
  ),
  signInError(
    50158,
    'a check outside of Entra was not passed',
    ['a Conditional Access policy asks another provider, or terms of use are not accepted'],
    [
      'sign in again in a browser, and pass it',
      'open the sign-in logs of Entra, and look up the request by its correlation id: they name the policy',
    ],
  ),
  signInError(
    70043,
    'the session has ended, because a policy limits how long one lasts',
    ['Conditional Access, sign-in frequency'],
    ['sign in again'],
  ),
  signInError(
    50173,
    'the session was revoked',
    ['the password was changed, or somebody revoked the sessions of the account'],
    ['sign in again'],
  ),
  signInError(
    70008,
    'the session has ended, because it was not used',
    ['the refresh token was not used for a long time'],
    ['sign in again'],
  ),
  signInError(
    700082,
    'the session has ended, because it was not used',
    ['the refresh token was not used for a long time'],
    ['sign in again'],
  ),
  signInError(
    70016,
    'the sign-in by device code is not finished',
    ['nobody has entered the code yet: no fault in itself'],
    ['enter the code at the address that the message gives'],
  ),
  signInError(70019, 'the device code has expired', ['it was not entered in time'], ['begin again']),
  signInError(
    50196,
    'the same request comes again and again, and is refused for a while',
    ['a program does not keep its tokens, or repeats what fails at once'],
    ['wait some minutes; look in the log for the error before this one, and mend that'],
  ),
  signInError(
    90055,
    'the tenant gets too many requests, or is blocked',
    ['a program repeats what fails'],
    ['wait some minutes, and look in the log for the error before this one'],
  ),
  signInError(
    90033,
    'the directory of Microsoft does not answer',
    ['a disturbance at Microsoft, which passes'],
    ['try again in some minutes; see https://status.cloud.microsoft'],
  ),
  signInError(
    90006,
    'a service of Microsoft does not answer',
    ['a disturbance at Microsoft, which passes'],
    ['try again in some minutes; see https://status.cloud.microsoft'],
  ),
  signInError(
    90012,
    'the request has timed out',
    ['a disturbance at Microsoft, or of the network'],
    ['try again in some minutes'],
  ),
  signInError(
    90024,
    'a service of Microsoft is too busy',
    ['a disturbance at Microsoft, which passes'],
    ['try again in some minutes'],
  ),
  signInError(
    50033,
    'a service of Microsoft does not answer',
    ['a disturbance at Microsoft, which passes'],
    ['try again in some minutes'],
  ),
];
