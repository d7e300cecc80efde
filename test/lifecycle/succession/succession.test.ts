import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { type Certificate } from '../../../lib/certificates/certificate';
import { type CertificateProfileOptions, certificateProfile } from '../../../lib/certificates/profile';
import type { LineageDeclaration } from '../../../lib/config/lineages';
import { defaultPolicy } from '../../../lib/config/policy';
import { formatCrtFile } from '../../../lib/keystore/crt-file';
import type { Generation } from '../../../lib/keystore/keystore';
import { generationLabel } from '../../../lib/catalogue/lineage-name';
import { followsPredecessor, type SuccessionComplaint } from '../../../lib/lifecycle/succession/follows-predecessor';
import { newGenerations } from '../../../lib/lifecycle/succession/new-generations';
import { later, noon, selfSigned } from '../../support/self-signed';
import { opensslCertificate } from '../../support/openssl';

const DAY = 86_400;
const LINEAGE = 'contoso/entra-application';
const PROFILE: CertificateProfileOptions = { commonName: 'VB365 contoso', hosts: [] };
const declaration: LineageDeclaration = {
  name: LINEAGE,
  owner: 'contoso',
  role: 'entra-application',
  policy: defaultPolicy,
  profile: { commonName: 'VB365 contoso', hosts: [] },
  serves: [],
};
const imported: LineageDeclaration = { ...declaration, policy: { ...defaultPolicy, source: 'imported' } };
/** A day after the predecessor. */
const added = later(noon, DAY);
const certificates = [0, 1, 2, 3].map((day) => selfSigned({ notBefore: later(noon, day * DAY - 3600) }));

interface Made extends Partial<Omit<Generation, 'certificate'>> {
  readonly certificate?: Certificate;
}

/** As `renew` makes it, the second of its lineage. */
function generation(own: Made = {}): Generation {
  const { certificate = certificates[1]!, number = 2, ...rest } = own;
  const label = generationLabel(number);
  return {
    ...{ lineage: LINEAGE, number, label, certificate, chain: [], accepted: [], added },
    ...{ certificateFile: `/keystore/${LINEAGE}/${label}.crt`, keyFile: `/keystore/${LINEAGE}/${label}.key.age` },
    ...rest,
  };
}

const predecessor = generation({ number: 1, certificate: certificates[0]!, added: noon });

function certificateOf(
  profile: Partial<CertificateProfileOptions>,
  options: { readonly days?: number; readonly key?: KeyObject } = {},
): Certificate {
  const notBefore = later(added, -3600);
  return selfSigned({
    profile: certificateProfile('entra-application', { ...PROFILE, ...profile }),
    notBefore,
    notAfter: later(added, (options.days ?? 365) * DAY),
    ...(options.key && { key: options.key }),
  });
}

interface Judged {
  readonly text?: string;
  readonly declared?: LineageDeclaration | undefined;
  readonly base?: readonly Generation[];
}

function complaints(judged: Generation, options: Judged = {}): SuccessionComplaint[] {
  const { base = [predecessor] } = options;
  const [first] = newGenerations(base, [...base.filter(({ number }) => number !== judged.number), judged]);
  const text = options.text ?? formatCrtFile(LINEAGE, judged.label, judged);
  const declared = 'declared' in options ? options.declared : declaration;
  return followsPredecessor(first!, { declaration: declared, text, at: later(added, DAY) });
}

function subjects(...args: Parameters<typeof complaints>): string[] {
  return complaints(...args).map(({ about }) => about);
}

describe('newGenerations', () => {
  it('names what the base does not have, and what stood before it', () => {
    const successor = generation();
    expect(newGenerations([predecessor], [predecessor])).toEqual([]);
    expect(newGenerations([predecessor], [predecessor, successor])).toEqual([
      { generation: successor, predecessor, replaced: undefined, overtakenBy: undefined },
    ]);
    expect(newGenerations([], [predecessor])).toMatchObject([{ generation: predecessor, predecessor: undefined }]);
  });

  it('names another certificate under the same number, and that which it takes the place of', () => {
    const planted = generation({ number: 1 });
    expect(newGenerations([predecessor], [planted])).toMatchObject([{ generation: planted, replaced: predecessor }]);
  });

  it('looks for the predecessor in the base too: taking it away does not hide it', () => {
    const [first, second, third] = [1, 2, 3].map((number) =>
      generation({ number, certificate: certificates[number - 1]! }),
    );
    expect(newGenerations([first!, second!], [first!, third!])).toMatchObject([{ predecessor: second }]);
    expect(newGenerations([first!, third!], [first!, second!, third!])).toMatchObject([
      { generation: second, overtakenBy: third },
    ]);
  });

  it('says nothing of generations that leave, and all of those that come', () => {
    const all = certificates.map((certificate, index) => generation({ number: index + 1, certificate }));
    fc.assert(
      fc.property(fc.subarray(all), fc.subarray(all), (base, head) => {
        const found = newGenerations(base, head).map((each) => each.generation);
        expect(found).toEqual(head.filter((each) => !base.includes(each)));
      }),
    );
  });
});

