import type { NamedError } from './named-error';

/** What Microsoft Graph answers to Terraform. Pages and threads as they were on 2026-11-30. */
export const graphErrors: readonly NamedError[] = [
  {
    name: 'CredentialInvalidLifetimeAsPerAppPolicy',
    pattern: /\bCredentialInvalidLifetimeAsPerAppPolicy\b/g,
    meaning: 'the tenant limits how long a certificate of an application may be valid, and this one exceeds it',
    causes: [
      'an app management policy of the tenant sets asymmetricKeyLifetime',
      'the certificate was issued before the policy, which old credentials are exempt from and new ones are not',
    ],
    steps: [
      { command: null, what: 'set validityDays in vb365.yaml to what the policy allows' },
      { command: 'vb365 renew <lineage>', what: 'issue one that is shorter' },
      { command: 'npx cdktf deploy <owner>', what: 'apply the plan again' },
    ],
    source: 'https://learn.microsoft.com/entra/identity/enterprise-apps/configure-app-management-policies',
  },
  {
    name: 'CredentialTypeNotAllowedAsPerAppPolicy',
    pattern: /\bCredentialTypeNotAllowedAsPerAppPolicy\b/g,
    meaning: 'the tenant does not allow this kind of credential',
    causes: ['an app management policy forbids secrets, or certificates that no trusted authority has issued'],
    steps: [
      {
        command: null,
        what: 'ask who administers the tenant for an exemption, or take a certificate of an authority that the policy trusts',
      },
    ],
    source: 'https://learn.microsoft.com/entra/identity/enterprise-apps/configure-app-management-policies',
  },
  {
    name: 'KeyCredentialsInvalidEndDate',
    pattern: /\bKeyCredentialsInvalidEndDate\b/g,
    meaning: 'Entra does not accept the end of the validity of a certificate',
    causes: [
      'the certificate has expired, or another one in the same list has, which is sent again with it',
      'the end that Terraform sends lies after that of the certificate',
      'the clock of the machine that made the certificate was ahead',
    ],
    steps: [
      { command: 'vb365 status', what: 'see which certificate has expired' },
      { command: 'vb365 renew', what: 'issue its successor where one has' },
      { command: 'vb365 retire', what: 'let expired ones leave the list' },
      { command: 'npx cdktf deploy <owner>', what: 'apply the plan again' },
    ],
    source: 'https://github.com/Azure/azure-rest-api-specs/issues/11985',
  },
  {
    name: 'KeyCredentialsInvalidStartDate',
    pattern: /\bKeyCredentialsInvalidStartDate\b/g,
    meaning: 'Entra does not accept the beginning of the validity of a certificate',
    causes: [
      'the certificate begins later than now, because the clock of the machine that made it is ahead',
      'the beginning that Terraform sends lies before that of the certificate',
    ],
    steps: [
      {
        command: null,
        what: 'check the clock of the machine that issued the certificate, and wait until it has begun',
      },
      { command: 'npx cdktf deploy <owner>', what: 'apply the plan again' },
    ],
    source: 'https://learn.microsoft.com/graph/errors',
  },
  {
    name: 'Authorization_RequestDenied',
    pattern: /\bAuthorization_RequestDenied\b/g,
    meaning: 'who asks may not do it',
    causes: [
      'the account of Terraform lacks a permission, or a directory role, for what it does',
      'it is not an owner of the application, where it has Application.ReadWrite.OwnedBy only',
      'nobody has consented to its permissions',
    ],
    steps: [
      { command: null, what: 'grant the account what the guide of pipelines lists, and consent to it' },
      { command: null, what: 'make it an owner of the application, where it has Application.ReadWrite.OwnedBy only' },
    ],
    source: 'https://learn.microsoft.com/graph/resolve-auth-errors',
  },
  {
    name: 'Directory_ConcurrencyViolation',
    pattern: /\bDirectory_ConcurrencyViolation\b/g,
    meaning: 'two requests changed the same object at once',
    causes: [
      'another apply, or another program, changes the application',
      'Entra has not caught up with the change before this one',
    ],
    steps: [
      { command: null, what: 'wait a minute, and let nobody else apply' },
      { command: 'npx cdktf deploy <owner>', what: 'apply the plan again' },
    ],
    source: 'https://learn.microsoft.com/graph/errors',
  },
  {
    name: 'Directory_ResourceSizeExceeded',
    pattern: /\bDirectory_ResourceSizeExceeded\b/g,
    meaning: 'the application holds more than an object of the directory may',
    causes: ['it has hundreds of certificates, secrets or redirect URIs'],
    steps: [
      { command: 'vb365 retire', what: 'let superseded certificates leave' },
      { command: null, what: 'remove what nobody uses in Entra: Certificates & secrets of the application' },
    ],
    source: 'https://github.com/microsoftgraph/microsoft-graph-docs/issues/21469',
  },
  {
    name: 'Directory_QuotaExceeded',
    pattern: /\bDirectory_QuotaExceeded\b/g,
    meaning: 'the account, or the tenant, has as many objects of the directory as it may',
    causes: ['many applications were made, and the deleted ones count for 30 days'],
    steps: [{ command: null, what: 'remove applications that nobody uses, also among the deleted ones' }],
    source: 'https://learn.microsoft.com/entra/identity/users/directory-service-limits-restrictions',
  },
  {
    name: 'Authentication_MissingOrMalformed',
    pattern: /\bAuthentication_MissingOrMalformed\b/g,
    meaning: 'the request has no token, or one that cannot be read',
    causes: [
      'the account of Terraform has not signed in, or a proxy takes the header Authorization away',
      'the token is one for another address than that of Microsoft Graph',
    ],
    steps: [
      {
        command: null,
        what: 'sign in again (az login), or set the variables of the account (ARM_CLIENT_ID, ARM_TENANT_ID and its certificate)',
      },
    ],
    source: 'https://learn.microsoft.com/graph/resolve-auth-errors',
  },
  {
    name: 'InvalidAuthenticationToken',
    pattern: /\bInvalidAuthenticationToken\b/g,
    meaning: 'the token is expired, or not for Microsoft Graph',
    causes: ['the sign-in was too long ago', 'the region is wrong: each cloud has a Microsoft Graph of its own'],
    steps: [{ command: null, what: 'sign in again (az login), and check the region in vb365.yaml' }],
    source: 'https://learn.microsoft.com/graph/resolve-auth-errors',
  },
];
