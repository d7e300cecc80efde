import type { Configuration } from '../../config/configuration';
import { type LineageDeclaration, lineagesOf } from '../../config/lineages';
import { Vb365Error } from '../../errors';
import { installBackupApplicationByRest, installByRest, type RestInstallation } from './install-by-rest';
import type { InstallationPlan } from '../installation-plan';
import type { InstallAnswer } from '../powershell/install-answer';
import type { RestAccount } from '../../rest/account';
import { parseRestAddress, type RestAddress } from '../../rest/address';
import type { RestBackupApplication } from '../../rest/backup-applications';
import type { RestCertificate } from '../../rest/certificate';
import type { RestConnection } from '../../rest/client';
import { restTrust } from '../../rest/trust';
import { type Generation, Keystore } from '../../keystore/keystore';
import { openPrivateKey } from '../../keystore/sealing/private-key';
import { chooseGeneration } from '../../lifecycle/choose-generation';

/** What a server says, and the lineages whose certificates it has replaced with that one. */
interface RestAnswer extends InstallAnswer {
  readonly also: readonly string[];
}

/** Who signs in to which REST API. */
export interface RestAccess extends Pick<RestConnection, 'onWait'> {
  /** Holds the password: secret. */
  readonly account: RestAccount;
  /** `https://vb365.example.com:4443` @default what the installation declares */
  readonly server?: string | undefined;
}

interface Options {
  readonly rest: () => RestAccess;
  /** Secret. */
  readonly identities: readonly string[];
  readonly whatIf?: boolean;
}

/** Installs the certificate of an organization, or of one of its backup applications, through the REST API. */
export async function installOverRest(
  configuration: Configuration,
  plan: InstallationPlan,
  generation: Generation,
  options: Options,
): Promise<RestAnswer> {
  const { declaration, clientId } = plan;
  const keystore = new Keystore(configuration.keystore);
  const connection = connectionTo(keystore, plan, options.rest());
  const tenantId = configuration.organizations.find(({ name }) => name === declaration.owner)?.tenantId ?? '';
  const certificateOf = (one: Generation): RestCertificate => ({
    lineage: one.lineage,
    generation: one,
    openKey: () => openPrivateKey(one, options.identities),
  });
  const common = { tenantId, dryRun: options.whatIf === true };
  if (declaration.clientId === undefined) {
    const certificate = certificateOf(generation);
    const chosen = clientId === undefined ? {} : { clientId };
    return answerOf(await installByRest(connection, { ...common, certificate, ...chosen }), common.dryRun);
  }
  const others: RestBackupApplication[] = [];
  for (const other of otherBackupApplications(configuration, declaration)) {
    const current = await chooseGeneration(keystore, other, undefined);
    others.push({ clientId: other.clientId ?? '', certificate: certificateOf(current) });
  }
  const backupApplication = { clientId: declaration.clientId, certificate: certificateOf(generation) };
  const wanted = { ...common, backupApplication, others };
  return answerOf(await installBackupApplicationByRest(connection, wanted), common.dryRun);
}

function connectionTo(
  keystore: Keystore,
  { installation }: InstallationPlan,
  { account: { caPem, password, username }, onWait, server }: RestAccess,
): RestConnection {
  const generations = installation === undefined ? [] : keystore.generations(`${installation.name}/rest-api`);
  return {
    username,
    password,
    address: addressOf(installation, server),
    trust: restTrust(generations, caPem),
    ...(onWait && { onWait }),
  };
}

function addressOf(installation: InstallationPlan['installation'], server: string | undefined): RestAddress {
  if (server !== undefined) return parseRestAddress(server);
  if (installation?.restApi !== undefined) return installation.restApi;
  throw new Vb365Error('install-rest-without-rest-api', {
    subject: installation?.name ?? 'installation',
    message: `the installation ${installation?.name ?? ''} declares no restApi, and --server is not given`,
    cure: 'declare restApi in the configuration, or give --server https://<host>:<port>',
  });
}

function otherBackupApplications(configuration: Configuration, declaration: LineageDeclaration): LineageDeclaration[] {
  return lineagesOf(configuration).filter(
    ({ owner, name, clientId }) => owner === declaration.owner && name !== declaration.name && clientId !== undefined,
  );
}

/** The first one that differs is what was there before; an organization has up to two settings, which mostly agree. */
function answerOf({ before, thumbprint, changed, also }: RestInstallation, dryRun: boolean): RestAnswer {
  const was = (before.find((one) => one.thumbprint !== thumbprint) ?? before[0])?.thumbprint ?? null;
  return { before: was, after: dryRun ? was : thumbprint, changed, also };
}
