/** Clouds of Microsoft 365 that are open to new applications. Microsoft Cloud Germany is closed. */
export type Region = 'worldwide' | 'us-government' | 'us-defence' | 'china';

export interface RegionFacts {
  /** `environment` of the azuread provider. */
  readonly providerEnvironment: string;
  /** Value of Veeam's own region enumeration, in PowerShell and REST. */
  readonly veeamRegion: string;
  /** What people call it. */
  readonly name: string;
}

/**
 * US Government GCC uses the worldwide endpoints; GCC High is `us-government`, DoD is `us-defence`.
 *
 * Source: https://registry.terraform.io/providers/hashicorp/azuread/latest/docs#environment
 */
export const regions: Readonly<Record<Region, RegionFacts>> = {
  worldwide: { providerEnvironment: 'global', veeamRegion: 'Worldwide', name: 'Worldwide' },
  'us-government': {
    providerEnvironment: 'usgovernmentl4',
    veeamRegion: 'USGovernment',
    name: 'US Government GCC High',
  },
  'us-defence': { providerEnvironment: 'usgovernmentl5', veeamRegion: 'USDefence', name: 'US Government DoD' },
  china: { providerEnvironment: 'china', veeamRegion: 'China', name: 'China operated by 21Vianet' },
};
