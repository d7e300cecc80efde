/** What a certificate is for. */
export type RoleId =
  | 'server'
  | 'rest-api'
  | 'entra-application'
  | 'tenant-authentication'
  | 'restore-operator-authentication'
  | 'restore-portal'
  | 'data-cloud';

/** Certificate stores of the local machine on Windows. */
export type CertificateStore = 'Personal' | 'Trusted Root Certification Authorities';

/** `serverAuth`: it is shown to clients that connect. `clientAuth`: it signs in. Names of RFC 5280 §4.2.1.12. */
export type ExtendedKeyUsage = 'serverAuth' | 'clientAuth';

/** What is known of the certificates of one role: what they secure, and by what they are installed. */
export interface Role {
  /** Its own key in `roles`. */
  readonly id: RoleId;
  /** Veeam's name of the certificate. */
  readonly name: string;
  /** What it secures. */
  readonly secures: string;
  /** Where a person installs and sees it. */
  readonly installedIn: string;
  /** PowerShell cmdlet that installs it; absent where only the product's own pages do. */
  readonly setCmdlet?: string;
  /** PowerShell cmdlet that reads it back. */
  readonly getCmdlet?: string;
  /** Path of the REST API that installs it; absent where REST cannot. */
  readonly restPath?: string;
  /** How it is installed where it belongs to an auxiliary backup application. */
  readonly backupApplication?: { readonly setCmdlet: string; readonly getCmdlet: string; readonly restPath: string };
  /** Stores of the server that must hold it before the product accepts it. */
  readonly stores: readonly CertificateStore[];
  /** Stores of a separate REST API machine that must hold it. @default none */
  readonly storesOfRestMachine?: readonly CertificateStore[];
  /** What a certificate of the role is shown for, in the words of RFC 5280 §4.2.1.12. */
  readonly extendedKeyUsages: readonly ExtendedKeyUsage[];
  /** Whether an Entra application must hold it as a key credential. */
  readonly boundToEntra: boolean;
  /** URL of the page of Veeam's help centre that the facts come from. */
  readonly source: string;
}

const HELP = 'https://helpcenter.veeam.com/docs/vbo365/guide';

/** The six certificates of Veeam Backup for Microsoft 365 and the one of Veeam Data Cloud. */
export const roles: Readonly<Record<RoleId, Role>> = {
  server: {
    id: 'server',
    name: 'Veeam Backup for Microsoft 365 server certificate',
    secures: 'the connection to Windows backup proxies in a workgroup',
    installedIn: 'security settings',
    setCmdlet: 'Set-VBOSecuritySettings',
    getCmdlet: 'Get-VBOSecuritySettings',
    stores: ['Personal', 'Trusted Root Certification Authorities'],
    // Server and workgroup proxy authenticate each other with it.
    extendedKeyUsages: ['serverAuth', 'clientAuth'],
    boundToEntra: false,
    source: `${HELP}/vbo_security_settings.html`,
  },
  'rest-api': {
    id: 'rest-api',
    name: 'REST API certificate',
    secures: 'the REST API service with the server, and the restores of Restore Portal',
    installedIn: 'REST API settings',
    setCmdlet: 'Set-VBORestAPISettings',
    getCmdlet: 'Get-VBORestAPISettings',
    stores: ['Personal'],
    // The REST API service only ever answers.
    extendedKeyUsages: ['serverAuth'],
    boundToEntra: false,
    source: `${HELP}/vbo_rest_api_settings.html`,
  },
  'entra-application': {
    id: 'entra-application',
    name: 'Microsoft Entra application certificate',
    secures: 'the sign-in to Microsoft 365 of an organization and of its backup applications',
    installedIn: 'organization settings and Backup Applications Manager',
    setCmdlet: 'Set-VBOOrganization',
    getCmdlet: 'Get-VBOOrganization',
    restPath: '/v8/Organizations/{organizationId}',
    stores: ['Personal'],
    backupApplication: {
      setCmdlet: 'Set-VBOBackupApplication',
      getCmdlet: 'Get-VBOBackupApplication',
      restPath: '/v8/Organizations/{organizationId}/BackupApplications',
    },
    // It signs in to Microsoft Entra ID and is never shown to a client.
    extendedKeyUsages: ['clientAuth'],
    boundToEntra: true,
    source: `${HELP}/vbo_add_office365_org.html`,
  },
  'tenant-authentication': {
    id: 'tenant-authentication',
    name: 'Tenant authentication certificate',
    secures: 'the sign-in of tenants of a service provider with Microsoft organization credentials',
    installedIn: 'authentication settings',
    setCmdlet: 'Set-VBOTenantAuthenticationSettings',
    getCmdlet: 'Get-VBOTenantAuthenticationSettings',
    stores: ['Personal'],
    // The service answers with it, and signs in to REST API and Entra with it.
    extendedKeyUsages: ['serverAuth', 'clientAuth'],
    boundToEntra: false,
    source: `${HELP}/vbo_authentication_settings.html`,
  },
  'restore-operator-authentication': {
    id: 'restore-operator-authentication',
    name: 'Restore operator authentication certificate',
    secures: 'the sign-in of restore operators, and the server with the REST API service',
    installedIn: 'authentication settings',
    setCmdlet: 'Set-VBOOperatorAuthenticationSettings',
    getCmdlet: 'Get-VBOOperatorAuthenticationSettings',
    stores: ['Personal'],
    storesOfRestMachine: ['Trusted Root Certification Authorities'],
    extendedKeyUsages: ['serverAuth', 'clientAuth'],
    boundToEntra: false,
    source: `${HELP}/vbo_authentication_settings.html`,
  },
  'restore-portal': {
    id: 'restore-portal',
    name: 'Restore Portal certificate',
    secures: 'Restore Portal with its Microsoft Entra application, the server and the REST API service',
    installedIn: 'Restore Portal settings',
    setCmdlet: 'Set-VBORestorePortalSettings',
    getCmdlet: 'Get-VBORestorePortalSettings',
    stores: ['Personal'],
    // Browsers connect to the portal, and the portal signs in to its Entra application.
    extendedKeyUsages: ['serverAuth', 'clientAuth'],
    boundToEntra: true,
    source: `${HELP}/vbo_restore_portal_settings.html`,
  },
  'data-cloud': {
    id: 'data-cloud',
    name: 'Veeam Data Cloud certificate',
    secures: 'the sign-in of Veeam Data Cloud to Microsoft 365',
    installedIn: 'Veeam Data Cloud: Settings, System, SSL Certificate, Upload a custom certificate',
    stores: [],
    // As the Entra application certificate, in Veeam's cloud.
    extendedKeyUsages: ['clientAuth'],
    boundToEntra: true,
    source: 'https://helpcenter.veeam.com/docs/vdc/userguide/m365_certificates.html',
  },
};

/** The keys of `roles`, in their order there. */
export const roleIds = Object.keys(roles) as readonly RoleId[];
