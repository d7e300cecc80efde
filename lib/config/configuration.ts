import type { CertificateSource } from './certificate-sources';
import type { Purpose, Service } from '../catalogue/permissions';
import type { Region } from '../catalogue/regions';
import type { ReviewRuleId } from '../catalogue/review-rules';
import type { RoleId } from '../catalogue/roles';

/** Where admin consent is granted: with the application, in a stack for a more privileged pipeline, or by hand. */
export type ConsentPlacement = 'same-stack' | 'separate-stack' | 'none';
export type { CertificateSource } from './certificate-sources';

/** How certificates are issued and when they follow each other. Every value is filled in. */
export interface CertificatePolicy {
  /** `self-signed` where the configuration says nothing. */
  readonly source: CertificateSource;
  /** Bits of the RSA modulus. */
  readonly keySize: 2048 | 3072 | 4096;
  /** Whole days that an issued certificate is valid, 2 to 3650; 365 where the configuration says nothing. */
  readonly validityDays: number;
  /**
   * Whole days before its end at which a certificate gets its successor; 30 where the configuration says nothing.
   * Fewer than `validityDays`, but for imported certificates, which say themselves when they end.
   */
  readonly renewBeforeDays: number;
  /** How long a superseded certificate stays published after its successor has become valid: a policy for whoever retires it. */
  readonly retireAfterDays: number;
}

/** A backup proxy; a Windows one in a workgroup needs the server certificate. */
export type ProxyConfiguration =
  | { readonly hostName: string; readonly os: 'windows'; readonly membership: 'workgroup' | 'domain' }
  | { readonly hostName: string; readonly os: 'linux' };

/** An application that is there already. */
export interface ExistingApplicationConfiguration {
  /** Application (client) id: a UUID in lower case. */
  readonly clientId: string;
  /**
   * What somebody has granted to it: `MicrosoftGraph/Directory.Read.All`, `MicrosoftGraph/delegated` for all delegated
   * permissions of an API, `Global Reader` for a directory role.
   */
  readonly alreadyConsented: readonly string[];
}

/** An application that the stack creates, or one that is there already. */
export type ApplicationConfiguration = { readonly displayName: string } | ExistingApplicationConfiguration;

/** The application of Restore Portal, with its redirect URIs beside the web address. */
export type PortalApplicationConfiguration = (
  { readonly displayName: string; readonly multiTenant: boolean } | ExistingApplicationConfiguration
) & { readonly additionalRedirectUris: readonly string[] };

/** Where people open Restore Portal, and the application by which they sign in. */
export interface RestorePortalConfiguration {
  /** Canonical, without a trailing slash: `https://portal.example.com:4443`. */
  readonly webAddress: string;
  /** One that the stack creates is called `VB365 Restore Portal` unless the configuration names it. */
  readonly application: PortalApplicationConfiguration;
  /** `same-stack` by default for an application of the stack, `none` for one that is there already. */
  readonly consent: ConsentPlacement;
}

/** Where the server-side certificates are put: PowerShell on this machine, or on the server over SSH. */
export type InstallConfiguration =
  | { readonly via: 'local' }
  | {
      readonly via: 'ssh';
      readonly ssh: {
        readonly host: string;
        /** That of the SSH client's own configuration where it is absent. */
        readonly user?: string;
        readonly port?: number;
      };
    };

/** The identity with which a pipeline or a person applies. */
export interface DeployIdentityConfiguration {
  /** Application (client) id, the same in every tenant; UUID in lower case. */
  readonly clientId: string;
}

interface Owner {
  /** Unique over installations, organizations and Data Cloud; a folder and a stack bear it. */
  readonly name: string;
  /** UUID in lower case. */
  readonly tenantId: string;
  /** `worldwide` where the configuration says nothing. */
  readonly region: Region;
  /** Becomes owner of the applications that the stack creates; absent where none is named here or in general. */
  readonly deployIdentity?: DeployIdentityConfiguration;
  /** The general policy, with what the owner says itself put over it key by key. */
  readonly certificates: CertificatePolicy;
}

