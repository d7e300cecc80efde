import { regions } from '../../../catalogue/regions';
import type { ProviderBlock } from '../../../plan/plan-parts';
import { textOf } from '../../../plan/json-values';
import { shown } from '../../../words/shown';
import { registration, type StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

/** The stacks tell the provider its tenant and its cloud; everything else comes from the environment of whoever applies. */
export function providerConfigured(stack: StackPlan): ReviewComplaint[] {
  const expected = expectedSettings(stack);
  return stack.plan.parts.providers.flatMap((block) =>
    doubtsOf(block, expected).map((what) => ({
      subject: block.key,
      message: `the provider ${block.key} of ${stack.stack} ${what}: it decides to whom the credentials of whoever applies are sent, and in which tenant they act`,
      cure: 'take it out of the configuration: a stack of this library tells the provider its tenant and its cloud alone',
    })),
  );
}

/** By name; undefined where nothing says what it should be. */
type Expected = ReadonlyMap<string, string | undefined>;

function expectedSettings({ owner, plan, stack }: StackPlan): Expected {
  const { after, before } = registration(plan);
  // Whose stack it is, is doubted elsewhere.
  const isDoubted = before.stack !== undefined && before.stack !== stack;
  const { region, tenantId } = isDoubted ? {} : (owner?.configuration ?? {});
  const cloud = region ?? after.region;
  const facts = Object.entries(regions).find(([name]) => name === cloud)?.[1];
  return new Map([
    ['tenant_id', tenantId ?? after.tenant],
    ['environment', facts?.providerEnvironment],
  ]);
}

function doubtsOf({ key, provider, settings }: ProviderBlock, expected: Expected): string[] {
  const isOwn = provider.endsWith('/azuread');
  const second = /[.:]/.test(key) ? ['is a second configuration of one, with an alias or in a module'] : [];
  const told = [...settings].flatMap(([name, value]) => {
    if (!isOwn || !expected.has(name)) return [`is told ${name}`];
    const wanted = expected.get(name);
    if (value === undefined) return [`is told a ${name} that an expression says`];
    return wanted === undefined || value === wanted
      ? []
      : [`is told the ${name} ${shown(textOf(value) ?? JSON.stringify(value))}, and not ${wanted}`];
  });
  return [...second, ...told];
}
