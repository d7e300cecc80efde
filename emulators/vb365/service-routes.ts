import type { FastifyInstance } from 'fastify';
import { schemaOf } from './openapi';

/** What the service says of itself. */
export interface ServiceFacts {
  readonly installationId: string;
  /** Build number. */
  readonly version: string;
  /** Settings of Restore Portal; undefined where it is not enabled. */
  readonly restorePortal?: { readonly applicationId: string; readonly webAddress: string };
}

const NO_APPLICATION = '00000000-0000-0000-0000-000000000000';

/** Facts about the installation; the health needs no sign-in. */
export function serviceRoutes(rest: FastifyInstance, { installationId, version, restorePortal }: ServiceFacts): void {
  rest.get('/v8/ServiceInstance', { schema: schemaOf('/v8/ServiceInstance', 'get') }, () => ({
    installationId,
    version,
  }));

  rest.get('/v8/Health', { schema: schemaOf('/v8/Health', 'get') }, () => ({
    status: 'Healthy',
    entries: { Server: { status: 'Healthy', description: null } },
  }));

  rest.get('/v8/RestorePortalSettings', { schema: schemaOf('/v8/RestorePortalSettings', 'get') }, () => ({
    applicationId: restorePortal?.applicationId ?? NO_APPLICATION,
    msalAuthorityUri: 'https://login.microsoftonline.com/common',
    restorePortalUri: restorePortal?.webAddress ?? '',
    isEnabled: restorePortal !== undefined,
  }));
}
