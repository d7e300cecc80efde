import { redirectPlatformOf, redirectPlatforms } from '../../addresses/redirect-platforms';
import { groupBy } from '../../words/lists';
import type {
  AccessSummary,
  ApplicationSummary,
  CredentialSummary,
  InstallationSummary,
  PermissionSummary,
  RedirectUriSummary,
  StackSummary,
} from './document';
import { counted } from '../../words/counted';

/** One line of what changes, in the words of people. Everything in it may hold what others wrote. */
export interface ChangeRow {
  /** `destroyed`, `added`, `kept`. */
  readonly change: string;
  /** Whether something goes that may be in use. */
  readonly isLoss: boolean;
  /** `application`, `certificate`, `redirect URI`. */
  readonly thing: string;
  readonly name: string;
  /** A sentence; empty where the name says it all. */
  readonly detail: string;
}

/** What changes in a stack, losses first; certificates that stay are told beside those that come and go. */
export function changeRows(stack: StackSummary): ChangeRow[] {
  const credentials = stack.credentials.some(({ change }) => change !== 'kept') ? stack.credentials : [];
  const rows = [
    ...stack.applications.filter(isToldHere).map(applicationRow),
    ...credentials.map(credentialRow),
    ...stack.installations.filter(({ change }) => change !== 'kept').map(installationRow),
    ...stack.redirectUris.flatMap(redirectUriRows),
    ...stack.access.flatMap(accessRows),
    ...stack.changes.filter(({ ours }) => !ours).map(otherRow),
    ...(stack.changes.length === 0 ? stack.outputs.map(outputRow) : []),
  ];
  return [...rows.filter(({ isLoss }) => isLoss), ...rows.filter(({ isLoss }) => !isLoss)];
}

/** `contoso/entra-application 0002`, else the beginning of the thumbprint, else the address. */
export function certificateName({ address, generation, lineage, thumbprint }: CredentialSummary): string {
  if (lineage !== null) return [lineage, generation ?? ''].join(' ').trim();
  return thumbprint === null ? address : `certificate ${shortThumbprint(thumbprint)}`;
}

/** `0 to add, 1 to change, 2 to destroy`, as Terraform counts: a replaced one is added and destroyed. */
export function planCounts(stacks: readonly StackSummary[]): { add: number; change: number; destroy: number } {
  const sum = (count: (counts: StackSummary['counts']) => number): number =>
    stacks.reduce((total, { counts }) => total + count(counts), 0);
  return {
    add: sum(({ create, replace }) => create + replace),
    change: sum(({ update }) => update),
    destroy: sum(({ destroy, replace }) => destroy + replace),
  };
}

export function hasChanges({ changes, outputs }: StackSummary): boolean {
  return changes.length + outputs.length > 0;
}

const EFFECT_WORDS: Readonly<Record<ApplicationSummary['effect'], string>> = {
  none: 'kept',
  read: 'read',
  create: 'created',
  update: 'changed',
  replace: 'replaced',
  destroy: 'destroyed',
  forget: 'let go of',
};

/** One of which only redirect URIs change is told with those. */
function isToldHere({ changes, effect }: ApplicationSummary): boolean {
  return effect !== 'update' || changes.length > 0;
}

function isLossy(effect: ApplicationSummary['effect']): boolean {
  return effect === 'destroy' || effect === 'replace';
}

function applicationRow({ changes, clientId, displayName, effect }: ApplicationSummary): ChangeRow {
  const id = clientId === null ? '' : `client id ${clientId}`;
  const attributes = changes.map(({ attribute, from, to }) =>
    from === null && to === null ? attribute : `${attribute}: ${from ?? 'none'} → ${to ?? 'none'}`,
  );
  const details: Partial<Record<ApplicationSummary['effect'], string>> = {
    destroy: `${id}: nothing signs in as it any more`,
    replace: `${id} goes, and another one comes: nothing signs in until the product knows it`,
    create: 'its client id is known after the apply',
    update: attributes.join(', '),
  };
  return {
    change: EFFECT_WORDS[effect],
    isLoss: isLossy(effect),
    thing: 'application',
    name: displayName,
    detail: details[effect] ?? id,
  };
}

function credentialRow(credential: CredentialSummary): ChangeRow {
  const { change, current, daysLeft, overlapDays, thumbprint, validFrom, validTo } = credential;
  const validity =
    validFrom === null || validTo === null || daysLeft === null
      ? 'cannot be read, or is not known yet'
      : `valid ${validFrom.slice(0, 10)} to ${validTo.slice(0, 10)}, ${standing(daysLeft)}`;
  const facts = [
    current === true && 'current',
    validity,
    overlapDays !== null && `${isGone(change) ? 'overlapped' : 'overlaps'} the next by ${counted(overlapDays, 'day')}`,
    credential.lineage !== null && thumbprint !== null && shortThumbprint(thumbprint),
  ];
  return {
    change,
    isLoss: isGone(change),
    thing: 'certificate',
    name: certificateName(credential),
    detail: facts.filter((fact) => fact !== false).join(', '),
  };
}

