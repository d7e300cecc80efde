import type { PublishedGeneration } from '../certificates/generation';
import type { RestAccount } from '../rest/account';
import type { LineageDeclaration } from '../config/lineages';
import type { RestAddress } from '../rest/address';
import { readBackupApplications } from '../rest/backup-applications';
import { withRestSession } from '../rest/client';
import { credentialsOf, findOrganization } from '../rest/organization';
import { restTrust } from '../rest/trust';

export interface RestServer {
  readonly address: RestAddress;
  /** Generations of its certificate. */
  readonly trusted: readonly PublishedGeneration[];
  readonly account: RestAccount;
}

/** Somebody waits for the answer: `--wait` asks again. */
const LIMITS = { answerMilliseconds: 30_000, retryMilliseconds: 5_000, totalMilliseconds: 60_000 };

/**
 * The SHA-1 thumbprints that a server says it uses for a lineage, one for each of its settings; none where the organization
 * has no application, or no such backup application.
 *
 * @throws Vb365Error those of `RestClient`, `restTrust` and `findOrganization`
 */
export async function usedOverRest(
  { clientId }: Pick<LineageDeclaration, 'clientId'>,
  tenantId: string,
  { address, trusted, account }: RestServer,
): Promise<string[]> {
  const { caPem, password, username } = account;
  const connection = { address, trust: restTrust(trusted, caPem), username, password, limits: LIMITS };
  return withRestSession(connection, async (client) => {
    const organization = await findOrganization(client, tenantId);
    if (clientId === undefined) return thumbprints(credentialsOf(organization));
    const all = await readBackupApplications(client, organization);
    return thumbprints(all.filter(({ applicationId }) => applicationId === clientId.toLowerCase()));
  });
}

/** What has no certificate counts as one that nobody knows. */
function thumbprints(credentials: readonly { readonly thumbprint: string | undefined }[]): string[] {
  return credentials.map(({ thumbprint }) => thumbprint ?? 'none');
}
