import type { KeyObject } from 'node:crypto';
import { microsoftsPageOf, stepText } from '../catalogue/sign-in-errors';
import type { Configuration } from '../config/configuration';
import type { LineageDeclaration } from '../config/lineages';
import { Vb365Error } from '../errors';
import type { KeystoreHistory, UnknownHistory } from '../keystore/history';
import type { Generation } from '../keystore/keystore';
import { openPrivateKey } from '../keystore/sealing/private-key';
import { explain } from '../lifecycle/explain/explain';
import { counted } from '../words/counted';
import { shortList } from '../words/lists';
import { shown } from '../words/shown';
import { type ReadApplication, readApplication, readNamesakes } from './application';
import type { Cloud, Clouds } from './cloud';
import { lookAtConsent, type Witnesses } from './consent/look-at-consent';
import { judgeCredentials, judgeCurrent } from './credentials';
import type { ExpectedApplication } from './expected';
import type { Network } from './network';
import { type ReaderAccount, readerToken } from './reader';
import { judgeRegistration } from './registration';
import { type Check, type Complaint, failedCheck, looked, notLookedAt } from './report';
import { signIn, type SignIn, type SignInRequest } from './sign-in';

/** More would hide the rest of the message. */
const MOST_NAMED = 5;

/** What looks at Entra share. */
export interface EntraContext {
  readonly configuration: Configuration;
  readonly network: Network;
  readonly clouds: Clouds;
  /** `AGE-SECRET-KEY-…`; none where this machine has no identity. Secret. */
  readonly identities: readonly string[];
  /** The account of Terraform, where the environment has one. */
  readonly reader: ReaderAccount | undefined;
  /** What Git knows of the keystore; read when it is first asked for. */
  readonly history: () => KeystoreHistory | UnknownHistory;
}

/** An application with the lineage whose certificates it shall hold. */
export interface EntraSubject {
  readonly declaration: LineageDeclaration;
  readonly expected: ExpectedApplication;
  readonly clientId: string;
  /** Oldest first; at least one. */
  readonly generations: readonly Generation[];
  readonly current: Generation;
}

/**
 * Three looks: the sign-in with the current certificate; what Entra keeps of the application, read with the token of the
 * sign-in, or by the account of Terraform where that may not; and what is granted to it.
 */
export async function checkEntra(subject: EntraSubject, context: EntraContext, at: Date): Promise<Check[]> {
  const { declaration, expected, clientId } = subject;
  const { network, reader } = context;
  const cloud = await attempt(() => context.clouds.of(expected.region));
  if (cloud instanceof Vb365Error) return [failedCheck('sign-in', null, declaration.name, cloud)];
  const { check, own, isRefused } = await checkSignIn(subject, cloud, context, at);
  let token: Promise<string> | undefined;
  const readerOnce = reader && (() => (token ??= readerToken(reader, cloud, expected.tenantId, network)));
  const witnesses: Witnesses = { own, reader: readerOnce };
  const read = await attempt(() => readBy(witnesses, subject, cloud, network));
  const current = isRefused ? [] : judgeCurrent(declaration, subject.current, at);
  const application =
    read instanceof Vb365Error
      ? failedCheck('application', clientId, declaration.name, read)
      : judgeApplication(read, subject, current, context, at);
  // What is not there, or does not answer, is told once.
  const isTold = read instanceof Vb365Error ? read.code === 'verify-unreachable' : read.application === 'missing';
  if (isTold) return [check, application];
  const seen = await lookAtConsent({ declaration, clientId, expected: expected.consent }, witnesses, cloud, network);
  // Why nobody could read it is told already.
  const isExplained = seen.result === 'not-known' && (application.result === 'failed' || (!own && !reader));
  const consent = isExplained ? { ...seen, findings: [] } : seen;
  const isSeen = [check, application, consent].some(({ result }) => !result.startsWith('not-'));
  return isSeen ? [check, application, consent] : [check, nothingLookedAt(subject, application.detail)];
}

interface CheckedSignIn {
  readonly check: Check;
  /** Undefined where nobody has signed in. */
  readonly own?: Witnesses['own'];
  readonly isRefused: boolean;
}

async function checkSignIn(
  subject: EntraSubject,
  cloud: Cloud,
  { configuration, identities, network }: EntraContext,
  at: Date,
): Promise<CheckedSignIn> {
  const { declaration, expected, clientId, current } = subject;
  const { host } = new URL(cloud.login);
  const why =
    current.keyElsewhere === true
      ? 'its private key is kept outside of the keystore'
      : identities.length === 0
        ? 'this machine has no identity that opens the private key'
        : undefined;
  if (why !== undefined) return { check: notLookedAt('sign-in', host, why), isRefused: false };
  const done = await attempt(async (): Promise<{ request: SignInRequest; answer: SignIn }> => {
    const privateKey: KeyObject = await openPrivateKey(current, identities);
    const proof = { certificate: current.certificate, privateKey };
    const request = { cloud, tenantId: expected.tenantId, clientId, proof };
    return { request, answer: await signIn(request, network) };
  });
  if (done instanceof Vb365Error) {
    return { check: failedCheck('sign-in', host, declaration.name, done), isRefused: false };
  }
  const check = { kind: 'sign-in' as const, where: host };
  const { answer, request } = done;
  if ('token' in answer) {
    const detail = `signed in with the current ${current.label}`;
    return { check: looked({ ...check, detail }, []), own: { request, token: answer.token }, isRefused: false };
  }
  const detail = `refused with AADSTS${answer.refusedWith}`;
  const finding = refused(subject, answer.refusedWith, configuration, at);
  return { check: looked({ ...check, detail }, [finding]), isRefused: true };
}

