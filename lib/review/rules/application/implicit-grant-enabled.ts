import { objectsOf } from '../../../plan/json-values';
import type { JsonObject } from '../../../plan/json-values';
import type { ReviewRule } from '../review-rule';
import { listed } from '../../changes/wording';

export const implicitGrantEnabled: ReviewRule = {
  id: 'implicit-grant-enabled',
  severity: 'warn',
  adjustable: true,
  sentence: 'tokens are given out in the address of a page (implicit grant), where histories and logs keep them',
  source: 'https://learn.microsoft.com/entra/identity-platform/v2-oauth2-implicit-grant-flow',
  check({ applications }) {
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
  },
};

const TOKENS = [
  ['access_token_issuance_enabled', 'access tokens'],
  ['id_token_issuance_enabled', 'ID tokens'],
] as const;

function isOn({ web }: JsonObject, attribute: string): boolean {
  return objectsOf(web).some(({ implicit_grant: grant }) =>
    objectsOf(grant).some((block) => block[attribute] === true),
  );
}
