import type { StackPlan } from '../stack/stack-plan';

/** The same function, which looks only once at a stack at a moment: many rules ask the same. */
export function remembered<T>(find: (stack: StackPlan, at: Date) => T): (stack: StackPlan, at: Date) => T {
  const known = new WeakMap<StackPlan, { readonly at: number; readonly found: T }>();
  return (stack, at) => {
    const last = known.get(stack);
    if (last?.at === at.getTime()) return last.found;
    const found = find(stack, at);
    known.set(stack, { at: at.getTime(), found });
    return found;
  };
}

/** The same for what does not depend on the moment. */
export function rememberedOnce<T>(find: (stack: StackPlan) => T): (stack: StackPlan) => T {
  const always = new Date(0);
  const look = remembered(find);
  return (stack) => look(stack, always);
}
