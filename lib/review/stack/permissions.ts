import { directoryRole } from '../../catalogue/directory-roles';
import type { PermissionKind } from '../../catalogue/permission-ids';
import { apiName, permissionName, permissionsOfId } from '../../catalogue/permission-names';
import { formatPermissionName } from '../../catalogue/permissions';
import { withoutInstanceKeys } from '../../plan/instance-address';
import { type JsonObject, objectOf, objectsOf, textOf, textsOf } from '../../plan/json-values';
import { type Effect, expectedAfter, type Plan, type ResourceChange } from '../../plan/plan';
import type { PlannedApplication, PlannedApplications } from './application';
import { ById } from './by-id';

/** A permission as a plan names it. */
export interface NamedPermission {
  /** `Microsoft Graph`; the client id where the catalogue does not know the API. */
  readonly api: string;
  readonly kind: PermissionKind;
  /** `Directory.Read.All`; the id where the catalogue does not know it. */
  readonly name: string;
  /** Object id of the one person for whom it is granted; absent where it is for everybody. */
  readonly user?: string;
}

/** What an application asks for at one API, before and after. */
export interface RequestedPermissions {
  readonly address: string;
  readonly effect: Effect;
  readonly application: PlannedApplication | undefined;
  readonly before: readonly NamedPermission[];
  readonly after: readonly NamedPermission[];
}

/** What is granted to an application in the name of the whole tenant, or of one person. */
export type Grant = RequestedPermissions;

