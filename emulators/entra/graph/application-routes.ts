import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createApplication, deleteApplication, restoreApplication, updateApplication } from '../directory/applications';
import {
  addressOf,
  bodyOf,
  enter,
  type GraphContext,
  type GraphDependencies,
  paramsOf,
  queryOf,
} from './graph-context';
import { filterObjects, page, selectProperties } from './graph-query';
import { addOwner, ownerList, removeOwner, setInitialOwners } from './owners';
import { showApplication } from './representation';
import type { Application } from '../directory/objects';

/** `/applications` and `/directory/deletedItems`: https://learn.microsoft.com/graph/api/resources/application */
export function applicationRoutes(graph: FastifyInstance, dependencies: GraphDependencies): void {
  const find = (context: GraphContext, request: FastifyRequest): Application =>
    context.find(context.tenant.applications, 'Resource', paramsOf(request).id);
  const findOwn = (context: GraphContext, request: FastifyRequest): Application => {
    const application = find(context, request);
    context.checkOwned(application.id);
    return application;
  };

  graph.get('/applications', async (request) => {
    const context = await enter(dependencies, request, 'readApplications');
    const query = queryOf(request);
    const found = filterObjects(context.all(context.tenant.applications), query.$filter);
    return page(
      found.map((application) => showApplication(application)),
      query,
      addressOf(dependencies, request),
    );
  });

  graph.post('/applications', async (request, reply) => {
    const { tenant, callerId, now } = await enter(dependencies, request, 'writeApplications');
    const { 'owners@odata.bind': owners, ...body } = bodyOf(request);
    const application = createApplication(tenant, body, now);
    setInitialOwners(tenant, application.id, owners, callerId);
    return reply.code(201).send(showApplication(application));
  });

  graph.get('/applications/:id', async (request) => {
    const context = await enter(dependencies, request, 'readApplications');
    const { $select } = queryOf(request);
    const withKeys = $select?.includes('keyCredentials') ?? false;
    return selectProperties(showApplication(find(context, request), { withKeys }), $select);
  });

  graph.patch('/applications/:id', async (request, reply) => {
    const context = await enter(dependencies, request, 'writeApplications');
    updateApplication(context.tenant, findOwn(context, request), bodyOf(request), context.now);
    return reply.code(204).send();
  });

  graph.delete('/applications/:id', async (request, reply) => {
    const context = await enter(dependencies, request, 'writeApplications');
    deleteApplication(context.tenant, findOwn(context, request), context.now);
    return reply.code(204).send();
  });

  graph.get('/applications/:id/owners', async (request) => {
    const context = await enter(dependencies, request, 'readApplications');
    return ownerList(context.tenant, find(context, request).id);
  });

  graph.post('/applications/:id/owners/$ref', async (request, reply) => {
    const context = await enter(dependencies, request, 'addOwners');
    addOwner(context.tenant, find(context, request).id, bodyOf(request)['@odata.id']);
    return reply.code(204).send();
  });

  graph.delete('/applications/:id/owners/:otherId/$ref', async (request, reply) => {
    const context = await enter(dependencies, request, 'writeApplications');
    removeOwner(context.tenant, findOwn(context, request).id, paramsOf(request).otherId);
    return reply.code(204).send();
  });

  graph.get('/directory/deletedItems/microsoft.graph.application', async (request) => {
    const { tenant } = await enter(dependencies, request, 'readApplications');
    return { value: tenant.deletedApplications.all().map((application) => showApplication(application)) };
  });

  graph.get('/directory/deletedItems/:id', async (request) => {
    const { tenant, find: lookUp } = await enter(dependencies, request, 'readApplications');
    return showApplication(lookUp(tenant.deletedApplications, 'Resource', paramsOf(request).id));
  });

  graph.post('/directory/deletedItems/:id/restore', async (request) => {
    const { tenant, now, checkOwned } = await enter(dependencies, request, 'writeApplications');
    checkOwned(paramsOf(request).id);
    return showApplication(restoreApplication(tenant, paramsOf(request).id, now));
  });

  graph.delete('/directory/deletedItems/:id', async (request, reply) => {
    const { tenant, find: lookUp, checkOwned } = await enter(dependencies, request, 'writeApplications');
    const { id } = lookUp(tenant.deletedApplications, 'Resource', paramsOf(request).id);
    checkOwned(id);
    tenant.deletedApplications.delete(id);
    return reply.code(204).send();
  });
}
