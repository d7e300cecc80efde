import { redirectPlatforms } from '../../addresses/redirect-platforms';
import { groupBy } from '../../words/lists';
import { isObject } from '../../plan/json-values';
import { deployOwnerAddresses } from '../changes/deploy-identity';
import { isOwnType } from '../stack/own-types';
import type { PlannedApplication } from '../stack/application';
import type { PlannedInstallation } from '../stack/installation';
import { type Grant, type NamedPermission, withoutPermissions } from '../stack/permissions';
import type { ResourceChange } from '../../plan/plan';
import type {
  AccessSummary,
  ApplicationSummary,
  InstallationSummary,
  RedirectUriSummary,
  StackSummary,
} from './document';
import type { StackReview } from '../review-stack';
import { isDrifted } from '../changes/drifted-attributes';
import { registration, type StackPlan } from '../stack/stack-plan';
import { summarizeCredentials } from './summarize-credentials';

/** What a person is told of one stack; the plan itself, which may be large, can go. */
export function summarizeStack({ findings, stack, verdict }: StackReview, source: string, at: Date): StackSummary {
  const { plan } = stack;
  const { after, before } = registration(plan);
  const managed = plan.changes.filter((change) => change.managed);
  const ours = ownAddresses(stack);
  return shortened({
    stack: stack.stack,
    source,
    owner: stack.owner?.kind ?? null,
    tenant: after.tenant ?? before.tenant ?? null,
    region: after.region ?? before.region ?? null,
    verdict,
    findings: findings.map(({ cure, id, message, reason = null, ruleSeverity, severity, subject }) => ({
      ...{ id, severity, ruleSeverity, reason, subject, message, cure },
    })),
    counts: countEffects(managed),
    applications: stack.applications.all.filter(({ effect }) => effect !== 'none').map(summarizeApplication),
    credentials: summarizeCredentials(stack, at),
    access: summarizeAccess(stack),
    redirectUris: summarizeRedirectUris(stack),
    installations: stack.installations.map(summarizeInstallation).filter((summary) => summary !== undefined),
    changes: managed.filter(changes).map(({ address, effect, imported, type }) => ({
      ...{ address, type, effect, imported },
      ours: isOwnType({ type }) || (ours.has(address) && type !== 'azuread_application_owner'),
    })),
    outputs: plan.outputs.filter(({ effect }) => effect !== 'none').map(({ name }) => name),
    drift: plan.drift.filter((change) => isDrifted(change, plan)).map(({ address, effect }) => ({ address, effect })),
  });
}

/** Addresses of what this library makes, and whose type does not tell it; an owner is worth a line of its own. */
function ownAddresses(stack: StackPlan): ReadonlySet<string> {
  const { installations, installers } = stack;
  return new Set([...[...installations, ...installers].map(({ address }) => address), ...deployOwnerAddresses(stack)]);
}

function changes({ effect, imported }: ResourceChange): boolean {
  return imported || (effect !== 'none' && effect !== 'read');
}

function countEffects(managed: readonly ResourceChange[]): StackSummary['counts'] {
  const counts = { create: 0, update: 0, replace: 0, destroy: 0, forget: 0, import: 0, unchanged: 0 };
  for (const { effect, imported } of managed) {
    if (imported) counts.import += 1;
    counts[effect === 'none' || effect === 'read' ? 'unchanged' : effect] += 1;
  }
  return counts;
}

/** Attributes whose values a person wants to see, and which are never secret. */
const SHOWN_ATTRIBUTES: ReadonlySet<string> = new Set([
  'display_name',
  'fallback_public_client_enabled',
  'sign_in_audience',
]);

/** Told elsewhere, as redirect URIs. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set(['public_client', 'single_page_application', 'web']);

function summarizeApplication(application: PlannedApplication): ApplicationSummary {
  const { address, clientId = null, displayName, effect, owned } = application;
  const attributes = effect === 'update' ? changedAttributes(application) : [];
  return {
    ...{ address, displayName, clientId, owned, effect },
    changes: attributes.map((attribute) => ({
      attribute,
      from: shownValue(attribute, application.before[attribute]),
      to: shownValue(attribute, application.after[attribute]),
    })),
  };
}

/** Those that are known only after the apply do not stand in `after`, and are no change that anybody asked for. */
function changedAttributes({ after, before }: PlannedApplication): string[] {
  return Object.keys(after)
    .filter((attribute) => !TOLD_ELSEWHERE.has(attribute))
    .filter((attribute) => JSON.stringify(before[attribute]) !== JSON.stringify(after[attribute]))
    .sort();
}

