import { objectOf, textOf, textsOf } from '../../../plan/json-values';
import type { ResourceChange } from '../../../plan/plan';
import { shown } from '../../../words/shown';
import { staysItself } from '../../changes/credentials';
import { applicationOf, subjectOf } from '../../changes/wording';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

export function identifierUriAdded(stack: StackPlan): ReviewComplaint[] {
  return stack.plan.changes.flatMap((change) => {
    const application =
      change.type === RESOURCE ? stack.applications.of(change, 'application_id') : stack.applications.at(change);
    if (!staysItself(application)) return [];
    const own = application?.clientId === undefined ? undefined : `api://${application.clientId}`;
    return addedIdentifierUris(change)
      .filter((uri) => uri !== own)
      .map((uri) => ({
        subject: subjectOf(stack, application),
        message: `${applicationOf(stack, application)} gets the identifier URI ${shown(uri)}, which is not api:// and its client id: tokens for whoever is known by that name are for it from now on`,
        cure: 'leave it out: the constructs of this library use api:// and the client id',
      }));
  });
}

const RESOURCE = 'azuread_application_identifier_uri';

/** As far as they are known before the apply. */
export function addedIdentifierUris(change: ResourceChange): string[] {
  const { after, before, effect, managed, type } = change;
  if (!managed || (effect !== 'create' && effect !== 'update' && effect !== 'replace')) return [];
  const [was, willBe] =
    type === RESOURCE
      ? [[textOf(before.identifier_uri)], [textOf(after.identifier_uri)]]
      : type === 'azuread_application'
        ? [textsOf(objectOf(before).identifier_uris), textsOf(after.identifier_uris)]
        : [[], []];
  return willBe.filter((uri) => uri !== undefined).filter((uri) => !was.includes(uri));
}
