import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EntraEmulator } from '../emulators/entra';
import { type IssuedCertificate, issueSelfSigned } from '../lib/certificates/issue';
import { certificateProfile } from '../lib/certificates/profile';
import type { Configuration } from '../lib/config/configuration';
import { readConfiguration } from '../lib/config/read-configuration';
import { Keystore } from '../lib/keystore/keystore';
import { readPlan } from './planned-changes';
import { command, type Progress, type Say } from './progress';
import type { SignInResult } from './sign-in-protocol';
import { type Signer, signersOf } from './signers';
import type { ExportedCertificate, Stage } from './stage';

/** How many steps `play` takes. */
export const STEPS = 8;

const DAY = 86_400_000;
const VALIDITY_DAYS = 365;

/** The organization whose certificate is renewed. */
const RENEWED = 'contoso';

/** From an empty folder to a renewed certificate that signs in, and to one that does not. */
export async function play(stage: Stage, progress: Progress): Promise<void> {
  const now = new Date();
  const entra = await progress.step('Start an emulator of Microsoft Entra', async (say) => {
    const emulator = await stage.startEntra();
    say(`${emulator.url} answers like Microsoft Graph and Entra's sign-in.`);
    return emulator;
  });
  const configuration = await progress.step('Issue the certificates of the sample', (say) => issue(stage, say));
  const expired = await progress.step('Give a tenant an application that somebody made by hand long ago', (say) =>
    seed(entra, configuration, now, say),
  );
  await progress.step('Deploy every stack: applications, permissions, consent, certificates', (say) =>
    deploy(stage, entra, configuration, say),
  );
  const signers = signersOf(configuration, entra);
  const signer = (owner: string): Signer => find(signers, (candidate) => candidate.owner === owner);
  await progress.step("Sign in with each certificate, by Microsoft's own library", (say) =>
    signInWithEach(stage, signers, say),
  );
  await progress.step(`Renew the certificate of ${RENEWED}`, (say) => renew(stage, signer(RENEWED), now, say));
  await progress.step('Review the renewal, then deploy it: both certificates sign in', (say) =>
    deployRenewal(stage, signer(RENEWED), say),
  );
  await progress.step('Sign in with certificates that must not work', (say) =>
    signInInVain(stage, signer(expired.owner), expired.certificate, now, say),
  );
}

async function issue(stage: Stage, say: Say): Promise<Configuration> {
  await stage.vb365('init');
  say(command('vb365 init'), 'An identity, the list of those who can open private keys, and the sample vb365.yaml.');
  await stage.vb365('issue');
  const configuration = readConfiguration(join(stage.repository, 'vb365.yaml'));
  say(command('vb365 issue'));
  for (const lineage of new Keystore(configuration.keystore).lineages()) say(`  keystore/${lineage}/0001.crt`);
  say('Beside each lies its private key, sealed: both belong in Git.');
  return configuration;
}

/** The organization whose application exists, and the certificate that its application had. */
async function seed(
  { directory }: EntraEmulator,
  { organizations }: Configuration,
  now: Date,
  say: Say,
): Promise<{ readonly owner: string; readonly certificate: IssuedCertificate }> {
  const { application, name, tenantId } = find(organizations, (candidate) => 'clientId' in candidate.application);
  const appId = 'clientId' in application ? application.clientId : '';
  const displayName = `VB365 ${name}, made in the wizard`;
  directory.addApplication(tenantId, { appId, displayName });
  directory.addServicePrincipal(tenantId, appId);
  const certificate = await newCertificate(displayName, new Date(now.getTime() - (VALIDITY_DAYS + 30) * DAY));
  directory.addKeyCredential(tenantId, appId, certificate.certificate);
  say(`"${displayName}", client id ${appId}.`);
  say(
    `Its only certificate expired on ${day(certificate.certificate.notAfter)}; since then no backup of ${name} signs in.`,
  );
  return { owner: name, certificate };
}

async function deploy(stage: Stage, entra: EntraEmulator, configuration: Configuration, say: Say): Promise<void> {
  await stage.deploy('*');
  say(command("cdktf deploy '*' --auto-approve"));
  for (const { owner, tenantId } of signersOf(configuration, entra)) {
    const [application] = entra.directory.tenant(tenantId).applications.all();
    const count = application?.keyCredentials.length ?? 0;
    const certificates = count === 1 ? '1 certificate' : `${count} certificates: what was there has stayed`;
    say(`  ${owner.padEnd(12)}"${application?.displayName ?? ''}", ${certificates}`);
  }
  refusePrivateKeys(stage);
  say('Each stack has a state of its own. Neither the states nor the Terraform in cdktf.out hold a private key.');
}

async function signInWithEach(stage: Stage, signers: readonly Signer[], say: Say): Promise<void> {
  const requests = await Promise.all(
    signers.map(async (signer) => ({ ...signer, ...(await stage.export(signer.lineage, '0001')) })),
  );
  say(command('vb365 export <lineage> --generate-password <file>'));
  const results = await stage.signIn(requests);
  for (const [index, { lineage }] of signers.entries()) {
    say(`  ${lineage.padEnd(28)}${signedIn(results[index], lineage)}`);
  }
}

