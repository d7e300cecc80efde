/** Clouds of Microsoft 365 that are open to new applications. Microsoft Cloud Germany is closed. */
export type Region = 'worldwide' | 'us-government' | 'us-defence' | 'china';

/** What Terraform, Veeam and people call a cloud, and where it answers. */
export interface RegionFacts {
  /** `environment` of the azuread provider. */
  readonly providerEnvironment: string;
  /** Value of Veeam's own region enumeration, in PowerShell and REST. */
  readonly veeamRegion: string;
  /** What people call it. */
  readonly name: string;
  /** Where applications sign in, without a slash at the end. */
  readonly login: string;
  /** Microsoft Graph, without a slash at the end. */
  readonly graph: string;
}

/**
 * US Government GCC uses the worldwide endpoints; GCC High is `us-government`, DoD is `us-defence`.
 *
 * Sources: https://registry.terraform.io/providers/hashicorp/azuread/latest/docs#environment,
 * https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud,
 * https://learn.microsoft.com/graph/deployments
 */
export const regions: Readonly<Record<Region, RegionFacts>> = {
  worldwide: {
    providerEnvironment: 'global',
    veeamRegion: 'Worldwide',
    name: 'Worldwide',
    login: 'https://login.microsoftonline.com',
    graph: 'https://graph.microsoft.com',
  },
  'us-government': {
    providerEnvironment: 'usgovernmentl4',
    veeamRegion: 'USGovernment',
    name: 'US Government GCC High',
    login: 'https://login.microsoftonline.us',
    graph: 'https://graph.microsoft.us',
  },
  'us-defence': {
    providerEnvironment: 'usgovernmentl5',
    veeamRegion: 'USDefence',
    name: 'US Government DoD',
    login: 'https://login.microsoftonline.us',
    graph: 'https://dod-graph.microsoft.us',
  },
  china: {
    providerEnvironment: 'china',
    veeamRegion: 'China',
    name: 'China operated by 21Vianet',
    login: 'https://login.partner.microsoftonline.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
  },
};
