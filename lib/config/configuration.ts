import type { Purpose, Service } from '../catalogue/permissions';
import type { Region } from '../catalogue/regions';
import type { ReviewRuleId } from '../catalogue/review-rules';
import type { RoleId } from '../catalogue/roles';

/** Where admin consent is granted: with the application, in a stack for a more privileged pipeline, or by hand. */
export type ConsentPlacement = 'same-stack' | 'separate-stack' | 'none';
export type CertificateSource = 'self-signed' | 'imported';

/** How certificates are issued and when they follow each other. Every value is filled in. */
export interface CertificatePolicy {
  readonly source: CertificateSource;
  /** Bits of the RSA modulus. */
  readonly keySize: 2048 | 3072 | 4096;
  readonly validityDays: number;
  readonly renewBeforeDays: number;
  /** How long a superseded certificate stays published after its successor has become valid: a policy for whoever retires it. */
  readonly retireAfterDays: number;
}

export type ProxyConfiguration =
  | { readonly hostName: string; readonly os: 'windows'; readonly membership: 'workgroup' | 'domain' }
  | { readonly hostName: string; readonly os: 'linux' };

/** An application that is there already. */
export interface ExistingApplicationConfiguration {
  readonly clientId: string;
  /**
   * What somebody has granted to it: `MicrosoftGraph/Directory.Read.All`, `MicrosoftGraph/delegated` for all delegated
   * permissions of an API, `Global Reader` for a directory role.
   */
  readonly alreadyConsented: readonly string[];
}

/** An application that the stack creates, or one that is there already. */
export type ApplicationConfiguration = { readonly displayName: string } | ExistingApplicationConfiguration;

export type PortalApplicationConfiguration = (
  { readonly displayName: string; readonly multiTenant: boolean } | ExistingApplicationConfiguration
) & { readonly additionalRedirectUris: readonly string[] };

export interface RestorePortalConfiguration {
  /** Canonical, without a trailing slash: `https://portal.example.com:4443`. */
  readonly webAddress: string;
  readonly application: PortalApplicationConfiguration;
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

interface Owner {
  /** Unique over installations, organizations and Data Cloud; a folder and a stack bear it. */
  readonly name: string;
  readonly tenantId: string;
  readonly region: Region;
  readonly certificates: CertificatePolicy;
}

export interface InstallationConfiguration extends Owner {
  /** Major and minor version of the build: `8.3`. */
  readonly productVersion: string;
  readonly server: { readonly hostName: string };
  readonly proxies: readonly ProxyConfiguration[];
  readonly restApi?: { readonly hostName: string; readonly port: number };
  readonly restorePortal?: RestorePortalConfiguration;
  readonly authentication: { readonly restoreOperators: boolean; readonly tenants: boolean };
  /** How a deployment installs the certificates; where it is absent, a person does. */
  readonly install?: InstallConfiguration;
  /** Policy of single roles, where it differs from the installation's. */
  readonly roleCertificates: Readonly<Partial<Record<RoleId, CertificatePolicy>>>;
}

export interface OrganizationConfiguration extends Owner {
  /** Name of the installation that backs it up. */
  readonly installation: string;
  readonly services: readonly Service[];
  readonly purposes: readonly Purpose[];
  readonly application: ApplicationConfiguration;
  /** Existing auxiliary backup applications. */
  readonly backupApplications: readonly { readonly clientId: string }[];
  readonly consent: ConsentPlacement;
  /** How a deployment installs the certificate of the application; where it is absent, a person does. */
  readonly install?: { readonly via: 'local' | 'ssh' | 'rest' };
}

export interface DataCloudConfiguration extends Owner {
  readonly services: readonly Service[];
  readonly application: ApplicationConfiguration;
  readonly consent: ConsentPlacement;
}

/** State backend of every stack: `type` names it, the rest are CDKTF's own properties of that backend; `{stack}` stands for the stack. */
export interface BackendConfiguration {
  readonly type: string;
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
  readonly rules: Readonly<Partial<Record<ReviewRuleId, ReviewRuleConfiguration>>>;
}

/** `vb365.yaml` after reading: every default filled in, every reference checked. */
export interface Configuration {
  /** Absolute path of the file that was read. */
  readonly file: string;
  /** Absolute path of the keystore's folder. */
  readonly keystore: string;
  readonly installations: readonly InstallationConfiguration[];
  readonly organizations: readonly OrganizationConfiguration[];
  readonly dataCloud: readonly DataCloudConfiguration[];
  readonly backend: BackendConfiguration;
  readonly review: ReviewConfiguration;
}
