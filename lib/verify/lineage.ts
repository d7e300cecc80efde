import { parseWebAddress } from '../addresses/web-address';
import { roles } from '../catalogue/roles';
import type { InstallationConfiguration, OrganizationConfiguration } from '../config/configuration';
import { type LineageDeclaration, lineagesOf } from '../config/lineages';
import { Vb365Error } from '../errors';
import type { Generation, Keystore } from '../keystore/keystore';
import { warnAboutExported } from '../lifecycle/attention';
import { awaitingAnswer } from '../lifecycle/import/awaiting-answer';
import { missingFinding } from '../lifecycle/issue/missing';
import { judgeLineage } from '../lifecycle/judgement';
import { readGenerations, type ReadLineage } from '../lifecycle/read-generations';
import { isFinding, readWholeLineage } from '../lifecycle/read-whole-lineage';
import { checkEntra, type EntraContext } from './entra';
import { expectedApplication } from './expected';
import { type Check, failedCheck, looked, notLookedAt, type VerifiedLineage } from './report';
import { judgeRest } from './rest';
import type { RestAccount } from '../rest/account';
import { usedOverRest } from './rest-look';
import { judgeServed, type KnownLineage } from './served';
import { lookAtTls, type TlsAddress } from './tls';

export interface VerifyContext extends EntraContext {
  readonly keystore: Keystore;
  /** Client id of the application of a lineage; undefined where nobody knows it. */
  readonly clientIdOf: (declaration: LineageDeclaration, declared: string | undefined) => Promise<string | undefined>;
  /** For the REST APIs of the installations; undefined where none is given. Secret. */
  readonly restAccount: RestAccount | undefined;
}

/** Looks at everything that uses a lineage. Nothing that a system answers is thrown: it becomes a finding of its check. */
export async function verifyLineage(
  declaration: LineageDeclaration,
  context: VerifyContext,
  at: Date,
): Promise<VerifiedLineage> {
  const { name: lineage, owner, role } = declaration;
  const generations = readWholeLineage(context.keystore, lineage);
  const current = isFinding(generations) ? undefined : generations.at(-1);
  const row = {
    ...{ lineage, owner, role },
    generation: current?.label ?? null,
    thumbprint: current?.certificate.thumbprint ?? null,
  };
  if (isFinding(generations) || current === undefined) {
    return { ...row, checks: [withoutCertificate(declaration, context.keystore, generations)] };
  }
  const known = { declaration, generations };
  const entra = roles[role].boundToEntra ? await entraChecks(known, current, context, at) : [];
  const seen = [...entra, ...(await productChecks(known, context, at))];
  return { ...row, checks: [...seen, ...keptChecks(known, seen, at)] };
}

/**
 * What the keystore alone tells: that what is in use is not what the configuration asks for. What the calendar says is told where
 * nothing that uses the certificate could be looked at.
 */
function keptChecks(known: ReadLineage, seen: readonly Check[], at: Date): Check[] {
  const { findings, state } = judgeLineage(known, at);
  if (state === 'unfit') {
    const errors = findings.filter(({ severity }) => severity === 'error');
    return [
      { kind: 'keystore', where: null, result: 'differs', detail: 'not what vb365.yaml asks for', findings: errors },
    ];
  }
  const isSeen = seen.some(({ result }) => result !== 'not-looked-at');
  const current = known.generations.at(-1);
  if (isSeen || current === undefined) return [];
  const warnings = warnAboutExported(known.declaration, { ...current, isSuperseded: false }, at);
  return warnings.map((finding) => ({
    kind: 'keystore',
    where: null,
    result: 'differs',
    detail: state,
    findings: [finding],
  }));
}

function withoutCertificate(
  declaration: LineageDeclaration,
  keystore: Keystore,
  generations: ReturnType<typeof readWholeLineage>,
): Check {
  const finding = isFinding(generations)
    ? generations
    : awaitingAnswer(missingFinding(declaration), declaration.name, keystore.folder);
  const kind = roles[declaration.role].boundToEntra ? 'sign-in' : 'server';
  const detail = isFinding(generations) ? 'the keystore cannot be read' : 'the keystore has no certificate';
  return { kind, where: null, result: 'failed', detail, findings: [finding] };
}

async function entraChecks(
  {
    declaration,
    generations,
  }: { readonly declaration: LineageDeclaration; readonly generations: readonly Generation[] },
  current: Generation,
  context: VerifyContext,
  at: Date,
): Promise<Check[]> {
  const expected = expectedApplication(context.configuration, declaration);
  if (expected === undefined) return [];
  const clientId = await context.clientIdOf(declaration, expected.clientId);
  if (clientId === undefined) return [clientIdUnknown(declaration)];
  return checkEntra({ declaration, expected, clientId, generations, current }, context, at);
}

