import { textOf } from '../../../plan/json-values';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';
import { isWrittenBack } from '../../changes/drifted-attributes';

/** Writing back what somebody has renamed by hand is told as drift. */
export function applicationRenamed({ applications, plan }: StackPlan): ReviewComplaint[] {
  return applications.all.flatMap((application) => {
    const { address, after, before, clientId, effect, owned } = application;
    const [from, to] = [textOf(before.display_name), textOf(after.display_name)];
    if (!owned || effect !== 'update' || from === to || isWrittenBack(plan, application, 'display_name')) return [];
    return {
      subject: to ?? address,
      message: `the application ${from ?? address} (${clientId ?? 'no client id'}) is called ${to ?? 'nothing'} from now on`,
      cure: 'tell those who look for it by its name',
    };
  });
}
