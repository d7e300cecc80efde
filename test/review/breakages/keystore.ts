import { newRecipients } from '../../../lib/keystore/sealing/recipient-changes';
import type { JudgedGeneration } from '../../../lib/review/keystore-changes';
import type { LineageDeclaration } from '../../../lib/config/lineages';
import { CertificateIndex } from '../../../lib/review/stack/certificate-index';
import type { ReviewContext } from '../../../lib/review/stack/stack-plan';
import { type Breakage, INSTALLATION, ORGANIZATION } from './edits';

const AGE = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';
const SIGNER = `ed25519:${'A'.repeat(43)}`;
const BY = { signer: SIGNER, recipient: AGE, name: 'the backup team' };
const AT = new Date('2026-11-20T12:00:00Z');

/** The current generation of the organization is new, and this is known of it. */
function newly(known: Omit<JudgedGeneration, 'generation'>): (context: ReviewContext) => ReviewContext {
  return (context) => {
    const generation = context.certificates.generationsOf('contoso/entra-application').at(-1);
    if (generation === undefined) throw new Error('the recorded plan has no certificate');
    const changes = { generations: [{ ...known, generation }], recipients: newRecipients('', '') };
    return { ...context, base: { name: 'origin/main', configuration: context.configuration, changes } };
  };
}

function listing(before: string, after: string): (context: ReviewContext) => ReviewContext {
  return (context) => {
    const changes = { generations: [], recipients: newRecipients(before, after) };
    return { ...context, base: { name: 'origin/main', configuration: context.configuration, changes } };
  };
}

/** The configuration asks for something else of a lineage. */
function asking(lineage: string, other: (declaration: LineageDeclaration) => Partial<LineageDeclaration>) {
  return (context: ReviewContext): ReviewContext => {
    const declarations = context.certificates.declarations.map((declaration) =>
      declaration.name === lineage ? { ...declaration, ...other(declaration) } : declaration,
    );
    return { ...context, certificates: new CertificateIndex(declarations, context.certificates.generationsOf) };
  };
}

export const keystoreBreakages: readonly Breakage[] = [
  {
    rule: 'certificate-unfit',
    what: 'whose key is shorter than it shall be',
    plan: ORGANIZATION,
    context: asking('contoso/entra-application', ({ policy }) => ({ policy: { ...policy, keySize: 3072 } })),
  },
  {
    rule: 'certificate-unfit',
    what: 'of a host that has another name',
    plan: INSTALLATION,
    context: asking('primary/rest-api', ({ profile }) => ({
      profile: { ...profile, hosts: ['bk01.litware.example'] },
    })),
  },
  ...(
    [
      ['nobody', { kind: 'unopened' }],
      ['somebody before it was sealed anew', { kind: 'resealed', by: BY, at: AT }],
      ['somebody whom the branch lists itself', { kind: 'unknown-signer', signer: SIGNER, at: AT }],
      ['a forged signature', { kind: 'invalid', reason: 'is not signed by whom it names' }],
    ] as const
  ).map(([what, opening]): Breakage => ({
    rule: 'generation-unopened',
    what: `opened by ${what}`,
    plan: ORGANIZATION,
    context: newly({ complaints: [], opening }),
  })),
  {
    rule: 'generation-not-following',
    what: 'whose readable lines are of another lineage',
    plan: ORGANIZATION,
    context: newly({
      complaints: [{ about: 'head', message: 'its readable lines say something else: "Lineage:"' }],
      opening: { kind: 'unopened' },
    }),
  },
  {
    rule: 'generation-opened',
    what: 'with a signature that counts',
    plan: ORGANIZATION,
    context: newly({ complaints: [], opening: { kind: 'opened', by: BY, at: AT } }),
  },
  {
    rule: 'recipients-changed',
    what: 'one more',
    plan: ORGANIZATION,
    context: listing('', AGE),
  },
  {
    rule: 'recipients-changed',
    what: 'one less',
    plan: ORGANIZATION,
    context: listing(AGE, ''),
  },
  {
    rule: 'recipients-changed',
    what: 'somebody whose signature counts',
    plan: ORGANIZATION,
    context: listing(AGE, `${AGE}\n# signer ${SIGNER} of ${AGE} Alice\n`),
  },
];
