import { ownerOf } from '../../catalogue/lineage-name';
import type { JudgedGeneration } from '../keystore-changes';
import type { ReviewContext, StackPlan } from '../stack/stack-plan';

/** Those of the owner of a stack that the protected branch does not have; a stack of consents leaves them to the owner's own. */
export function newGenerationsOfStack(
  { owner, stack }: StackPlan,
  { base }: ReviewContext,
): readonly JudgedGeneration[] {
  if (owner?.configuration.name !== stack) return [];
  return (base?.changes.generations ?? []).filter(({ generation }) => ownerOf(generation.lineage) === stack);
}

/** Those that are what they seem to be: of others, that they are not is told, and nothing else. */
export function followingGenerations(stack: StackPlan, context: ReviewContext): readonly JudgedGeneration[] {
  return newGenerationsOfStack(stack, context).filter(({ complaints }) => complaints.length === 0);
}

/** `contoso/entra-application 0002` */
export function nameOf({ generation: { label, lineage } }: JudgedGeneration): string {
  return `${lineage} ${label}`;
}
