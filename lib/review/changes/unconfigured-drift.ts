import { isObject, type JsonObject, textsIn } from '../../plan/json-values';
import { shown } from '../../words/shown';
import type { Plan, ResourceChange } from '../../plan/plan';
import { changedPaths, valueAt } from '../stack/changed-attributes';
import { withoutInstanceKeys } from '../../plan/instance-address';

/** Lists that let somebody in, or send tokens to somebody, by what they hold: ids and addresses. */
const LISTS: readonly string[] = [
  'identifier_uris',
  'owners',
  'password',
  'public_client.redirect_uris',
  'required_resource_access',
  'single_page_application.redirect_uris',
  'web.redirect_uris',
];

/** Switches, and how they stand where they let somebody in, or keep everybody out. */
const SWITCHES: Readonly<Record<string, boolean>> = {
  account_enabled: false,
  app_role_assignment_required: true,
  fallback_public_client_enabled: true,
  'web.implicit_grant.access_token_issuance_enabled': true,
  'web.implicit_grant.id_token_issuance_enabled': true,
};

/** What stands in such a list and tells one entry from another: an id, or an address. */
const TELLING = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$|:/i;

/**
 * What somebody has changed outside of Terraform and of which the configuration says nothing, so that no apply takes it back:
 * `owners (<id>)`, without what other resources of the stack have put there.
 */
export function unconfiguredDrift(change: ResourceChange, plan: Plan): string[] {
  if (!/^azuread_(?:application|service_principal)$/.test(change.type) || change.effect === 'destroy') return [];
  const configured = plan.expressions.get(withoutInstanceKeys(change.address)) ?? {};
  const paths = changedPaths({ ...change, effect: 'update' }).filter((path) => !isConfigured(path, configured));
  const switched = paths.filter((path) => isSwitched(path, change, plan));
  const lists = LISTS.filter((list) => paths.some((path) => path === list || path.startsWith(`${list}.`)));
  const filled = lists.flatMap((list) => {
    const added = addedTo(list, change, plan);
    // Beside the id of a client secret, the secret itself may stand.
    return added.length === 0 ? [] : list === 'password' ? 'password' : `${list} (${added.map(shown).join(', ')})`;
  });
  return [...switched.map((path) => `${path} (${String(SWITCHES[path])})`), ...filled];
}

/** An expression stands as an object, a nested block as a list of objects with their own expressions. */
function isConfigured(path: string, expressions: JsonObject): boolean {
  const [name = '', ...rest] = path.split('.');
  const value = expressions[name];
  const [block] = Array.isArray(value) ? (value as unknown[]) : [];
  return isObject(block) && rest.length > 0 ? isConfigured(rest.join('.'), block) : value !== undefined;
}

function isSwitched(path: string, { after }: ResourceChange, { changes }: Plan): boolean {
  if (SWITCHES[path] === undefined || SWITCHES[path] !== valueAt(after, path)) return false;
  const isOwn = changes.some(({ after: own, type }) => type === FALLBACK && own.enabled === true);
  return path !== 'fallback_public_client_enabled' || !isOwn;
}

const FALLBACK = 'azuread_application_fallback_public_client';

function addedTo(list: string, { address, after, before }: ResourceChange, plan: Plan): string[] {
  const known = new Set(textsIn(valueAt(before, list)));
  const isElsewhere = (text: string): boolean =>
    holdersOf(plan)
      .get(text)
      ?.some((holder) => holder !== address) === true;
  const added = textsIn(valueAt(after, list)).filter((text) => TELLING.test(text) && !known.has(text));
  return [...new Set(added)].filter((text) => !isElsewhere(text));
}

/** Of each plan once: the addresses of the resources that hold a text, two of them at the most. */
const holders = new WeakMap<Plan, ReadonlyMap<string, readonly string[]>>();

function holdersOf(plan: Plan): ReadonlyMap<string, readonly string[]> {
  const known = holders.get(plan);
  if (known !== undefined) return known;
  const found = new Map<string, string[]>();
  for (const { address, after, before } of plan.changes) {
    for (const text of new Set(textsIn([before, after]))) {
      const addresses = found.get(text) ?? [];
      if (addresses.length < 2) found.set(text, [...addresses, address]);
    }
  }
  holders.set(plan, found);
  return found;
}
