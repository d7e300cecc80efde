import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { AccessTokens } from '../login/access-tokens';
import type { Directory } from '../directory/directory';
import type { ObjectStore } from '../directory/object-store';
import type { Tenant } from '../directory/tenant';
import type { FaultInjector } from '../faults';
import { GraphError, notFound } from '../graph-error';
import type { ListQuery } from './graph-query';
import { denied, type Privilege, reachOf } from './privileges';

/** What the routes of Microsoft Graph need. */
export interface GraphDependencies {
  readonly directory: Directory;
  readonly tokens: AccessTokens;
  readonly faults: FaultInjector;
  readonly now: () => Date;
  /** Address of the emulator, without a slash at the end. */
  readonly url: () => string;
}

/** One request: in which tenant, by whom. */
export interface GraphContext {
  readonly tenant: Tenant;
  /** Object id of the caller's service principal. */
  readonly callerId: string;
  readonly now: Date;
  /** The object; 404 where there is none, or none that has been replicated. */
  readonly find: <T extends { readonly id: string }>(store: ObjectStore<T>, kind: string, id: string) => T;
  /**
   * Refuses what the caller may do with its own objects only.
   *
   * @param ids of the objects that are changed
   * @throws GraphError 403 where it owns one of them not.
   */
  readonly checkOwned: (...ids: readonly string[]) => void;
  /** Those that have been replicated. */
  readonly all: <T extends { readonly id: string }>(store: ObjectStore<T>) => T[];
}

const bodySchema = z.record(z.string(), z.unknown());
const querySchema = z.object({
  $filter: z.string().optional(),
  $select: z.string().optional(),
  $top: z.string().optional(),
  $skiptoken: z.string().optional(),
});
const paramsSchema = z.object({ id: z.string().default(''), otherId: z.string().default('') });

/**
 * Reads who asks from the access token.
 *
 * @throws GraphError 401 where the token is missing, of somebody else or expired, 403 where it lacks the privilege.
 */
export async function enter(
  dependencies: GraphDependencies,
  request: FastifyRequest,
  privilege: Privilege,
): Promise<GraphContext> {
  const { directory, tokens, faults } = dependencies;
  const now = dependencies.now();
  const [, token = ''] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  const caller = await tokens.readGraphToken(token, now);
  const tenant = caller && directory.findTenant(caller.tenantId);
  if (!caller || !tenant) {
    throw new GraphError(401, 'InvalidAuthenticationToken', 'Access token is missing, expired or not for this API.');
  }
  const reach = reachOf(privilege, caller, tenant);
  const all: GraphContext['all'] = (store) =>
    store.kind === undefined ? store.all() : store.createdUntil(faults.replicatedUntil(store.kind, now));
  return {
    tenant,
    callerId: caller.objectId,
    now,
    all,
    checkOwned: (...ids) => {
      const foreign = reach === 'all' ? undefined : ids.find((id) => !tenant.ownersOf(id).includes(caller.objectId));
      if (foreign !== undefined) throw denied(`the caller is no owner of '${foreign}'`);
    },
    find: (store, kind, id) => {
      const object = all(store).find((candidate) => isNamed(candidate, id));
      if (!object) throw notFound(kind, id.replace(/^appId=/, ''));
      return object;
    },
  };
}

/** Address of what a request asks for, without its query: the next page has it too. */
export function addressOf({ url }: GraphDependencies, request: FastifyRequest): string {
  return `${url()}${request.url.replace(/\?.*/, '')}`;
}

export function bodyOf(request: FastifyRequest): Record<string, unknown> {
  return bodySchema.parse(request.body ?? {});
}

export function queryOf(request: FastifyRequest): ListQuery {
  return querySchema.parse(request.query);
}

export function paramsOf(request: FastifyRequest): z.infer<typeof paramsSchema> {
  return paramsSchema.parse(request.params);
}

/** By id, or as `appId=<client id>`, which is what `(appId='…')` becomes on arrival. Ids of grants differ by case. */
function isNamed(object: { readonly id: string; readonly appId?: unknown }, name: string): boolean {
  if (!name.startsWith('appId=')) return object.id === name || object.id === name.toLowerCase();
  return typeof object.appId === 'string' && object.appId === name.slice('appId='.length).toLowerCase();
}
