import { judgeCertificate, unacceptedFindings } from '../../certificates/judge';
import { type CertificateProfile, certificateProfile } from '../../certificates/profile';
import { sourceOf } from '../../config/certificate-sources';
import type { LineageDeclaration } from '../../config/lineages';
import { Vb365Error } from '../../errors';
import { falseHeadLines } from '../../keystore/crt-file';
import type { Generation } from '../../keystore/keystore';
import { DAY } from '../../words/days';
import { formatInstant } from '../../words/instant';
import { visible } from '../../words/visible';
import type { AddedGeneration } from './new-generations';

/** What a complaint is about. */
export type SuccessionSubject =
  'number' | 'head' | 'added' | 'source' | 'key' | 'subject' | 'names' | 'validity' | 'fitness';

/** In which way a generation is not the successor that it seems to be. */
export interface SuccessionComplaint {
  /** For whoever sorts complaints, or counts them. */
  readonly about: SuccessionSubject;
  /** Lower case; continues the name of the generation: "it …". Never secret; what is invisible shows. */
  readonly message: string;
}

/** What a new generation is measured by. */
export interface SuccessionOptions {
  /** Of its lineage: policy and names; undefined where the configuration declares none of that name. */
  readonly declaration: Pick<LineageDeclaration, 'role' | 'policy' | 'profile'> | undefined;
  /** Text of its `.crt` file. */
  readonly text: string;
  /** Now. */
  readonly at: Date;
}

/** Clocks of two machines may differ so far. */
const TOLERANCE = 5 * 60_000;
const HOUR = 3_600_000;

/**
 * Whether a generation follows its predecessor's lineage, its own head and the policy: what `vb365 renew` and `vb365 import`
 * would have added. A pure function. It proves nothing of who has the key, and whoever has read this can satisfy it: that is
 * what an attestation is for.
 *
 * @returns nothing where it does
 */
export function followsPredecessor(added: AddedGeneration, options: SuccessionOptions): SuccessionComplaint[] {
  return [
    ...judgeNumber(added),
    ...unlessUnreadable(() => judgeHead(added.generation, options.text)),
    ...judgeMoment(added, options.at),
    ...unlessUnreadable(() => judgeByPolicy(added, options)),
  ];
}

/** Extensions are read when they are asked for, and may be damaged. */
function unlessUnreadable(judge: () => SuccessionComplaint[]): SuccessionComplaint[] {
  try {
    return judge();
  } catch (error) {
    if (!(error instanceof Vb365Error)) throw error;
    return [{ about: 'fitness', message: `it cannot be judged: ${visible(error.message)}` }];
  }
}

function judgeNumber({ overtakenBy, replaced }: AddedGeneration): SuccessionComplaint[] {
  if (replaced !== undefined) {
    const message = `it takes the place of another certificate, ${replaced.certificate.thumbprint}, under the same number`;
    return [{ about: 'number', message }];
  }
  if (overtakenBy === undefined) return [];
  return [{ about: 'number', message: `it is put before generation ${overtakenBy.label}, which was there already` }];
}

function judgeHead({ certificate, label, lineage }: Generation, text: string): SuccessionComplaint[] {
  const names = falseHeadLines(text, lineage, label, certificate).map(({ name }) => `"${name}:"`);
  if (names.length === 0) return [];
  const message = `its readable lines say something else than its certificate and its place: ${names.join(', ')}`;
  return [{ about: 'head', message }];
}

function judgeMoment({ generation, predecessor }: AddedGeneration, at: Date): SuccessionComplaint[] {
  const { added } = generation;
  if (added === undefined) {
    return [{ about: 'added', message: 'it does not say when it was added, as every command writes it' }];
  }
  const before = predecessor?.added ?? predecessor?.certificate.notBefore;
  if (before !== undefined && added < before) {
    const message = `it says that it was added at ${formatInstant(added)}, before its predecessor ${predecessor?.label ?? ''}, which has been there since ${formatInstant(before)}`;
    return [{ about: 'added', message }];
  }
  if (added.getTime() <= at.getTime() + TOLERANCE) return [];
  return [{ about: 'added', message: `it says that it was added at ${formatInstant(added)}, which is to come` }];
}

