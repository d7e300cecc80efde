import { regions } from '../../../catalogue/regions';
import type { ProviderBlock } from '../../../plan/plan-parts';
import { textOf } from '../../../plan/json-values';
import type { ResourceChange } from '../../../plan/plan';
import { shown } from '../../../words/shown';
import { registration, type StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

/** The stacks tell the provider its tenant and its cloud; everything else comes from the environment of whoever applies. */
export function providerConfigured(stack: StackPlan): ReviewComplaint[] {
  const expected = expectedSettings(stack);
  return providersOf(stack).flatMap((block) =>
    doubtsOf(block, expected).map((what) => ({
      subject: block.key,
      message: `the provider ${block.key} of ${stack.stack} ${what}: it decides to whom the credentials of whoever applies are sent, and in which tenant they act`,
      cure: 'take it out of the configuration: a stack of this library tells the provider its tenant and its cloud alone',
    })),
  );
}

/** Also the one that works without having been told anything. */
function providersOf({ plan, owner }: StackPlan): readonly ProviderBlock[] {
  const { providers } = plan.parts;
  const isMissing = owner !== undefined && plan.changes.some(isOfAzuread) && !providers.some(({ key }) => key === OWN);
  return isMissing ? [...providers, { key: OWN, provider: OWN, settings: new Map() }] : providers;
}

const OWN = 'azuread';

function isOfAzuread({ managed, type }: ResourceChange): boolean {
  return managed && type.startsWith(`${OWN}_`);
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
  const isOwn = provider === OWN || provider.endsWith(`/${OWN}`);
  const untold = [...expected].filter(([name, wanted]) => key === OWN && wanted !== undefined && !settings.has(name));
  const second = /[.:]/.test(key) ? ['is a second configuration of one, with an alias or in a module'] : [];
  const told = [...settings].flatMap(([name, value]) => {
    if (!isOwn || !expected.has(name)) return [`is told ${name}`];
    const wanted = expected.get(name);
    if (value === undefined) return [`is told a ${name} that an expression says`];
    return wanted === undefined || isSameText(value, wanted)
      ? []
      : [`is told the ${name} ${shown(textOf(value) ?? JSON.stringify(value))}, and not ${wanted}`];
  });
  const silent = untold.map(([name]) => `is not told its ${name}, so that the environment of whoever applies says it`);
  return [...second, ...told, ...silent];
}

/** Ids are the same in either case. */
function isSameText(value: unknown, wanted: string): boolean {
  return textOf(value)?.toLowerCase() === wanted.toLowerCase();
}
