import { textOf } from '../../../plan/json-values';
import type { StackPlan } from '../../stack/stack-plan';
import { staysItself } from '../../changes/credentials';
import { applicationOf, subjectOf, whatStops } from '../../changes/wording';
import type { ReviewComplaint } from '../review-rule';

export function identifierUriRemoved(stack: StackPlan): ReviewComplaint[] {
  return removedUris(stack).map(({ application, to, uri }) => ({
    subject: subjectOf(stack, application),
    message: `the identifier URI ${uri} of ${applicationOf(stack, application)} ${to === undefined ? 'goes' : `becomes ${to}`}: ${whatStops(stack)} stops`,
    cure: 'keep it: the product asks for the scopes of the application by this name',
  }));
}

interface RemovedUri {
  readonly application: ReturnType<StackPlan['applications']['of']>;
  readonly uri: string;
  /** Undefined where none takes its place. */
  readonly to: string | undefined;
}

function removedUris({ applications, plan }: StackPlan): RemovedUri[] {
  return plan.changes
    .filter(({ deposed, managed, type }) => managed && !deposed && type === 'azuread_application_identifier_uri')
    .filter(({ effect }) => effect === 'destroy' || effect === 'replace' || effect === 'update')
    .flatMap((change) => {
      const application = applications.before(change, 'application_id');
      const uri = textOf(change.before.identifier_uri) ?? change.address;
      const to = change.effect === 'destroy' ? undefined : (textOf(change.after.identifier_uri) ?? 'another one');
      return staysItself(application) ? [{ application, uri, to }] : [];
    });
}
