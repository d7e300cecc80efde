import { type RoleId, roles } from '../../catalogue/roles';
import type { Step } from '../../catalogue/sign-in-errors';
import { fullDays } from '../../words/days';
import type { LineageDeclaration } from '../../config/lineages';
import { formatInstant } from '../../words/instant';
import type { Generation } from '../../keystore/keystore';
import { roleOf } from '../../catalogue/lineage-name';
import { type GenerationState, stateOf } from '../states';
import type { Evidence } from './evidence';
import { type Installed, installSteps, publishStep, renewStep, switchSteps } from './steps';

/** A lineage of the keystore, of the configuration, or of both. */
export interface SearchedLineage {
  readonly name: string;
  /** Undefined where the configuration does not declare it. */
  readonly declaration: LineageDeclaration | undefined;
  /** Oldest first. */
  readonly generations: readonly Pick<Generation, 'label' | 'certificate'>[];
}

/** A certificate of the keystore with its place in its lineage. */
export interface FoundCertificate {
  readonly lineage: SearchedLineage;
  readonly generation: Pick<Generation, 'label' | 'certificate'>;
  readonly state: GenerationState;
}

/** Why a sign-in with a certificate fails, and what mends it. */
export interface Diagnosis {
  readonly causes: readonly string[];
  readonly steps: readonly Step[];
}

/** Milliseconds; Entra keeps whole seconds. */
const SECOND = 1_000;

const IMPORT_FROM_STORE = 'on the server that has it: take it into the keystore, if it shall stay in use';

/** Certificates by their SHA-1 and SHA-256 thumbprints, in upper-case hex. */
export function indexCertificates(lineages: readonly SearchedLineage[], at: Date): Map<string, FoundCertificate> {
  const index = new Map<string, FoundCertificate>();
  for (const lineage of lineages) {
    const current = lineage.generations.at(-1);
    for (const generation of lineage.generations) {
      const { certificate } = generation;
      const days = lineage.declaration?.policy.renewBeforeDays ?? 0;
      const state = generation === current ? stateOf(certificate, days, at) : 'superseded';
      const found: FoundCertificate = { lineage, generation, state };
      for (const thumbprint of [certificate.thumbprint, certificate.thumbprintSha256]) {
        if (!index.has(thumbprint)) index.set(thumbprint, found);
      }
    }
  }
  return index;
}

/** What a text says of a refusal, and what the configuration knows beside it. */
export interface Refusal {
  /** Whether Entra did not take the certificate. */
  readonly isRefused: boolean;
  readonly evidence: Evidence;
  /** The application of the message, where it is not that of the certificate. */
  readonly otherApplication: OtherApplication | undefined;
  readonly installed: Installed | undefined;
}

/** The application that a message is about. */
export interface OtherApplication {
  readonly clientId: string;
  /** Undefined where the configuration does not know it. */
  readonly lineage: SearchedLineage | undefined;
}

/** What is to be said of a certificate that the keystore has. What the text says goes before what is merely likely. */
export function diagnoseCertificate(found: FoundCertificate, refusal: Refusal, at: Date): Diagnosis {
  const { lineage, generation, state } = found;
  const { isRefused, otherApplication, installed } = refusal;
  const role = roleOf(lineage.name);
  if (lineage.declaration === undefined) return undeclared(lineage.name);
  if (isRefused && role !== undefined && !roles[role].boundToEntra) return ofAnotherRole(role);
  if (otherApplication !== undefined)
    return ofAnotherApplication(found, lineage.declaration, otherApplication, installed);
  const told = isRefused ? diagnoseFoundKey(found, lineage.declaration, refusal, at) : undefined;
  if (told !== undefined) return told;
  const { notBefore, notAfter } = generation.certificate;
  if (state === 'superseded') return superseded(found, refusal, at);
  if (state === 'expired') {
    const cause = `it expired ${fullDays(notAfter, at)} ago, at ${formatInstant(notAfter)}, and has no successor`;
    return { causes: [cause], steps: [renewStep(lineage.declaration), ...switchSteps(lineage.declaration, installed)] };
  }
  if (state === 'not-yet-valid') {
    const cause = `it becomes valid at ${formatInstant(notBefore)}, in ${fullDays(at, notBefore)}`;
    return {
      causes: [cause],
      steps: [{ command: null, what: 'wait until then, and check the clock of this machine' }],
    };
  }
  if (!isRefused) return { causes: [`it is current, and valid to ${formatInstant(notAfter)}`], steps: [] };
  return {
    causes: [
      `it is current, and valid to ${formatInstant(notAfter)}: Entra does not hold it, because its deployment was not applied, or because somebody removed it there`,
      'or the message is about a time when it was not valid, or published, yet',
    ],
    steps: [publishStep(lineage.declaration)],
  };
}