describe('followsPredecessor', () => {
  it('says nothing of what renew makes, first or successor, and of what nothing declares', () => {
    expect(complaints(generation())).toEqual([]);
    expect(complaints(generation({ number: 1 }), { base: [] })).toEqual([]);
    expect(complaints(generation(), { declared: undefined })).toEqual([]);
  });

  it('complains of another certificate under a number that was there, and of one before the newest', () => {
    expect(subjects(generation({ number: 1 }))).toContain('number');
    const newest = generation({ number: 3, certificate: certificates[2]! });
    expect(subjects(generation(), { base: [predecessor, newest] })).toEqual(['number']);
  });

  it.each([
    ['another lineage', 'fabrikam/entra-application', '0002'],
    ['another generation', LINEAGE, '0001'],
  ])('complains of a head that says %s', (_, lineage, label) => {
    const judged = generation();
    const [complaint, ...others] = complaints(judged, { text: formatCrtFile(lineage, label, judged) });
    expect(others).toEqual([]);
    expect(complaint?.about).toBe('head');
  });

  it.each([
    ['none', undefined],
    ['one before that of the predecessor', later(noon, -1)],
    ['one to come', later(added, 2 * DAY)],
  ])('complains of a moment of adding: %s', (_, moment) => {
    expect(subjects(generation({ added: moment }), { declared: undefined })).toEqual(['added']);
  });

  it('takes the first moment of the validity of a predecessor that does not say when it was added', () => {
    const base = [generation({ number: 1, certificate: certificates[2]!, added: undefined })];
    expect(subjects(generation(), { base, declared: undefined })).toEqual(['added']);
  });

  it.each([
    ['subject', { commonName: 'VB365 fabrikam' }, {}],
    ['names', { hosts: ['vb365.example.org'] }, {}],
    ['validity', {}, { days: 3650 }],
  ])('complains of another %s than the configuration says', (about, profile, options) => {
    const judged = generation({ certificate: certificateOf(profile, options) });
    expect(subjects(judged)).toEqual([about]);
    // Whoever brings the certificate decides what it says; the first of a lineage may be one that was there before.
    expect(subjects(judged, { declared: imported })).toEqual([]);
    expect(subjects({ ...judged, number: 1, label: '0001' }, { base: [] })).toEqual([]);
  });

  it('complains of a validity that did not begin when it was added', () => {
    expect(subjects(generation({ added: later(noon, 30 * DAY), certificate: certificates[1]! }))).toContain('validity');
  });

  it('complains of an issuer, or of a key elsewhere, where certificates are issued here', () => {
    const certificate = opensslCertificate({ byAuthority: true, subject: '/CN=VB365 contoso' });
    expect(subjects(generation({ certificate }))).toContain('source');
    expect(subjects(generation({ certificate }), { declared: imported })).not.toContain('source');
    expect(subjects(generation({ keyElsewhere: true, keyFile: undefined }))).toEqual(['source']);
    expect(subjects(generation({ keyElsewhere: true, keyFile: undefined }), { declared: imported })).toEqual([]);
  });

  it('complains of a smaller key than the policy, or than the predecessor of an imported one', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
    const strict = { ...declaration, policy: { ...defaultPolicy, keySize: 3072 as const } };
    expect(subjects(generation(), { declared: strict })).toEqual(['key']);
    const base = [{ ...predecessor, certificate: certificateOf({}, { key: privateKey }) }];
    expect(subjects(generation(), { base, declared: imported })).toEqual(['key']);
    expect(subjects(generation(), { base })).toEqual([]);
  });

  it('complains of what import would refuse, unless a person has accepted it', () => {
    const judged = generation({ certificate: certificateOf({}, { days: 20 }) });
    expect(subjects(judged, { declared: imported })).toEqual(['fitness']);
    expect(subjects({ ...judged, accepted: ['certificate-short-validity'] }, { declared: imported })).toEqual([]);
  });

  it('shows what is invisible in a name', () => {
    const certificate = certificateOf({});
    Object.defineProperty(certificate, 'subject', { value: 'CN=VB365\u202Econtoso' });
    expect(complaints(generation({ certificate })).find(({ about }) => about === 'subject')?.message).toContain(
      '\\u{202e}',
    );
  });
});
