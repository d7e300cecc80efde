/**
 * Where Entra keeps redirect URIs: what the azuread provider calls the platform in a resource and its import id, the block of
 * an application that holds it, and its name in Entra's portal.
 */
export const redirectPlatforms = {
  spa: { type: 'SPA', block: 'single_page_application', name: 'single-page application' },
  web: { type: 'Web', block: 'web', name: 'web' },
  'public-client': { type: 'PublicClient', block: 'public_client', name: 'mobile and desktop applications' },
} as const;

/** Key of `redirectPlatforms`: the platform of Entra's portal under which a redirect URI is registered. */
export type RedirectPlatform = keyof typeof redirectPlatforms;

export const redirectPlatformIds = Object.keys(redirectPlatforms) as readonly RedirectPlatform[];

/** By the provider's name for it; undefined where it is none. */
export function redirectPlatformOf(type: unknown): RedirectPlatform | undefined {
  return redirectPlatformIds.find((platform) => redirectPlatforms[platform].type === type);
}
