import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Directory } from './directory/directory';
import { type FaultInjector, faultsSchema } from './faults';
import type { RequestLog } from './request-log';

export interface ControlDependencies {
  readonly directory: Directory;
  readonly requests: RequestLog;
  readonly faults: FaultInjector;
}

const seedSchema = z.looseObject({ tenantId: z.guid(), appId: z.guid().optional(), displayName: z.string() });

/** `/_emulator/*`: what scripts look at and change. Secrets of the built-in applications are not part of the state. */
export function controlRoutes(control: FastifyInstance, { directory, requests, faults }: ControlDependencies): void {
  control.get('/_emulator/state', () => directory.toState());

  /** Puts an application into a tenant, with the client id that a configuration names, and its service principal. */
  control.post('/_emulator/applications', (request, reply) => {
    const parsed = seedSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: parsed.error.message });
    const { tenantId, ...properties } = parsed.data;
    const application = directory.addApplication(tenantId, properties);
    const servicePrincipal = directory.addServicePrincipal(tenantId, application.appId);
    return reply.code(201).send({ application, servicePrincipal });
  });

  control.get('/_emulator/requests', () => ({ count: requests.count(), requests: requests.all() }));

  control.delete('/_emulator/requests', (_request, reply) => {
    requests.clear();
    return reply.code(204).send();
  });

  control.get('/_emulator/faults', () => faults.faults);

  control.put('/_emulator/faults', (request, reply) => {
    const parsed = faultsSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: parsed.error.message });
    faults.set(parsed.data);
    return faults.faults;
  });
}
