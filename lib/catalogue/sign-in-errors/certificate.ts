import { REFERENCE, microsoftsPageOf, signInError, type SignInError } from './sign-in-error';

/** What proves an application: certificates, assertions and secrets. */
export const certificateErrors: readonly SignInError[] = [
  {
    code: 700027,
    meaning: 'Entra does not accept the certificate that signed the request',
    causes: [
      'the certificate has expired',
      'the application does not hold the certificate: it was never deployed, or it was removed',
      'the server signs with another certificate than the one that was deployed',
    ],
    steps: [
      { command: 'vb365 status', what: 'see which certificate is missing or has expired' },
      { command: null, what: 'give the whole message, with the thumbprint, to "vb365 explain"' },
    ],
    isAboutCertificate: true,
    source: REFERENCE,
  },
  {
    code: 700024,
    meaning: 'the time that the request says of itself is not the time in Entra',
    causes: ['the clock of the machine that signs in is wrong by more than five minutes'],
    steps: [
      { command: 'w32tm /resync', what: 'on the VB365 server: set the clock by its time source' },
      { command: 'w32tm /query /status', what: 'see which source that is, and when it was asked last' },
    ],
    isAboutCertificate: false,
    source: REFERENCE,
  },
  {
    code: 7000215,
    meaning: 'the client secret is wrong',
    causes: [
      'the id of the secret was given instead of its value',
      'the secret was deleted, or belongs to another application',
      'the sign-in shall use a certificate: the applications of these stacks have no secrets',
    ],
    steps: [{ command: null, what: 'sign in with the certificate, or give the value of a secret that is there' }],
    isAboutCertificate: false,
    source: REFERENCE,
  },
  {
    code: 7000222,
    meaning: 'the client secret has expired',
    causes: ['the application signs in with a secret, and its time is over'],
    steps: [{ command: null, what: 'sign in with a certificate, or make a new secret in Entra' }],
    isAboutCertificate: false,
    source: REFERENCE,
  },
  signInError(
    700025,
    'the application is a public client, and takes no certificate and no secret',
    [
      'public client flows are switched on, and the application has no web or confidential platform',
      'the client id in VB365 is that of another application, made for people',
    ],
    [
      'compare the application id and the tenant id in VB365 with the overview of the application in Entra',
      'keep "Allow public client flows" only where restores by device code need it',
    ],
  ),
  signInError(
    700030,
    'the name in the certificate is not one that the application trusts',
    ['the application takes certificates by subject name and authority, and this one has another subject'],
    [
      'have the certificate issued with a subject that the application trusts, or add its thumbprint to the application',
    ],
  ),
  signInError(
    7000218,
    'the request has neither a certificate nor a secret',
    [
      'the address is registered for the platform Web, which asks for a secret: Restore Portal needs the platform single-page application',
      'a restore by device code signs in, and public client flows are switched off',
      'the account of a pipeline has an id, and neither certificate nor secret',
    ],
    [
      'look at Authentication of the application in Entra: the address of Restore Portal belongs under single-page application',
      { command: 'npx cdktf deploy <owner>', what: 'set platforms and public client flows as vb365.yaml has them' },
    ],
  ),
  signInError(
    700213,
    'no federated credential of the application fits the token of the pipeline',
    [
      'subject, issuer or audience differ: another repository, branch or environment runs the pipeline',
      'they differ in upper and lower case, which counts since August 2024',
    ],
    ['compare the subject in the message with Certificates & secrets, Federated credentials of the application'],
    'https://learn.microsoft.com/entra/workload-id/workload-identity-federation',
  ),
  signInError(
    7002138,
    'a federated credential of the application fits the token of the pipeline but for upper and lower case',
    ['the name of the repository, branch or environment is written otherwise in the credential'],
    ['write the subject of the federated credential as the message has it'],
    'https://learn.microsoft.com/entra/identity-platform/reference-breaking-changes',
  ),
  signInError(
    70021,
    'no federated credential of the application fits the token of the pipeline',
    ['the credential was not made yet, or a minute ago', 'subject, issuer or audience differ'],
    ['compare them with Certificates & secrets, Federated credentials of the application'],
    'https://learn.microsoft.com/entra/workload-id/workload-identity-federation',
  ),
  signInError(
    50012,
    'Entra does not accept the signature of the request',
    [
      'the certificate is not one of the application, or its chain is not trusted',
      'the private key does not belong to the certificate',
    ],
    [{ command: 'vb365 verify', what: 'see which certificates the application holds' }],
  ),
  signInError(
    50027,
    'the token in the request is not well-formed, or not of this time',
    ['the clock of the machine is wrong', 'a proxy changes the request'],
    [
      { command: 'w32tm /query /status', what: 'see by what the clock is set' },
      'let the machine reach the login address without a proxy that opens TLS',
    ],
  ),
  signInError(
    900144,
    'a parameter is missing in the request',
    ['a program leaves out what it should send, such as the client id'],
    ['look at what the program is configured with, and update it'],
  ),
  signInError(
    900023,
    'the tenant is neither an id nor a domain name',
    ['the tenant id in the configuration is mistyped, or empty'],
    ['write the tenant id from the overview of the tenant in Entra'],
    microsoftsPageOf(900_023),
  ),
];