function clientIdUnknown({ name, owner }: LineageDeclaration): Check {
  const error = new Vb365Error('verify-client-id-unknown', {
    subject: name,
    message: `the client id of the application of ${name} is not known: its stack was not deployed from this folder`,
    cure: `run "npx cdktf deploy ${owner}" here, or give --client-id ${name}=<client id>`,
  });
  return { ...failedCheck('sign-in', null, name, error), detail: 'the client id is not known' };
}

async function productChecks(known: KnownLineage, context: VerifyContext, at: Date): Promise<Check[]> {
  const { declaration } = known;
  const { installations, organizations } = context.configuration;
  switch (declaration.role) {
    case 'rest-api': {
      const { restApi } = installationOf(installations, declaration.owner) ?? {};
      return restApi === undefined
        ? []
        : [await checkTls(known, undefined, { ...restApi, host: restApi.hostName }, at)];
    }
    case 'restore-portal': {
      const { restorePortal } = installationOf(installations, declaration.owner) ?? {};
      const { hostName: host, port } = parseWebAddress(restorePortal?.webAddress ?? '');
      if (host === undefined || port === undefined) return [];
      return [await checkTls(known, restApiOf(declaration.owner, context), { host, port }, at)];
    }
    case 'entra-application': {
      const organization = organizations.find(({ name }) => name === declaration.owner);
      return [await checkRest(known, organization, context)];
    }
    case 'data-cloud':
      return [notLookedAt('server', null, 'Veeam Data Cloud shows it on its page SSL Certificate, to people only')];
    case 'server':
    case 'tenant-authentication':
    case 'restore-operator-authentication': {
      const { getCmdlet = '' } = roles[declaration.role];
      return [notLookedAt('server', getCmdlet, `only the server shows it: run ${getCmdlet} there`)];
    }
  }
}

function installationOf(
  installations: readonly InstallationConfiguration[],
  owner: string,
): InstallationConfiguration | undefined {
  return installations.find(({ name }) => name === owner);
}

/** The portal is served by the REST API service, with the certificate of the one or of the other. */
function restApiOf(owner: string, { configuration, keystore }: VerifyContext): KnownLineage | undefined {
  const declaration = lineagesOf(configuration).find(({ name }) => name === `${owner}/rest-api`);
  return declaration && { declaration, generations: readGenerations(keystore, declaration.name) };
}

async function checkTls(
  lineage: KnownLineage,
  orElse: KnownLineage | undefined,
  { host, port }: TlsAddress,
  at: Date,
): Promise<Check> {
  const address = { host, port };
  const where = `${host}:${port}`;
  try {
    const served = await lookAtTls(address);
    const { detail, findings } = judgeServed({ lineage, orElse, address, served, at });
    return looked({ kind: 'tls', where, detail }, findings);
  } catch (error) {
    if (error instanceof Vb365Error) return failedCheck('tls', where, lineage.declaration.name, error);
    throw error;
  }
}

async function checkRest(
  known: KnownLineage,
  organization: OrganizationConfiguration | undefined,
  context: VerifyContext,
): Promise<Check> {
  const { declaration } = known;
  const installation = installationOf(context.configuration.installations, organization?.installation ?? '');
  const { keystore, restAccount } = context;
  if (restAccount === undefined || organization === undefined || installation?.restApi === undefined) {
    return notLookedAt('rest', null, whyNotAsked(declaration, installation));
  }
  const { hostName, port } = installation.restApi;
  const where = `${hostName}:${port}`;
  try {
    const trusted = readGenerations(keystore, `${installation.name}/rest-api`);
    const server = { address: { hostName, port }, trusted, account: restAccount };
    return judgeRest(known, where, await usedOverRest(declaration, organization.tenantId, server));
  } catch (error) {
    if (error instanceof Vb365Error) return failedCheck('rest', where, declaration.name, error);
    throw error;
  }
}

function whyNotAsked(
  { clientId, role }: LineageDeclaration,
  installation: InstallationConfiguration | undefined,
): string {
  const { backupApplication, getCmdlet = '' } = roles[role];
  const cmdlet = clientId === undefined ? getCmdlet : (backupApplication?.getCmdlet ?? getCmdlet);
  const orRest = installation?.restApi === undefined ? '' : ', or set VB365_REST_USERNAME and VB365_REST_PASSWORD';
  return `which one the server uses: run ${cmdlet} there${orRest}`;
}
