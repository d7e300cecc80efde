import type { Application } from '../../emulators/entra';
import { type EntraEmulator, startEntraEmulator } from '../../emulators/entra';
import { ADMINISTRATOR, type Organization, startVb365Emulator, type Vb365Emulator } from '../../emulators/vb365';
import type { KeyAndCertificate } from '../../lib/certificates/key-and-certificate';
import { certificateProfile } from '../../lib/certificates/profile';
import type { RestCertificate } from '../../lib/rest/certificate';
import type { RestConnection } from '../../lib/rest/client';
import type { RestLimits } from '../../lib/rest/limits';
import { restTrust } from '../../lib/rest/trust';
import { testKey } from './openssl';
import { later, selfSigned } from './self-signed';

/** Both emulators, an organization with its application, and the certificates that they go by. */
export interface Vb365House {
  readonly entra: EntraEmulator;
  readonly vb365: Vb365Emulator;
  readonly tenantId: string;
  readonly application: Application;
  readonly organization: Organization;
  /** What the REST API shows. */
  readonly restApi: KeyAndCertificate;
  /** In Entra, and what the product uses from the start. */
  readonly first: KeyAndCertificate;
  /** In Entra, and not installed yet. */
  readonly second: KeyAndCertificate;
  /** Entra does not know it. */
  readonly stranger: KeyAndCertificate;
  close(): Promise<void>;
}

/** Patient enough for a busy machine, and short enough for a test that waits for the end. */
export const shortLimits: RestLimits = {
  connectMilliseconds: 10_000,
  answerMilliseconds: 15_000,
  retryMilliseconds: 10_000,
  replicationMilliseconds: 1_000,
  pauseMilliseconds: 20,
  totalMilliseconds: 30_000,
};

const tenantId = '11111111-1111-4111-8111-111111111111';

export async function startHouse(): Promise<Vb365House> {
  const entra = await startEntraEmulator();
  const [first, second, stranger] = [1, 2, 3].map(certificateForEntra);
  const restApi = certificateForRest(['localhost', '127.0.0.1']);
  if (!first || !second || !stranger) throw new TypeError('three certificates were to be made');
  const application = entra.directory.addApplication(tenantId, { displayName: 'VB365 contoso' });
  entra.directory.addServicePrincipal(tenantId, application.appId);
  for (const { certificate } of [first, second]) {
    entra.directory.addKeyCredential(tenantId, application.appId, certificate);
  }
  const vb365 = await startVb365Emulator({ entra, certificate: restApi });
  const organization = vb365.addOrganization({
    name: 'contoso',
    tenantId,
    applicationId: application.appId,
    certificate: first,
  });
  return {
    entra,
    vb365,
    tenantId,
    application,
    organization,
    restApi,
    first,
    second,
    stranger,
    close: async () => {
      await vb365.close();
      await entra.close();
    },
  };
}

/** A certificate of an Entra application; another one for each number of days. */
export function certificateForEntra(daysOld: number): KeyAndCertificate {
  return withKey(selfSigned({ notBefore: later(new Date(), -86_400 * daysOld) }));
}

/** A certificate of a REST API, self-signed. */
export function certificateForRest(hosts: readonly string[], notBefore = later(new Date(), -3600)): KeyAndCertificate {
  return withKey(
    selfSigned({ profile: certificateProfile('rest-api', { commonName: hosts[0] ?? '', hosts }), notBefore }),
  );
}

function withKey(certificate: KeyAndCertificate['certificate']): KeyAndCertificate {
  return { certificate, privateKey: testKey('rsa-2048'), chain: [] };
}

/** As the keystore would give it. */
export function asRestCertificate(
  { certificate, chain, privateKey }: KeyAndCertificate,
  label = '0001',
  lineage = 'contoso/entra-application',
): RestCertificate {
  return { lineage, generation: { label, certificate, chain }, openKey: () => Promise.resolve(privateKey) };
}

/** The administrator's way to the REST API of a house. */
export function connectionTo(
  { vb365, restApi }: Pick<Vb365House, 'vb365' | 'restApi'>,
  parts: Partial<RestConnection> = {},
): RestConnection {
  return {
    address: { hostName: 'localhost', port: vb365.port },
    trust: restTrust([{ label: '0001', certificate: restApi.certificate }]),
    username: ADMINISTRATOR.username,
    password: ADMINISTRATOR.password,
    limits: shortLimits,
    ...parts,
  };
}
