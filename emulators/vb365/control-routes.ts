import type { FastifyInstance } from 'fastify';
import type { RequestLog } from '../entra/request-log';
import { type FaultInjector, faultsSchema } from './faults';
import { type ApplicationCredential, credentialsOf, type Organizations } from './organizations';

export interface ControlDependencies {
  readonly organizations: Organizations;
  readonly log: RequestLog;
  readonly faults: FaultInjector;
}

/** `/_emulator/*`: what scripts look at and change. Nothing here is secret. */
export function controlRoutes(control: FastifyInstance, { organizations, log, faults }: ControlDependencies): void {
  const shown = ({ applicationId, certificate }: ApplicationCredential): object => ({
    applicationId,
    thumbprint: certificate?.certificate.thumbprint ?? null,
  });

  control.get('/_emulator/state', () => ({
    organizations: organizations.all().map((organization) => ({
      id: organization.id,
      name: organization.name,
      tenantId: organization.msid,
      uses: credentialsOf(organization).map(shown),
    })),
  }));

  control.get('/_emulator/requests', () => ({ count: log.count(), requests: log.all() }));

  control.get('/_emulator/faults', () => faults.faults);

  control.put('/_emulator/faults', (request, reply) => {
    const parsed = faultsSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: parsed.error.message });
    faults.set(parsed.data);
    return faults.faults;
  });
}