function judgeByPolicy(added: AddedGeneration, { at, declaration }: SuccessionOptions): SuccessionComplaint[] {
  if (declaration === undefined) return [];
  const { generation } = added;
  const profile = certificateProfile(declaration.role, declaration.profile);
  return [
    ...judgeFitness(generation, profile, declaration, at),
    ...judgeKey(added, declaration),
    ...(isTakenOver(added, declaration) ? [] : judgeIssued(generation, profile, declaration)),
  ];
}

/** What `import` would have refused, or asked a person to accept. */
function judgeFitness(
  { accepted, certificate, lineage }: Generation,
  profile: CertificateProfile,
  { policy }: { readonly policy: LineageDeclaration['policy'] },
  at: Date,
): SuccessionComplaint[] {
  const minimumValidityDays = policy.renewBeforeDays;
  const findings = judgeCertificate({ certificate, profile, at, minimumValidityDays, subject: lineage });
  return unacceptedFindings(findings, accepted)
    .filter(({ severity }) => severity !== 'advice')
    .map(({ message }) => ({ about: 'fitness', message: visible(message) }));
}

function judgeKey(
  { generation, predecessor }: AddedGeneration,
  { policy }: { readonly policy: LineageDeclaration['policy'] },
): SuccessionComplaint[] {
  const { keySize } = generation.certificate;
  // Another kind of key is told as unfit.
  if (keySize === undefined) return [];
  const least = sourceOf(policy).isIssuedHere ? policy.keySize : predecessor?.certificate.keySize;
  if (least === undefined || keySize >= least) return [];
  const whose = sourceOf(policy).isIssuedHere ? 'the configuration asks for' : 'its predecessor has';
  return [{ about: 'key', message: `its key has ${keySize} bits, where ${whose} ${least}` }];
}

/** The first generation of a lineage may be one that was there before; whoever brings certificates later says so in the policy. */
function isTakenOver(
  { predecessor }: AddedGeneration,
  { policy }: { readonly policy: LineageDeclaration['policy'] },
): boolean {
  return predecessor === undefined || !sourceOf(policy).isIssuedHere;
}

/** Of a lineage whose successors `renew` makes: what it would have made. */
function judgeIssued(
  { added, certificate, keyElsewhere }: Generation,
  profile: CertificateProfile,
  { policy }: { readonly policy: LineageDeclaration['policy'] },
): SuccessionComplaint[] {
  const complaints: SuccessionComplaint[] = [];
  const say = (about: SuccessionSubject, message: string): void => {
    complaints.push({ about, message: visible(message) });
  };
  const source = 'where the configuration says that certificates of this lineage are issued here';
  if (keyElsewhere === true) say('source', `it says that its key is kept elsewhere, ${source}`);
  if (!certificate.isSelfSigned) say('source', `it was issued by ${certificate.issuer}, ${source}`);
  const subject = `CN=${profile.commonName}`;
  if (unescaped(certificate.subject) !== subject)
    say('subject', `its subject is ${certificate.subject}, where it should be ${subject}`);
  const [names, expected] = [
    [...certificate.dnsNames, ...certificate.ipAddresses],
    [...profile.dnsNames, ...profile.ipAddresses],
  ];
  const foreign = names.filter((name) => !expected.includes(name));
  if (foreign.length > 0) say('names', `it names ${foreign.join(', ')}, which the configuration does not`);
  const { notAfter, notBefore } = certificate;
  const days = (notAfter.getTime() - notBefore.getTime()) / DAY;
  if (days > policy.validityDays + 1) {
    say('validity', `it is valid for ${Math.round(days)} days, where the configuration says ${policy.validityDays}`);
  }
  // It is made an hour into its validity.
  if (added !== undefined && Math.abs(added.getTime() - notBefore.getTime() - HOUR) > DAY) {
    say('validity', `it is valid from ${formatInstant(notBefore)}, and was added at ${formatInstant(added)}`);
  }
  return complaints;
}

/** node puts a backslash before what would read as another part of a name. */
function unescaped(name: string): string {
  return name.replace(/\\(.)/gs, '$1');
}
