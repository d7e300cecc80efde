/** Something to do; `command` where one does it. */
export interface Step {
  readonly command: string | null;
  readonly what: string;
}

/** A step as a clause of a sentence. */
export function stepText({ command, what }: Step): string {
  return command === null ? what : `run "${command}": ${what}`;
}

/** What a code of Entra's sign-in says, seen from Veeam Backup for Microsoft 365. */
export interface SignInError {
  /** The number behind `AADSTS`. */
  readonly code: number;
  /** What Entra says with it, as a clause. */
  readonly meaning: string;
  /** Likely first. */
  readonly causes: readonly string[];
  readonly steps: readonly Step[];
  /** Whether it is about the certificate that signed the request. */
  readonly isAboutCertificate: boolean;
  readonly source: string;
}

const SOURCE = 'https://learn.microsoft.com/entra/identity-platform/reference-error-codes';

const LOOK_AT_STATUS: Step = { command: 'vb365 status', what: 'see which certificate is missing or has expired' };

/** Where Microsoft explains any code. */
export function microsoftsPageOf(code: number): string {
  return `https://login.microsoftonline.com/error?code=${code}`;
}

/** The codes that the sign-ins of VB365, of Restore Portal and of a pipeline meet. */
export const signInErrors: readonly SignInError[] = [
  {
    code: 700027,
    meaning: 'Entra does not accept the certificate that signed the request',
    causes: [
      'the certificate has expired',
      'the application does not hold the certificate: it was never deployed, or it was removed',
      'the server signs with another certificate than the one that was deployed',
    ],
    steps: [LOOK_AT_STATUS, { command: null, what: 'give the whole message, with the thumbprint, to "vb365 explain"' }],
    isAboutCertificate: true,
    source: SOURCE,
  },
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
    source: SOURCE,
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
    source: SOURCE,
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
    source: SOURCE,
  },
  {
    code: 7000222,
    meaning: 'the client secret has expired',
    causes: ['the application signs in with a secret, and its time is over'],
    steps: [{ command: null, what: 'sign in with a certificate, or make a new secret in Entra' }],
    isAboutCertificate: false,
    source: SOURCE,
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
    source: SOURCE,
  },
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
    source: SOURCE,
  },
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
    source: SOURCE,
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
    source: SOURCE,
  },
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
    source: SOURCE,
  },
];