/** A directory role that is given to an application. */
export interface RoleAssignment {
  readonly address: string;
  readonly effect: Effect;
  readonly application: PlannedApplication | undefined;
  /** `Global Reader`; the id where the catalogue does not know it. None, or one. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What applications ask for, as resources of their own say it. */
export function requestedPermissions(plan: Plan, applications: PlannedApplications): RequestedPermissions[] {
  return managed(plan, 'azuread_application_api_access').flatMap((change) =>
    parts(change, applications, 'application_id', (values, application) => {
      const clientId = textOf(values.api_client_id) ?? '';
      return [
        ...textsOf(values.role_ids).map((id) => namedPermission('application', id, clientId)),
        ...textsOf(values.scope_ids).map(
          (id) => ownScope(application, clientId, id) ?? namedPermission('delegated', id, clientId),
        ),
      ];
    }),
  );
}

/** Admin consent: application permissions, one a resource, and delegated permissions, one API a resource. */
export function grants(plan: Plan, applications: PlannedApplications): Grant[] {
  const apiNames = new ApiNames(plan);
  const roles = managed(plan, 'azuread_app_role_assignment').flatMap((change) =>
    parts(change, applications, 'principal_object_id', (values) => {
      const id = textOf(values.app_role_id);
      return id === undefined
        ? []
        : [namedPermission('application', id, apiNames.clientIdOf(change, 'resource_object_id', values))];
    }),
  );
  const scopes = managed(plan, 'azuread_service_principal_delegated_permission_grant').flatMap((change) =>
    parts(change, applications, 'service_principal_object_id', (values) => {
      const resource = 'resource_service_principal_object_id';
      const own = values === change.before ? applications.before(change, resource) : applications.of(change, resource);
      const isOwn = own !== undefined && !own.foreign;
      const api = isOwn ? own.displayName : shownApi(apiNames.clientIdOf(change, resource, values));
      const user = textOf(values.user_object_id) ?? '';
      return textsOf(values.claim_values).map((name): NamedPermission => ({
        api,
        kind: 'delegated',
        name,
        ...(user !== '' && { user }),
      }));
    }),
  );
  return [...roles, ...scopes];
}

export function roleAssignments(plan: Plan, applications: PlannedApplications): RoleAssignment[] {
  return managed(plan, 'azuread_directory_role_assignment').flatMap((change) =>
    parts(change, applications, 'principal_object_id', ({ role_id: id }) => [
      typeof id === 'string' ? (directoryRole(id)?.name ?? id) : 'not known before the apply',
    ]),
  );
}

/** `Microsoft Graph · Directory.Read.All (application)` */
export function formatNamedPermission({ api, kind, name, user }: NamedPermission): string {
  return `${formatPermissionName(api, kind, name)}${user === undefined ? '' : ` for the user ${user}`}`;
}

/** Those of the one list that the other does not have. */
export function withoutPermissions(
  some: readonly NamedPermission[],
  others: readonly NamedPermission[],
): NamedPermission[] {
  const known = new Set(others.map(formatNamedPermission));
  return some.filter((permission) => !known.has(formatNamedPermission(permission)));
}

function managed(plan: Plan, type: string): ResourceChange[] {
  return plan.changes.filter((change) => change.managed && change.type === type);
}

interface Part<T> {
  readonly address: string;
  readonly effect: Effect;
  readonly application: PlannedApplication | undefined;
  readonly before: readonly T[];
  readonly after: readonly T[];
}

/**
 * What a resource gives to an application, before and after; two parts where it moves from one application to another.
 *
 * @param read what it gives; what stays is read once, for in most plans that is most of it
 */
function parts<T>(
  change: ResourceChange,
  applications: PlannedApplications,
  attribute: string,
  read: (values: JsonObject, application: PlannedApplication | undefined) => readonly T[],
): Part<T>[] {
  const { address, effect } = change;
  const application = applications.of(change, attribute);
  if (effect === 'none') {
    const same = read(change.after, application);
    return [{ address, effect, application, before: same, after: same }];
  }
  const previous = effect === 'create' ? application : applications.before(change, attribute);
  const before = effect === 'create' ? [] : read(change.before, previous);
  const after = effect === 'destroy' ? [] : read(expectedAfter(change), application);
  if (previous === application) return [{ address, effect, application, before, after }];
  return [
    { address, effect, application: previous, before, after: [] },
    { address, effect, application, before: [], after },
  ];
}

/** By its id alone where the API is not known, unless several have it. */
function namedPermission(kind: PermissionKind, id: string, apiClientId: string): NamedPermission {
  const [found, ...others] = apiClientId === '' ? permissionsOfId(kind, id) : [];
  const clientId = others.length > 0 ? '' : (found?.apiClientId ?? apiClientId);
  return { api: shownApi(clientId), kind, name: permissionName(clientId, kind, id) ?? id };
}

/** A scope that an application exposes itself, as that of Restore Portal does. */
function ownScope(
  application: PlannedApplication | undefined,
  apiClientId: string,
  id: string,
): NamedPermission | undefined {
  if (application === undefined || (apiClientId !== '' && apiClientId !== application.clientId)) return undefined;
  const blocks = [application.before, application.after].flatMap(({ api }) => objectsOf(api));
  const scope = blocks
    .flatMap(({ oauth2_permission_scope: scopes }) => objectsOf(scopes))
    .find((candidate) => candidate.id === id);
  const name = textOf(scope?.value);
  return name === undefined ? undefined : { api: application.displayName, kind: 'delegated', name };
}

function shownApi(clientId: string): string {
  return apiName(clientId) ?? (clientId === '' ? 'an API that the plan does not name' : clientId);
}

/** Which API a service principal of Microsoft stands for: a plan names it by an object id of the tenant. */
class ApiNames {
  readonly #byObjectId = new ById<string>();

  constructor(readonly plan: Plan) {
    for (const [address, values] of plan.dataSources) {
      const [objectId, clientId] = [textOf(values.object_id), textOf(values.client_id)];
      if (address.includes('azuread_service_principal.') && objectId !== undefined && clientId !== undefined) {
        this.#byObjectId.set(objectId, clientId);
      }
    }
  }

  /** The object id itself where nothing says what it stands for. */
  clientIdOf(change: ResourceChange, attribute: string, values: JsonObject): string {
    const objectId = textOf(values[attribute]) ?? '';
    const known = this.#byObjectId.get(objectId);
    if (known !== undefined) return known;
    const expressions = this.plan.expressions.get(withoutInstanceKeys(change.address));
    const references = textsOf(objectOf(expressions?.[attribute]).references);
    // What was looked up has another id.
    const isRead = references.some((reference) => this.plan.dataSources.has(reference));
    if (isRead && objectId !== '') return objectId;
    const found = references.map((reference) => this.#constantClientId(reference)).find((id) => id !== undefined);
    return found ?? objectId;
  }

  /** Before the first apply, only the configuration says which one it looks up; an expression is no value. */
  #constantClientId(address: string): string | undefined {
    const value = textOf(objectOf(this.plan.expressions.get(address)?.client_id).constant_value);
    return value?.includes('${') === true ? undefined : value;
  }
}
