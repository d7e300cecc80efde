import { isDeepStrictEqual } from 'node:util';
import { remoteState } from '../../../config/backend-attributes';
import type { DataSource } from '../../../plan/plan-parts';
import { listed } from '../../changes/wording';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

/** What the stacks look up: applications and service principals that are there already. */
const LOOKED_UP: ReadonlySet<string> = new Set([
  'azuread_application',
  'azuread_service_principal',
  'azuread_service_principals',
]);

export function dataSourceForeign(stack: StackPlan, context: ReviewContext): ReviewComplaint[] {
  const foreign = stack.plan.parts.dataSources.filter(
    (source) => !LOOKED_UP.has(source.type) && !isOwnersState(source, stack, context),
  );
  if (foreign.length === 0) return [];
  return [
    {
      subject: stack.stack,
      message: `the plan of ${stack.stack} reads what no stack of this library reads, with the rights of whoever applies: ${listed(foreign.map(({ address, type }) => `${address} (${type})`))}`,
      cure: 'take the data source out of the configuration, or read what it looks at',
    },
  ];
}

/** A stack of consents learns from the state of its owner's stack to whom it gives them. */
function isOwnersState(
  { address, settings, type }: DataSource,
  { owner, stack }: StackPlan,
  { base, configuration }: ReviewContext,
): boolean {
  if (type !== 'terraform_remote_state') return false;
  const declared = (base?.configuration ?? configuration)?.backend;
  // Stacks of other constructs may read each other as CDKTF lets them.
  if (declared === undefined) return address.startsWith(`data.${type}.cross-stack-reference-input-`);
  if (owner === undefined || stack !== `${owner.configuration.name}-consent`) return false;
  const expected = remoteState(declared, owner.configuration.name);
  return settings.backend === expected.backend && isDeepStrictEqual(settings.config, expected.config);
}
