import type { FastifyInstance } from 'fastify';

/** The description of a cloud by which the azuread provider finds login and Graph: `ARM_METADATA_HOSTNAME`. */
export function metadataRoutes(server: FastifyInstance, url: () => string): void {
  server.get('/metadata/endpoints', () => ({
    name: 'Emulator',
    resourceManager: `${url()}/`,
    microsoftGraphResourceId: `${url()}/`,
    // A slash at the end would double in the addresses that the provider builds.
    authentication: { loginEndpoint: url(), audiences: [url()], tenant: 'common', identityProvider: 'AAD' },
  }));
}
