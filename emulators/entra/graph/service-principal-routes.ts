import type { FastifyInstance, FastifyRequest } from 'fastify';
import { assignAppRole } from '../directory/grants';
import type { JsonObject } from '../directory/merge-patch';
import type { AppRoleAssignment, ServicePrincipal } from '../directory/objects';
import {
  createServicePrincipal,
  deleteServicePrincipal,
  updateServicePrincipal,
} from '../directory/service-principals';
import {
  addressOf,
  bodyOf,
  enter,
  type GraphContext,
  type GraphDependencies,
  paramsOf,
  queryOf,
} from './graph-context';
import { notFound } from '../graph-error';
import { filterObjects, page, selectProperties } from './graph-query';
import { ownerList, removeOwner, addOwner, setInitialOwners } from './owners';
import { showAppRoleAssignment, showServicePrincipal } from './representation';

/** `/servicePrincipals` and their app roles: https://learn.microsoft.com/graph/api/resources/serviceprincipal */
export function servicePrincipalRoutes(graph: FastifyInstance, dependencies: GraphDependencies): void {
  const { directory } = dependencies;
  const find = (context: GraphContext, request: FastifyRequest): ServicePrincipal =>
    context.find(context.tenant.servicePrincipals, 'Resource', paramsOf(request).id);
  // The provider's documentation asks for ownership of both.
  const findOwn = (context: GraphContext, request: FastifyRequest): ServicePrincipal => {
    const servicePrincipal = find(context, request);
    context.checkOwned(servicePrincipal.id, backingApplication(context, servicePrincipal.appId));
    return servicePrincipal;
  };

  graph.get('/servicePrincipals', async (request) => {
    const context = await enter(dependencies, request, 'readApplications');
    const query = queryOf(request);
    const shown = context
      .all(context.tenant.servicePrincipals)
      .map((servicePrincipal) => showServicePrincipal(directory, context.tenant, servicePrincipal));
    return page(filterObjects(shown, query.$filter), query, addressOf(dependencies, request));
  });

  graph.post('/servicePrincipals', async (request, reply) => {
    const context = await enter(dependencies, request, 'writeApplications');
    const { tenant, callerId, now } = context;
    const { 'owners@odata.bind': owners, ...body } = bodyOf(request);
    const appId = typeof body.appId === 'string' ? body.appId : '';
    const application = directory.findUsableApplication(tenant, appId);
    context.checkOwned(backingApplication(context, appId));
    // An application that has not reached every replica cannot be referred to yet.
    const isHidden = tenant.applicationOf(appId) !== undefined && !context.all(tenant.applications).some(isOf(appId));
    const servicePrincipal = createServicePrincipal(tenant, isHidden ? undefined : application, body, now);
    setInitialOwners(tenant, servicePrincipal.id, owners, callerId);
    return reply.code(201).send(showServicePrincipal(directory, tenant, servicePrincipal));
  });

  graph.get('/servicePrincipals/:id', async (request) => {
    const context = await enter(dependencies, request, 'readApplications');
    const { $select } = queryOf(request);
    const withKeys = $select?.includes('keyCredentials') ?? false;
    const shown = showServicePrincipal(directory, context.tenant, find(context, request), { withKeys });
    return selectProperties(shown, $select);
  });

  graph.patch('/servicePrincipals/:id', async (request, reply) => {
    const context = await enter(dependencies, request, 'writeApplications');
    updateServicePrincipal(context.tenant, findOwn(context, request), bodyOf(request), context.now);
    return reply.code(204).send();
  });

  graph.delete('/servicePrincipals/:id', async (request, reply) => {
    const context = await enter(dependencies, request, 'writeApplications');
    deleteServicePrincipal(context.tenant, findOwn(context, request), context.now);
    return reply.code(204).send();
  });

  graph.get('/servicePrincipals/:id/owners', async (request) => {
    const context = await enter(dependencies, request, 'readApplications');
    return ownerList(context.tenant, find(context, request).id);
  });

  graph.post('/servicePrincipals/:id/owners/$ref', async (request, reply) => {
    const context = await enter(dependencies, request, 'addOwners');
    addOwner(context.tenant, find(context, request).id, bodyOf(request)['@odata.id']);
    return reply.code(204).send();
  });

  graph.delete('/servicePrincipals/:id/owners/:otherId/$ref', async (request, reply) => {
    const context = await enter(dependencies, request, 'writeApplications');
    removeOwner(context.tenant, findOwn(context, request).id, paramsOf(request).otherId);
    return reply.code(204).send();
  });

  appRoleRoutes(graph, dependencies, find);
}

/** The same assignments, seen from the resource and from the principal. */
function appRoleRoutes(
  graph: FastifyInstance,
  dependencies: GraphDependencies,
  find: (context: GraphContext, request: FastifyRequest) => ServicePrincipal,
): void {
  const { directory } = dependencies;
  const sides = [
    { path: 'appRoleAssignedTo', end: 'resourceId' },
    { path: 'appRoleAssignments', end: 'principalId' },
  ] as const;

  for (const { path, end } of sides) {
    const findOne = (context: GraphContext, request: FastifyRequest): AppRoleAssignment => {
      const servicePrincipal = find(context, request);
      const { otherId } = paramsOf(request);
      const assignment = context.tenant.appRoleAssignments.get(otherId);
      if (assignment?.[end] !== servicePrincipal.id) throw notFound('Resource', otherId);
      return assignment;
    };
    const show = ({ tenant }: GraphContext, assignment: AppRoleAssignment): JsonObject =>
      showAppRoleAssignment(directory, tenant, assignment);

    graph.get(`/servicePrincipals/:id/${path}`, async (request) => {
      const context = await enter(dependencies, request, 'readApplications');
      const { id } = find(context, request);
      const assignments = context.tenant.appRoleAssignments.all().filter((assignment) => assignment[end] === id);
      return page(
        assignments.map((assignment) => show(context, assignment)),
        queryOf(request),
        addressOf(dependencies, request),
      );
    });

    graph.post(`/servicePrincipals/:id/${path}`, async (request, reply) => {
      const context = await enter(dependencies, request, 'assignAppRoles');
      const body = bodyOf(request);
      find(context, request);
      const idOf = (property: 'principalId' | 'resourceId'): string => String(body[property]);
      context.find(context.tenant.servicePrincipals, 'Resource', idOf('principalId'));
      const resource = context.find(context.tenant.servicePrincipals, 'Resource', idOf('resourceId'));
      const application = directory.findUsableApplication(context.tenant, resource.appId);
      const assignment = assignAppRole(context.tenant, application, body, context.now);
      return reply.code(201).send(show(context, assignment));
    });

    graph.get(`/servicePrincipals/:id/${path}/:otherId`, async (request) => {
      const context = await enter(dependencies, request, 'readApplications');
      return show(context, findOne(context, request));
    });

    graph.delete(`/servicePrincipals/:id/${path}/:otherId`, async (request, reply) => {
      const context = await enter(dependencies, request, 'assignAppRoles');
      context.tenant.appRoleAssignments.delete(findOne(context, request).id);
      return reply.code(204).send();
    });
  }
}

/** Object id of the application behind a service principal; its client id where another tenant has it: nobody here owns that. */
function backingApplication({ tenant }: GraphContext, appId: string): string {
  return tenant.applicationOf(appId)?.id ?? appId;
}

function isOf(appId: string): (object: { readonly appId: string }) => boolean {
  return (object) => object.appId === appId.toLowerCase();
}
