import type { NamedError } from './named-error';

/** What Windows, Veeam Backup for Microsoft 365 and Terraform say where a certificate or an application is at fault. */
export const productErrors: readonly NamedError[] = [
  {
    name: 'the specified network password is not correct',
    pattern: /network\s{1,9}password\s{1,9}is\s{1,9}not\s{1,9}correct|\b0x80070056\b/gi,
    meaning: 'Windows cannot open the PFX',
    causes: [
      'the password is not the one that the file was exported with',
      'the file is encrypted with AES, which Windows Server 2016 and older do not read, and call a wrong password',
    ],
    steps: [
      { command: 'vb365 export <lineage> --encryption legacy', what: 'write it so that Windows Server 2016 reads it' },
      { command: null, what: 'give the password that it was exported with, without a blank or line end behind it' },
    ],
    source: 'https://learn.microsoft.com/windows/win32/debug/system-error-codes--0-499-',
  },
  {
    name: 'keyset does not exist',
    pattern: /keyset\s{1,9}does\s{1,9}not\s{1,9}exist|\b0x80090016\b/gi,
    meaning: 'the private key of the certificate is not where Windows looks for it, or the service may not read it',
    causes: [
      'the certificate was imported without its private key, or for a person instead of the machine',
      'the account of the service may not read the private key',
      'the file of the key was deleted, or was left behind when the server was moved',
    ],
    steps: [
      { command: 'vb365 install <lineage>', what: 'import it anew, with its key, for the machine' },
      {
        command: null,
        what: 'or export it and import the PFX for the local computer; then give the account of the service the right to read the key: certlm.msc, All Tasks, Manage Private Keys',
      },
    ],
    source: 'https://learn.microsoft.com/windows/win32/com/com-error-codes-4',
  },
  {
    name: 'certificate is not valid for host',
    pattern: /certificate\s{1,9}is\s{1,9}not\s{1,9}valid\s{1,9}for\s{1,9}(?:the\s{1,9})?host/gi,
    meaning: 'the certificate names another host than the one that is connected to',
    causes: [
      'the server, or its REST API, is reached under a name that the certificate does not have',
      'the host was renamed, and the certificate was not issued anew',
    ],
    steps: [
      { command: 'vb365 status', what: 'see which certificate does not fit the configuration' },
      { command: null, what: 'write the name that is used as hostName in vb365.yaml' },
      { command: 'vb365 renew <lineage>', what: 'issue one with that name' },
    ],
    source: 'https://helpcenter.veeam.com/docs/vbo365/guide/vbo_ssl_certificates_overview.html',
  },
  {
    name: 'authority that is not trusted',
    pattern: /issued\s{1,9}by\s{1,9}an\s{1,9}authority\s{1,9}that\s{1,9}is\s{1,9}not\s{1,9}trusted|\b0x800B0109\b/gi,
    meaning: 'the machine does not trust the authority of the certificate',
    causes: [
      'the certificate is self-signed, or of an authority of the organization, and its root is not among the trusted ones of this machine',
    ],
    steps: [
      { command: 'vb365 install <lineage>', what: 'put it into the stores that the machine trusts' },
      { command: null, what: 'or import the root into Trusted Root Certification Authorities of the local computer' },
    ],
    source: 'https://learn.microsoft.com/windows/win32/com/com-error-codes-4',
  },
  {
    name: 'Retrieving Application: not found',
    pattern:
      /retrieving\s{1,9}application\b(?=[^]{0,600}?(?:\b404\b|not\s{1,9}found|ResourceNotFound))|application\s{1,9}with\s{1,9}object\s{1,9}id\s{1,9}[^\s]{0,80}\s{1,9}was\s{1,9}not\s{1,9}found/gi,
    meaning: 'Terraform knows an application that is no longer in Entra',
    causes: [
      'somebody deleted the application in Entra; it can be restored for 30 days',
      'the account of Terraform signs in to another tenant',
    ],
    steps: [
      {
        command: 'vb365 recover <owner>',
        what: 'see what is there, and how it comes back: with --restore, or as a new application',
      },
    ],
    source: 'https://learn.microsoft.com/entra/identity/enterprise-apps/delete-recover-faq',
  },
];
