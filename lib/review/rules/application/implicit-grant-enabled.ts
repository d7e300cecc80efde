import type { JsonObject } from '../../../plan/json-values';
import { valueAt } from '../../stack/changed-attributes';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';
import { listed } from '../../changes/wording';

export function implicitGrantEnabled({ applications }: StackPlan): ReviewComplaint[] {
  return applications.all
    .filter(({ effect, owned }) => owned && (effect === 'create' || effect === 'update'))
    .flatMap(({ after, before, displayName }) => {
      const tokens = TOKENS.filter(([attribute]) => isOn(after, attribute) && !isOn(before, attribute));
      if (tokens.length === 0) return [];
      return {
        subject: displayName,
        message: `the implicit grant of ${listed(tokens.map(([, name]) => name))} is switched on for the application ${displayName}: tokens stand in addresses, which histories and logs keep`,
        cure: 'leave it off: Restore Portal signs in with the authorization code flow',
      };
    });
}

const TOKENS = [
  ['access_token_issuance_enabled', 'access tokens'],
  ['id_token_issuance_enabled', 'ID tokens'],
] as const;

function isOn(values: JsonObject, attribute: string): boolean {
  return valueAt(values, `web.implicit_grant.${attribute}`) === true;
}
