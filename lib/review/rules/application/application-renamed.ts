import { textOf } from '../../../plan/json-values';
import type { ReviewRule } from '../review-rule';
import { isWrittenBack } from '../../changes/drifted-attributes';

/** Writing back what somebody has renamed by hand is told as drift. */
export const applicationRenamed: ReviewRule = {
  id: 'application-renamed',
  severity: 'note',
  adjustable: true,
  sentence: 'an application gets another name: only people see it, everything else goes by the client id',
  source: 'https://learn.microsoft.com/entra/identity-platform/app-objects-and-service-principals',
  check({ applications, plan }) {
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
  },
};
