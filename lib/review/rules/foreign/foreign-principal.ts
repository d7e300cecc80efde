import { groupBy } from '../../../words/lists';
import { knownType } from '../../stack/own-types';
import type { ResourceChange } from '../../../plan/plan';
import type { PlannedApplication } from '../../stack/application';
import type { StackPlan } from '../../stack/stack-plan';
import {
  addedPermissions,
  formatPermissions,
  type PermissionChanges,
  permissionChanges,
} from '../../changes/permissions';
import { applicationOf, listed } from '../../changes/wording';
import type { ReviewComplaint } from '../review-rule';
import { counted } from '../../../words/counted';

export function foreignPrincipal(stack: StackPlan): ReviewComplaint[] {
  const given = new Map(permissionChanges(stack).map((changes) => [changes.application, changes]));
  return Array.from(foreignChanges(stack), ([application, changes]) => ({
    subject: application.displayName,
    message: `${applicationOf(stack, application)} is given ${whatOf(given.get(application), changes)}`,
    cure: 'find out in Entra who that is, and leave out what is not for an application of this stack',
  }));
}

type Given = readonly [PlannedApplication, ResourceChange];

function foreignChanges({ applications, plan }: StackPlan): Map<PlannedApplication, ResourceChange[]> {
  const given = plan.changes.flatMap((change): Given[] => {
    const holder = knownType(change)?.holder;
    const isGiven = change.effect === 'create' || change.effect === 'update' || change.effect === 'replace';
    if (!change.managed || holder === undefined || !isGiven) return [];
    const application = applications.of(change, holder);
    return application?.foreign === true ? [[application, change]] : [];
  });
  const byApplication = groupBy(given, ([application]) => application);
  return new Map(Array.from(byApplication, ([key, entries]) => [key, entries.map(([, change]) => change)]));
}

function whatOf(found: PermissionChanges | undefined, changes: readonly ResourceChange[]): string {
  const [permissions, roles] = found === undefined ? [[], []] : [addedPermissions(found), found.addedRoles];
  if (permissions.length + roles.length > 0) return formatPermissions(permissions, roles);
  return `${counted(changes.length, 'resource')}: ${listed(changes.map(({ address }) => address))}`;
}
