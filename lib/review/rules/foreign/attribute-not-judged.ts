import { changedPaths, valueAt } from '../../stack/changed-attributes';
import { textOf } from '../../../plan/json-values';
import { isJudged, knownType } from '../../stack/own-types';
import type { ResourceChange } from '../../../plan/plan';
import type { PlannedApplication } from '../../stack/application';
import type { StackPlan } from '../../stack/stack-plan';
import { addedIdentifierUris } from '../application/identifier-uri-added';
import { addedOwners } from '../application/application-owner-added';
import { isClientSecret } from '../../changes/client-secrets';
import { staysItself } from '../../changes/credentials';
import { isWrittenBack } from '../../changes/drifted-attributes';
import { removedScopes } from '../../changes/exposed-scopes';
import { listed } from '../../changes/wording';
import type { ReviewComplaint } from '../review-rule';

/** What a rule of its own reads, and what is only written back to what it was, is left out. */
export function attributeNotJudged(stack: StackPlan): ReviewComplaint[] {
  return stack.plan.changes.flatMap((change) => {
    const paths = unjudgedPaths(change, stack);
    if (paths.length === 0 || !holderStays(stack, change)) return [];
    const verb = change.effect === 'create' ? 'set' : 'changed';
    return {
      subject: change.address,
      message: `${listed(paths)} of ${change.address} ${paths.length === 1 ? 'is' : 'are'} ${verb}, which no rule here reads`,
      cure: 'read that part of the plan itself',
    };
  });
}

/** Whether what the resource belongs to, or is, neither goes nor is made anew: that is told instead. */
export function holderStays(stack: StackPlan, change: ResourceChange): boolean {
  const { managed, type } = change;
  if (!managed) return false;
  const isPrincipal = type === 'azuread_service_principal';
  if (isPrincipal && change.effect === 'replace') return false;
  return staysItself(applicationOfChange(stack, change));
}

function applicationOfChange({ applications }: StackPlan, change: ResourceChange): PlannedApplication | undefined {
  const holder = knownType(change)?.holder;
  return applications.at(change) ?? (holder === undefined ? undefined : applications.of(change, holder));
}

/** Of the attributes that no other rule reads, those that decide about nothing. */
export function describingPaths(change: ResourceChange, stack: StackPlan): string[] {
  const describing = [...(knownType(change)?.describing ?? []), 'timeouts'];
  if (!holderStays(stack, change)) return [];
  return readByNoRule(change, stack).filter(
    (path) => describing.includes(path.split('.')[0] ?? path) || describing.includes(path),
  );
}

function unjudgedPaths(change: ResourceChange, stack: StackPlan): string[] {
  const describing = new Set(describingPaths(change, stack));
  return readByNoRule(change, stack).filter((path) => !describing.has(path));
}

function readByNoRule(change: ResourceChange, stack: StackPlan): string[] {
  const type = knownType(change);
  if (type === undefined) return [];
  // At creation, the provider tells what it already knows of what it sets itself.
  const atCreation = new Set([...type.computed, ...(type.atCreation ?? [])]);
  const isDefault = (path: string): boolean =>
    change.effect === 'create' &&
    path in (type.defaults ?? {}) &&
    type.defaults?.[path] === valueAt(change.after, path);
  return changedPaths(change)
    .filter((path) => !isJudged(path, change))
    .filter((path) => change.effect !== 'create' || !atCreation.has(path))
    .filter((path) => type.harmless?.[path] === undefined || type.harmless[path] !== valueAt(change.after, path))
    .filter((path) => !isDefault(path))
    .filter((path) => !isTold(path, change, stack))
    .filter((path) => !isWrittenBack(stack.plan, change, path.split('.')[0] ?? path));
}

/** Some attributes are told only where they change for the worse. */
function isTold(path: string, change: ResourceChange, stack: StackPlan): boolean {
  const { after, effect } = change;
  const application = applicationOfChange(stack, change);
  if (path === 'owners') return addedOwners(change).length > 0;
  if (path === 'password' || path.startsWith('password.')) return isClientSecret(change);
  if (path === 'account_enabled') return after.account_enabled === false;
  if (path === 'app_role_assignment_required') return after.app_role_assignment_required === true;
  if (path === 'identifier_uri') return effect !== 'create' || textOf(after.identifier_uri) !== undefined;
  if (path === 'identifier_uris') return addedIdentifierUris(change).length > 0;
  if (path.startsWith('web.implicit_grant.')) return valueAt(after, path) === true;
  if (path.startsWith('api.oauth2_permission_scope')) {
    return effect === 'create' || (application !== undefined && removedScopes(application).length > 0);
  }
  return false;
}