/** What a thumbprint means that no certificate of the keystore has. */
export function diagnoseStranger(
  thumbprint: string,
  lineage: SearchedLineage | undefined,
  { foundKey }: Pick<Evidence, 'foundKey'>,
  installed: Installed | undefined,
): Diagnosis {
  const isSha1 = thumbprint.length === 40;
  const source = isSha1 ? `--thumbprint ${thumbprint}` : '<file>';
  const declaration = lineage?.declaration;
  const use = declaration === undefined ? [] : [publishStep(declaration), ...installSteps(declaration, installed)];
  const held = foundKey && [
    `Entra holds it, with the end ${formatInstant(foundKey.end)}: it was published there by hand, or by VB365 itself`,
  ];
  return {
    causes: [
      ...(held ?? []),
      'the keystore has no such certificate: VB365 signs with one that its wizard made, or that another repository keeps',
      'or "vb365 retire" removed it while VB365 still used it',
    ],
    steps: [
      ...(use.length > 0 ? use : [{ command: 'vb365 status', what: 'see which certificate VB365 should use instead' }]),
      { command: `vb365 import ${lineage?.name ?? '<lineage>'} ${source}`, what: IMPORT_FROM_STORE },
    ],
  };
}

/** Entra tells of the credential that it has found, so that it holds one: nothing then says that it does not. */
function diagnoseFoundKey(
  { generation, state }: FoundCertificate,
  declaration: LineageDeclaration,
  { evidence: { foundKey, reason }, installed }: Refusal,
  at: Date,
): Diagnosis | undefined {
  const { notAfter } = generation.certificate;
  if (foundKey !== undefined && Math.abs(foundKey.end.getTime() - notAfter.getTime()) >= SECOND) {
    const passed = foundKey.end < at ? `, which passed ${fullDays(foundKey.end, at)} ago` : '';
    return credentialDiffers(`another end, ${formatInstant(foundKey.end)}${passed}`);
  }
  if (reason === 'signature') {
    return {
      causes: [
        'Entra holds it, and the signature does not fit it: VB365 signs with a private key that is not that of the certificate',
      ],
      steps: installSteps(declaration, installed),
    };
  }
  if (state === 'superseded' || state === 'expired' || state === 'not-yet-valid') return undefined;
  if (reason === 'expired' && foundKey === undefined) return credentialDiffers('an end that has passed');
  if (foundKey === undefined) return undefined;
  return {
    causes: [
      `Entra holds it, with its own end ${formatInstant(foundKey.end)}, at which it is valid by the clock of this machine`,
    ],
    steps: [{ command: null, what: 'check the clocks of this machine and of the VB365 server' }],
  };

  function credentialDiffers(end: string): Diagnosis {
    return {
      causes: [
        `Entra holds it with ${end}; the certificate itself is valid to ${formatInstant(notAfter)}`,
        'the credential was added by hand, or by something else than these stacks, or was changed since',
      ],
      steps: [
        publishStep(declaration),
        {
          command: null,
          what: 'where the plan shows no change: remove that credential in Entra (Certificates & secrets), and deploy again',
        },
        ...(state === 'superseded' ? installSteps(declaration, installed) : []),
      ],
    };
  }
}

function ofAnotherApplication(
  { lineage, generation }: FoundCertificate,
  own: LineageDeclaration,
  { clientId, lineage: other }: OtherApplication,
  installed: Installed | undefined,
): Diagnosis {
  const whose = other === undefined ? '' : ` of ${other.name}`;
  const declaration = other?.declaration;
  const asked = own.clientId === undefined ? '' : `, which is ${own.clientId}`;
  return {
    causes: [
      `it is the certificate of ${lineage.name} (${generation.label}), and the sign-in is for the application ${clientId}${whose}: the certificate or the application id in VB365 is the wrong one`,
    ],
    steps: [
      { command: null, what: `where VB365 means ${lineage.name}: correct the application id there${asked}` },
      ...(declaration === undefined ? [] : [publishStep(declaration), ...installSteps(declaration, installed)]),
    ],
  };
}

function undeclared(lineage: string): Diagnosis {
  return {
    causes: [`vb365.yaml does not declare ${lineage}: it is neither published in Entra nor renewed`],
    steps: [{ command: null, what: 'declare it again, or remove the organization from VB365' }],
  };
}

function ofAnotherRole(role: RoleId): Diagnosis {
  return {
    causes: [
      `it is the ${roles[role].name}, which no Entra application holds: the wrong certificate was chosen in VB365`,
    ],
    steps: [{ command: 'vb365 status', what: 'see the certificate of the organization, and choose that one' }],
  };
}

function superseded({ lineage, generation }: FoundCertificate, { isRefused, installed }: Refusal, at: Date): Diagnosis {
  const { declaration, generations } = lineage;
  const current = generations.at(-1);
  if (declaration === undefined || current === undefined) return { causes: [], steps: [] };
  const { notAfter } = generation.certificate;
  const ended = at > notAfter ? [`it expired ${fullDays(notAfter, at)} ago, at ${formatInstant(notAfter)}`] : [];
  const isOver = stateOf(current.certificate, 0, at) === 'expired';
  return {
    causes: [`${current.label} has followed it${isRefused ? ', and VB365 still signs with it' : ''}`, ...ended],
    steps: [...(isOver ? [renewStep(declaration)] : []), ...switchSteps(declaration, installed)],
  };
}
