import { ownerOfStack, registration, type ReviewContext, type StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

/** A plan names its own stack: so what it says is held against the configuration, its file and what it said before. */
export function stackUnknown(stack: StackPlan, context: ReviewContext): ReviewComplaint[] {
  const what = context.configuration === undefined ? undefined : doubtOf(stack, context);
  if (what === undefined) return [];
  const cure = 'make sure that the plan is of this stack, and that it is reviewed with its own vb365.yaml';
  return [{ subject: stack.stack, message: what, cure }] satisfies ReviewComplaint[];
}

function doubtOf({ fileName, owner, plan, stack }: StackPlan, { configuration }: ReviewContext): string | undefined {
  const before = registration(plan).before.stack;
  if (before !== undefined && before !== stack) {
    return `the plan says that it is of the stack ${stack}, and the last apply was of ${before}`;
  }
  if (owner === undefined) {
    return `vb365.yaml knows no owner of the stack ${stack}: nothing is compared with declared services, purposes and addresses`;
  }
  const isOther = fileName !== stack && ownerOfStack(configuration, fileName) !== undefined;
  return isOther ? `the plan says that it is of the stack ${stack}, and its file that it is of ${fileName}` : undefined;
}
