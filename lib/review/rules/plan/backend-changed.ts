import { isDeepStrictEqual } from 'node:util';
import { backendAttributes } from '../../../config/backend-attributes';
import type { Configuration } from '../../../config/configuration';
import type { JsonObject } from '../../../plan/json-values';
import type { ReviewContext, StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

/** Without the files of the configuration, nothing tells where the state is: that is said beside the review. */
export function backendChanged({ plan, stack }: StackPlan, { base, configuration }: ReviewContext): ReviewComplaint[] {
  const backend = plan.written?.backend;
  const declared = (base?.configuration ?? configuration)?.backend;
  if (plan.written === undefined || declared === undefined || isDeclared(declared, stack, backend)) return [];
  return [
    {
      subject: stack,
      message: `the state of ${stack} is kept ${backend === undefined ? 'nowhere that the configuration says' : `in a backend (${backend.type}) other than the one that vb365.yaml declares (${declared.type})`}: whoever has it learns what the stack knows, and decides what the next plan sees`,
      cure: 'take the backend out of the configuration of the stack, or let a change of "backend" in vb365.yaml land on its own first',
    },
  ];
}

function isDeclared(
  declared: Configuration['backend'],
  stack: string,
  backend: { readonly type: string; readonly settings: JsonObject } | undefined,
): boolean {
  return (
    backend?.type === declared.type && isDeepStrictEqual({ ...backend.settings }, backendAttributes(declared, stack))
  );
}