function shownValue(attribute: string, value: unknown): string | null {
  return SHOWN_ATTRIBUTES.has(attribute) && ['string', 'boolean'].includes(typeof value) ? String(value) : null;
}

/** What each application gains and loses; what moves from one resource to another is neither. */
function summarizeAccess({ grants, requested, roleAssignments }: StackPlan): AccessSummary[] {
  const [asked, granted, assigned] = [
    groupBy(requested, owner),
    groupBy(grants, owner),
    groupBy(roleAssignments, owner),
  ];
  const owners = new Set([...assigned.keys(), ...granted.keys(), ...asked.keys()]);
  const summaries = [...owners].map((application): AccessSummary => {
    const roles = (assigned.get(application) ?? []).filter(({ effect }) => effect !== 'forget');
    const [had, has] = [roles.flatMap(({ before }) => before), roles.flatMap(({ after }) => after)];
    return {
      application: application?.displayName ?? null,
      requested: gainsAndLosses(asked.get(application) ?? []),
      granted: gainsAndLosses(granted.get(application) ?? []),
      directoryRoles: {
        added: without(has, had),
        removed: without(had, has),
      },
    };
  });
  return summaries.filter(({ directoryRoles, ...permissions }) =>
    [directoryRoles, permissions.granted, permissions.requested].some(
      ({ added, removed }) => added.length + removed.length > 0,
    ),
  );
}

function owner({ application }: Pick<Grant, 'application'>): PlannedApplication | undefined {
  return application;
}

/** What Terraform only lets go of stays in Entra. */
function gainsAndLosses(resources: readonly Grant[]): AccessSummary['granted'] {
  const told = resources.filter(({ effect }) => effect !== 'forget');
  const [before, after] = [told.flatMap((one) => one.before), told.flatMap((one) => one.after)];
  return { added: plain(withoutPermissions(after, before)), removed: plain(withoutPermissions(before, after)) };
}

function plain(permissions: readonly NamedPermission[]): AccessSummary['granted']['added'] {
  return permissions.map(({ api, kind, name }) => ({ api, kind, name }));
}

function summarizeRedirectUris({ redirectUris }: StackPlan): RedirectUriSummary[] {
  return redirectUris
    .filter(({ effect }) => effect !== 'forget')
    .map(({ after, application, before, platform }) => ({
      application: application?.displayName ?? null,
      platform: redirectPlatforms[platform].type,
      added: without(after, before),
      removed: without(before, after),
    }))
    .filter(({ added, removed }) => added.length + removed.length > 0);
}

function without(some: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return some.filter((one) => !known.has(one));
}

function summarizeInstallation({ address, after, before }: PlannedInstallation): InstallationSummary | undefined {
  const content = after ?? before;
  if (content === undefined) return undefined;
  const { host, installedIn, lineage, role } = content;
  const [from, to] = [before, after].map((one) =>
    one === undefined ? null : { generation: one.generation, thumbprint: one.thumbprint, expires: one.expires },
  );
  const change = installationChange(before, after);
  return { address, lineage, role, host, installedIn, change, from: from ?? null, to: to ?? null };
}

function installationChange(
  before: PlannedInstallation['before'],
  after: PlannedInstallation['after'],
): InstallationSummary['change'] {
  if (before === undefined) return 'added';
  if (after === undefined) return 'removed';
  if (before.thumbprint !== after.thumbprint) return 'switched';
  return JSON.stringify(before) === JSON.stringify(after) ? 'kept' : 'changed';
}

/** Longer texts are no names; a plan may hold any. */
const LONGEST = 2_000;

/** With every text cut that is long. Private keys are gone already: a plan is read without them. */
function shortened(summary: StackSummary): StackSummary {
  return holdsLongText(summary) ? withShortTexts(summary) : summary;
}

/** Nearly never: and then nothing is copied. */
function holdsLongText(value: unknown): boolean {
  if (typeof value === 'string') return value.length > LONGEST;
  if (Array.isArray(value)) return value.some(holdsLongText);
  if (!isObject(value)) return false;
  for (const key in value) if (holdsLongText(value[key])) return true;
  return false;
}

function withShortTexts<T>(value: T): T;
function withShortTexts(value: unknown): unknown {
  if (typeof value === 'string') return value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
  if (Array.isArray(value)) return value.map((entry: unknown) => withShortTexts(entry));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withShortTexts(entry)]));
}