/** Whether the application accepts it no longer after the apply. */
export function isGone(change: CredentialSummary['change']): boolean {
  return change === 'removed' || change === 'replaced';
}

function standing(daysLeft: number): string {
  return daysLeft < 0 ? `EXPIRED ${counted(-daysLeft, 'day')} ago` : `${counted(daysLeft, 'day')} left`;
}

/** As much as a person compares. */
function shortThumbprint(thumbprint: string): string {
  return `${thumbprint.slice(0, 8)}…`;
}

function installationRow({ change, from, host, installedIn, lineage, to }: InstallationSummary): ChangeRow {
  const [old, next] = [from, to].map((one) => one && `${one.generation} ${shortThumbprint(one.thumbprint)}`);
  const until = to === null ? '' : ` (until ${to.expires.slice(0, 10)})`;
  const what = [old, next].filter((part) => typeof part === 'string' && part !== '').join(' → ') + until;
  const where = [host, installedIn].filter((part) => part !== '').join(': ');
  return {
    change,
    isLoss: change === 'removed',
    thing: 'server certificate',
    name: lineage,
    detail: `${what}; to be installed by hand or "vb365 export": ${where}`.replace(/: $/, ''),
  };
}

function redirectUriRows({ added, application, platform, removed }: RedirectUriSummary): ChangeRow[] {
  const id = redirectPlatformOf(platform);
  const row = (change: string, name: string): ChangeRow => ({
    ...{ change, name, isLoss: change === 'removed' },
    thing: 'redirect URI',
    detail: [id ? redirectPlatforms[id].name : platform, application].filter((part) => part !== null).join(' of '),
  });
  return [...removed.map((uri) => row('removed', uri)), ...added.map((uri) => row('added', uri))];
}

function accessRows({ application, directoryRoles, granted, requested }: AccessSummary): ChangeRow[] {
  const name = application ?? 'an application of another stack';
  const row = (thing: string, change: string, detail: string): ChangeRow[] =>
    detail === '' ? [] : [{ change, isLoss: change === 'removed', thing, name, detail }];
  return [
    ...row('directory role', 'removed', directoryRoles.removed.join(', ')),
    ...row('directory role', 'added', directoryRoles.added.join(', ')),
    ...row('admin consent', 'removed', permissionList(granted.removed)),
    ...row('admin consent', 'added', permissionList(granted.added)),
    ...row('permissions asked for', 'removed', permissionList(requested.removed)),
    ...row('permissions asked for', 'added', permissionList(requested.added)),
  ];
}

/** More characters than that are no list that anybody reads. */
const LONGEST_LIST = 600;

/** `Microsoft Graph: Directory.Read.All, Group.Read.All; SharePoint (delegated): AllSites.FullControl; and 3 more` */
function permissionList(permissions: readonly PermissionSummary[]): string {
  const byApi = groupBy(permissions, ({ api, kind }) => (kind === 'delegated' ? `${api} (delegated)` : api));
  const parts: string[] = [];
  let [length, told] = [0, 0];
  for (const [api, own] of byApi) {
    const names = own.map(({ name }) => name).sort();
    const fitting = names.findIndex((name) => (length += name.length + 2) > LONGEST_LIST);
    const shown = fitting === -1 ? names : names.slice(0, Math.max(fitting, parts.length === 0 ? 1 : 0));
    if (shown.length > 0) parts.push(`${api}: ${shown.join(', ')}`);
    told += shown.length;
    if (shown.length < names.length) break;
  }
  return told < permissions.length ? `${parts.join('; ')}; and ${permissions.length - told} more` : parts.join('; ');
}

function outputRow(name: string): ChangeRow {
  return { change: 'changed', isLoss: false, thing: 'output', name, detail: 'no resource changes' };
}

function otherRow({ address, effect, imported, type }: StackSummary['changes'][number]): ChangeRow {
  return {
    change: imported ? `imported, ${EFFECT_WORDS[effect]}` : EFFECT_WORDS[effect],
    isLoss: isLossy(effect),
    thing: 'other resource',
    name: address,
    detail:
      type === 'azuread_application_owner' ? 'who owns an application' : `${type} is nothing that this library makes`,
  };
}
