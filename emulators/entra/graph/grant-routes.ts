import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { assignDirectoryRole, grantPermissions } from '../directory/grants';
import type { JsonObject } from '../directory/merge-patch';
import type { Tenant } from '../directory/tenant';
import {
  addressOf,
  bodyOf,
  enter,
  type GraphContext,
  type GraphDependencies,
  paramsOf,
  queryOf,
} from './graph-context';
import { filterObjects, page } from './graph-query';
import { showApplication, showServicePrincipal } from './representation';

/** `/oauth2PermissionGrants`, `/roleManagement/directory/roleAssignments`, `/directoryObjects`: who was granted what. */
export function grantRoutes(graph: FastifyInstance, dependencies: GraphDependencies): void {
  permissionGrantRoutes(graph, dependencies);
  roleAssignmentRoutes(graph, dependencies);

  graph.post('/directoryObjects/getByIds', async (request) => {
    const { tenant } = await enter(dependencies, request, 'readApplications');
    const { ids } = z.object({ ids: z.array(z.guid()).max(1000) }).parse(bodyOf(request));
    return { value: ids.flatMap((id) => findObject(dependencies, tenant, id.toLowerCase()) ?? []) };
  });
}

function permissionGrantRoutes(graph: FastifyInstance, dependencies: GraphDependencies): void {
  graph.get('/oauth2PermissionGrants', async (request) => {
    const { tenant } = await enter(dependencies, request, 'readPermissionGrants');
    const query = queryOf(request);
    return page(filterObjects(tenant.permissionGrants.all(), query.$filter), query, addressOf(dependencies, request));
  });

  graph.post('/oauth2PermissionGrants', async (request, reply) => {
    const context = await enter(dependencies, request, 'grantPermissions');
    const body = bodyOf(request);
    checkServicePrincipals(context, [body.clientId, body.resourceId]);
    return reply.code(201).send(grantPermissions(context.tenant, body, context.now));
  });

  graph.get('/oauth2PermissionGrants/:id', async (request) => {
    const { tenant, find } = await enter(dependencies, request, 'readPermissionGrants');
    return find(tenant.permissionGrants, 'Resource', paramsOf(request).id);
  });

  graph.patch('/oauth2PermissionGrants/:id', async (request, reply) => {
    const { tenant, find } = await enter(dependencies, request, 'grantPermissions');
    const { scope } = z.object({ scope: z.string() }).parse(bodyOf(request));
    tenant.permissionGrants.replace({ ...find(tenant.permissionGrants, 'Resource', paramsOf(request).id), scope });
    return reply.code(204).send();
  });

  graph.delete('/oauth2PermissionGrants/:id', async (request, reply) => {
    const { tenant, find } = await enter(dependencies, request, 'grantPermissions');
    tenant.permissionGrants.delete(find(tenant.permissionGrants, 'Resource', paramsOf(request).id).id);
    return reply.code(204).send();
  });
}

function roleAssignmentRoutes(graph: FastifyInstance, dependencies: GraphDependencies): void {
  const path = '/roleManagement/directory/roleAssignments';

  graph.get(path, async (request) => {
    const { tenant } = await enter(dependencies, request, 'readDirectoryRoles');
    const query = queryOf(request);
    return page(filterObjects(tenant.roleAssignments.all(), query.$filter), query, addressOf(dependencies, request));
  });

  graph.post(path, async (request, reply) => {
    const context = await enter(dependencies, request, 'assignDirectoryRoles');
    const body = bodyOf(request);
    checkServicePrincipals(context, [body.principalId]);
    return reply.code(201).send(assignDirectoryRole(context.tenant, body, context.now));
  });

  graph.get(`${path}/:id`, async (request) => {
    const { tenant, find } = await enter(dependencies, request, 'readDirectoryRoles');
    return find(tenant.roleAssignments, 'Resource', paramsOf(request).id);
  });

  graph.delete(`${path}/:id`, async (request, reply) => {
    const { tenant, find } = await enter(dependencies, request, 'assignDirectoryRoles');
    tenant.roleAssignments.delete(find(tenant.roleAssignments, 'Resource', paramsOf(request).id).id);
    return reply.code(204).send();
  });
}

function checkServicePrincipals(context: GraphContext, ids: readonly unknown[]): void {
  for (const id of ids) context.find(context.tenant.servicePrincipals, 'Resource', String(id));
}

function findObject({ directory }: GraphDependencies, tenant: Tenant, id: string): JsonObject | undefined {
  const application = tenant.applications.get(id);
  if (application) return { '@odata.type': '#microsoft.graph.application', ...showApplication(application) };
  const servicePrincipal = tenant.servicePrincipals.get(id);
  if (!servicePrincipal) return undefined;
  const shown = showServicePrincipal(directory, tenant, servicePrincipal);
  return { '@odata.type': '#microsoft.graph.servicePrincipal', ...shown };
}