async function renew(stage: Stage, { lineage, owner }: Signer, now: Date, say: Say): Promise<void> {
  const { passwordFile, pfx } = stage.write(await newCertificate(`VB365 ${owner}`, now));
  await stage.vb365('import', lineage, pfx, '--password-file', passwordFile);
  say('A new certificate has come as a PFX. Imported, it is the next generation; the old one stays in use.');
  say(command(`vb365 import ${lineage} <pfx> --password-file <file>`));
  for (const { label, certificate } of generationsOf(stage, lineage)) {
    say(`  ${lineage} ${label}  thumbprint ${certificate.thumbprint}`);
  }
}

async function deployRenewal(stage: Stage, signer: Signer, say: Say): Promise<void> {
  const { lineage, owner } = signer;
  await stage.vb365('synth');
  await stage.terraform(owner, 'init', '-input=false');
  await stage.terraform(owner, 'plan', '-input=false', '-out=plan');
  const { added, changed, credentials, destroyed } = readPlan(await stage.terraform(owner, 'show', '-json', 'plan'));
  say(command('vb365 synth'), command(`terraform -chdir=cdktf.out/stacks/${owner} plan`));
  say(`  ${added} to add, ${changed} to change, ${destroyed} to destroy`);
  for (const { from, keyId, to, type } of credentials) {
    say(`  + ${type}`, `    key id  ${keyId}`, `    from    ${from}`, `    to      ${to}`);
  }
  if (added !== 1 || changed + destroyed > 0 || credentials.length !== 1) {
    throw new Error('a renewal has to add one certificate and to touch nothing else');
  }

  await stage.deploy(owner);
  say('The certificate in use is not touched, so the new one works before the old one goes.');
  say(command(`cdktf deploy ${owner} --auto-approve`));
  const labels = generationsOf(stage, lineage).map(({ label }) => label);
  const exported = await Promise.all(labels.map((label) => stage.export(lineage, label)));
  const results = await stage.signIn(exported.map((files) => ({ ...signer, ...files })));
  for (const [index, label] of labels.entries()) say(`  ${lineage} ${label}  ${signedIn(results[index], lineage)}`);
}

async function signInInVain(
  stage: Stage,
  signer: Signer,
  expired: IssuedCertificate,
  now: Date,
  say: Say,
): Promise<void> {
  const unknown = await newCertificate(`VB365 ${signer.owner}`, now);
  const attempts: readonly (readonly [string, ExportedCertificate])[] = [
    [`the expired certificate of ${signer.owner}`, stage.write(expired)],
    ['a certificate that was never deployed', stage.write(unknown)],
  ];
  const results = await stage.signIn(attempts.map(([, files]) => ({ ...signer, ...files })));
  for (const [index, [what]] of attempts.entries()) {
    const { refusal } = results[index] ?? {};
    if (refusal === undefined) throw new Error(`Entra took ${what}`);
    say(`${what}:`, `  ${withoutFrame(refusal)}`);
  }
  say('Backups end like this when nobody sees a certificate expire; "vb365 status" tells of it 30 days before.');
}

/** @throws Error where Terraform has been given a private key */
function refusePrivateKeys({ repository }: Stage): void {
  const stacks = join(repository, 'cdktf.out', 'stacks');
  const files = [
    ...readdirSync(stacks).map((name) => join(stacks, name, 'cdk.tf.json')),
    ...readdirSync(repository).flatMap((name) => (name.endsWith('.tfstate') ? [join(repository, name)] : [])),
  ];
  const leak = files.find((file) => /PRIVATE KEY|AGE-SECRET-KEY/.test(readFileSync(file, 'utf8')));
  if (leak !== undefined) throw new Error(`${leak} holds a private key`);
}

async function newCertificate(commonName: string, at: Date): Promise<IssuedCertificate> {
  const profile = certificateProfile('entra-application', { commonName });
  return issueSelfSigned({ profile, keySize: 2048, validityDays: VALIDITY_DAYS, at });
}

function generationsOf(stage: Stage, lineage: string): ReturnType<Keystore['generations']> {
  return new Keystore(join(stage.repository, 'keystore')).generations(lineage);
}

/** @throws Error with what Entra said where it refused */
function signedIn(result: SignInResult | undefined, lineage: string): string {
  if (result !== undefined && result.refusal === undefined) return 'signed in';
  throw new Error(`${lineage} does not sign in: ${withoutFrame(result?.refusal ?? 'no answer came')}`);
}

/** Entra's own sentence, without what the library puts before it and the ids of the request behind it. */
function withoutFrame(refusal: string): string {
  return refusal.replace(/^[\s\S]*?(?=AADSTS)/, '').replace(/\s*Trace ID:[\s\S]*$/, '');
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** @throws Error where none is found: the sample has changed, and the demo has not */
function find<T>(items: readonly T[], condition: (item: T) => boolean): T {
  const found = items.find(condition);
  if (found === undefined) throw new Error('the sample vb365.yaml lacks what the demo shows');
  return found;
}