/** The explanation of `vb365 explain`, of the code and what is known here; nothing of what Entra said goes in. */
function refused(subject: EntraSubject, code: number, configuration: Configuration, at: Date): Complaint {
  const { declaration, clientId, current, generations } = subject;
  const said = `AADSTS${code}: Thumbprint of key used by client: '${current.certificate.thumbprint}', '${clientId}'`;
  const lineages = [{ name: declaration.name, declaration, generations }];
  const [explanation] = explain(said, { configuration, lineages }, at);
  const why = [explanation?.meaning, explanation?.causes[0]].filter((text) => typeof text === 'string');
  const steps = explanation?.steps ?? [];
  return {
    id: 'verify-sign-in-refused',
    severity: 'error',
    subject: declaration.name,
    message: [`Entra refuses the sign-in of ${clientId} with AADSTS${code}`, ...why].join(': '),
    cure: steps.length === 0 ? `see ${microsoftsPageOf(code)}` : steps.slice(0, 2).map(stepText).join('; '),
  };
}

/** What was read of an application, and who else has its name. */
interface ReadBy {
  readonly application: ReadApplication | 'nobody';
  /** Client ids. */
  readonly namesakes: readonly string[];
}

async function readBy(
  { own, reader }: Witnesses,
  { clientId, expected }: EntraSubject,
  cloud: Cloud,
  network: Network,
): Promise<ReadBy> {
  const readWith = async (given: string): Promise<ReadBy> => {
    const application = await readApplication(cloud, clientId, given, network);
    const isLost = typeof application === 'string' || !expected.isOwned;
    const { displayName } = isLost ? { displayName: '' } : application;
    return { application, namesakes: await readNamesakes(cloud, { clientId, displayName }, given, network) };
  };
  const byItself: ReadBy = own === undefined ? { application: 'nobody', namesakes: [] } : await readWith(own.token);
  const isRead = byItself.application !== 'nobody' && byItself.application !== 'forbidden';
  return isRead || reader === undefined ? byItself : readWith(await reader());
}

function judgeApplication(
  { application: read, namesakes }: ReadBy,
  subject: EntraSubject,
  current: readonly Complaint[],
  { history, reader }: EntraContext,
  at: Date,
): Check {
  const { clientId, declaration, expected, generations } = subject;
  const check = { kind: 'application' as const, where: clientId };
  if (read === 'nobody' || read === 'forbidden') {
    const why = whyNotRead(read, reader !== undefined);
    return current.length === 0
      ? notLookedAt('application', clientId, why)
      : looked({ ...check, detail: why }, current);
  }
  if (read === 'missing') {
    return looked({ ...check, detail: 'not there' }, [...current, applicationMissing(subject)]);
  }
  const { isOwned } = expected;
  const findings = [
    ...current,
    ...judgeCredentials({ declaration, generations, seen: read.credentials, isOwned, clientId, history, at }),
    ...judgeRegistration(declaration, expected, clientId, read),
    ...(namesakes.length === 0 ? [] : [applicationRepeated(subject, read.displayName, namesakes)]),
  ];
  const uris = Object.values(read.redirectUris).flat().length;
  const counts = [
    count(read.credentials.length, 'certificate'),
    count(uris, 'redirect URI'),
    count(read.permissions.length, 'permission'),
  ];
  return looked({ ...check, detail: counts.join(', ') }, findings);
}

function whyNotRead(read: 'nobody' | 'forbidden', hasReader: boolean): string {
  if (hasReader) return 'the account of ARM_CLIENT_ID may not read applications: grant it Application.Read.All';
  const why = read === 'nobody' ? 'nobody has signed in who could read it' : 'the application may not read itself';
  return `${why}: give the environment of Terraform, ARM_CLIENT_ID and what goes with it`;
}

function applicationMissing({ clientId, declaration, expected }: EntraSubject): Complaint {
  return {
    id: 'verify-application-missing',
    severity: 'error',
    subject: declaration.name,
    message: `the tenant ${expected.tenantId} has no application with the client id ${clientId}`,
    cure: `deploy it with "npx cdktf deploy ${declaration.owner}", wait for replication with --wait, or correct the client id`,
  };
}

/** A plan whose state was lost makes one, and the product goes on with the other. */
function applicationRepeated({ declaration }: EntraSubject, name: string, namesakes: readonly string[]): Complaint {
  return {
    id: 'application-repeated',
    severity: 'warning',
    subject: declaration.name,
    message: `the tenant has ${counted(namesakes.length, 'other application')} named ${shown(name)}: ${shortList(namesakes, MOST_NAMED)}; where a state was lost, the product may still sign in as that one`,
    cure: `find out which one the product uses; where it is the other, remove this one in Entra and run "vb365 recover ${declaration.owner} --client-id ${namesakes[0] ?? ''}"`,
  };
}

function nothingLookedAt({ clientId, declaration }: EntraSubject, why: string): Check {
  const finding: Complaint = {
    id: 'verify-nothing-looked-at',
    severity: 'error',
    subject: declaration.name,
    message: `nothing of ${declaration.name} could be looked at in Entra`,
    cure: 'set VB365_IDENTITY to an identity, or give the environment of Terraform: ARM_CLIENT_ID and what goes with it',
  };
  return looked({ kind: 'application', where: clientId, detail: why }, [finding], 'failed');
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** What comes out, or the error of this library that kept it from coming out. */
async function attempt<T>(work: () => Promise<T>): Promise<T | Vb365Error> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Vb365Error) return error;
    throw error;
  }
}
