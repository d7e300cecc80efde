import { z } from 'zod';
import type { JsonObject } from '../directory/merge-patch';
import type { Tenant } from '../directory/tenant';
import { badRequest, notFound } from '../graph-error';

/** Owners of a new object: those that the request names, otherwise the application that asked for it. */
export function setInitialOwners(tenant: Tenant, objectId: string, references: unknown, callerId: string): void {
  const named = z.array(z.string()).default([]).parse(references).map(idOf);
  tenant.owners.set(objectId, new Set(named.length === 0 ? [callerId] : named));
}

/** @throws GraphError 400 where it is an owner already, or the reference names nobody. */
export function addOwner(tenant: Tenant, objectId: string, reference: unknown): void {
  const ownerId = idOf(z.string().parse(reference));
  if (tenant.ownersOf(objectId).includes(ownerId)) {
    throw badRequest(
      "One or more added object references already exist for the following modified properties: 'owners'.",
    );
  }
  tenant.owners.set(objectId, new Set([...tenant.ownersOf(objectId), ownerId]));
}

/** @throws GraphError 404 where it is no owner. */
export function removeOwner(tenant: Tenant, objectId: string, ownerId: string): void {
  if (tenant.owners.get(objectId)?.delete(ownerId.toLowerCase()) !== true) throw notFound('Resource', ownerId);
}

/** Users are not emulated: an owner that is no service principal is taken for one. */
export function ownerList(tenant: Tenant, objectId: string): JsonObject {
  return {
    value: tenant.ownersOf(objectId).map((id) => ({
      '@odata.type': tenant.servicePrincipals.get(id) ? '#microsoft.graph.servicePrincipal' : '#microsoft.graph.user',
      id,
    })),
  };
}

/** The id at the end of `https://…/directoryObjects/<id>`. */
function idOf(reference: string): string {
  const id = reference.split('/').at(-1)?.toLowerCase() ?? '';
  if (!z.guid().safeParse(id).success) throw badRequest(`The reference '${reference}' does not name an object.`);
  return id;
}