/** A Veeam Backup for Microsoft 365 server with its proxies, its REST API and its portal. */
export interface InstallationConfiguration extends Owner {
  /** Major and minor version of the build: `8.3`. */
  readonly productVersion: string;
  /** DNS host name or IPv4 address of its machine, lower case. */
  readonly server: { readonly hostName: string };
  /** Empty where none is declared. */
  readonly proxies: readonly ProxyConfiguration[];
  /** Absent where none is declared; without a host name or a port of its own, it has that of the server and 4443. */
  readonly restApi?: { readonly hostName: string; readonly port: number };
  /** Absent where none is declared; needs `restApi`, whose port its web address has. */
  readonly restorePortal?: RestorePortalConfiguration;
  /** Who signs in with Microsoft credentials: nobody by default. Each of them needs a certificate of its own. */
  readonly authentication: { readonly restoreOperators: boolean; readonly tenants: boolean };
  /** How a deployment installs the certificates; where it is absent, a person does. */
  readonly install?: InstallConfiguration;
  /** Policy of single roles, where it differs from the installation's. */
  readonly roleCertificates: Readonly<Partial<Record<RoleId, CertificatePolicy>>>;
}

/** A Microsoft 365 organization that an installation backs up. */
export interface OrganizationConfiguration extends Owner {
  /** Name of the installation that backs it up. */
  readonly installation: string;
  /** One or more, each once; no `teams` in China. */
  readonly services: readonly Service[];
  /** One or more, each once; `backup` and `restore` where the configuration says nothing. */
  readonly purposes: readonly Purpose[];
  /** One that the stack creates is called `VB365 <name>` unless the configuration names it. */
  readonly application: ApplicationConfiguration;
  /** Existing auxiliary backup applications. */
  readonly backupApplications: readonly { readonly clientId: string }[];
  /** `same-stack` by default for an application of the stack, `none` for one that is there already. */
  readonly consent: ConsentPlacement;
  /** How a deployment installs the certificate of the application; where it is absent, a person does. */
  readonly install?: { readonly via: 'local' | 'ssh' | 'rest' };
}

/** A Microsoft 365 organization that Veeam Data Cloud protects. */
export interface DataCloudConfiguration extends Owner {
  /** One or more, each once; no `teams` in China. */
  readonly services: readonly Service[];
  /** One that the stack creates is called `Veeam Data Cloud <name>` unless the configuration names it. */
  readonly application: ApplicationConfiguration;
  /** `same-stack` by default for an application of the stack, `none` for one that is there already. */
  readonly consent: ConsentPlacement;
}

/** State backend of every stack: `type` names it, the rest are CDKTF's own properties of that backend; `{stack}` stands for the stack. */
export interface BackendConfiguration {
  /** `local`, `azurerm`, `s3`, `gcs`, `http`, `pg`, `consul`, `cos`, `oss`, `remote` or `cloud`. */
  readonly type: string;
  /** In camel case; no secret, no expression of Terraform and no CDKTF token. */
  readonly [property: string]: unknown;
}

/** Another severity for a rule about plans than its own. */
export interface ReviewRuleConfiguration {
  /** `block`: must not be applied as it is. `warn`: a person must have understood it. `note`: worth knowing. */
  readonly severity: 'block' | 'warn' | 'note';
  /** Why, in one line; the review shows it. */
  readonly reason: string;
}

/** How plans are judged. */
export interface ReviewConfiguration {
  /** Adjustable rules only; one that is absent keeps its own severity. */
  readonly rules: Readonly<Partial<Record<ReviewRuleId, ReviewRuleConfiguration>>>;
}

/** `vb365.yaml` after reading: every default filled in, every reference checked. */
export interface Configuration {
  /** Absolute path of the file that was read. */
  readonly file: string;
  /** Absolute path of the keystore's folder. */
  readonly keystore: string;
  /** As declared, those of included files among them; names are unique over all three lists. */
  readonly installations: readonly InstallationConfiguration[];
  /** As declared; the `installation` of each is one of the above. */
  readonly organizations: readonly OrganizationConfiguration[];
  /** As declared; empty where Veeam Data Cloud protects nothing. */
  readonly dataCloud: readonly DataCloudConfiguration[];
  /** `local` by default; the property that tells the states of stacks apart is filled in. */
  readonly backend: BackendConfiguration;
  /** Empty where every rule keeps its severity. */
  readonly review: ReviewConfiguration;
}
