import { type RoleId, roles } from '../../catalogue/roles';
import type { Step } from '../../catalogue/sign-in-errors';
import { fullDays } from '../../words/days';
import type { LineageDeclaration } from '../../config/lineages';
import { formatInstant } from '../../words/instant';
import type { Generation } from '../../keystore/keystore';
import { roleOf } from '../../catalogue/lineage-name';
import { type GenerationState, stateOf } from '../states';
import { sourceOf } from '../../config/certificate-sources';

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

/**
 * What is to be said of a certificate that the keystore has.
 *
 * @param isRefused whether Entra did not take it
 */
export function diagnoseCertificate(found: FoundCertificate, isRefused: boolean, at: Date): Diagnosis {
  const { lineage, generation, state } = found;
  const role = roleOf(lineage.name);
  if (lineage.declaration === undefined) return undeclared(lineage.name);
  if (isRefused && role !== undefined && !roles[role].boundToEntra) return ofAnotherRole(role);
  const { notBefore, notAfter } = generation.certificate;
  if (state === 'superseded') return superseded(found, isRefused, at);
  if (state === 'expired') {
    const cause = `it expired ${fullDays(notAfter, at)} ago, at ${formatInstant(notAfter)}, and has no successor`;
    return { causes: [cause], steps: [renewStep(lineage.declaration), ...switchSteps(lineage.declaration)] };
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
export function diagnoseStranger(thumbprint: string, lineage: SearchedLineage | undefined): Diagnosis {
  const isSha1 = thumbprint.length === 40;
  const source = isSha1 ? `--thumbprint ${thumbprint}` : '<file>';
  const declaration = lineage?.declaration;
  const use = declaration === undefined ? [] : [publishStep(declaration), ...installSteps(declaration)];
  return {
    causes: [
      'the keystore has no such certificate: VB365 signs with one that its wizard made, or that another repository keeps',
      'or "vb365 retire" removed it while VB365 still used it',
    ],
    steps: [
      ...(use.length > 0 ? use : [{ command: 'vb365 status', what: 'see which certificate VB365 should use instead' }]),
      { command: `vb365 import ${lineage?.name ?? '<lineage>'} ${source}`, what: IMPORT_FROM_STORE },
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

function superseded({ lineage, generation }: FoundCertificate, isRefused: boolean, at: Date): Diagnosis {
  const { declaration, generations } = lineage;
  const current = generations.at(-1);
  if (declaration === undefined || current === undefined) return { causes: [], steps: [] };
  const { notAfter } = generation.certificate;
  const ended = at > notAfter ? [`it expired ${fullDays(notAfter, at)} ago, at ${formatInstant(notAfter)}`] : [];
  const isOver = stateOf(current.certificate, 0, at) === 'expired';
  return {
    causes: [`${current.label} has followed it${isRefused ? ', and VB365 still signs with it' : ''}`, ...ended],
    steps: [...(isOver ? [renewStep(declaration)] : []), ...switchSteps(declaration)],
  };
}

function renewStep({ name, policy }: LineageDeclaration): Step {
  const { isIssuedHere, successors } = sourceOf(policy);
  const what = isIssuedHere ? 'issue its successor' : 'take in the certificate that follows it';
  return { command: successors(name), what };
}

function switchSteps(declaration: LineageDeclaration): Step[] {
  return [publishStep(declaration), ...installSteps(declaration)];
}

function publishStep({ owner, role }: LineageDeclaration): Step {
  const what = roles[role].boundToEntra ? 'publish the current certificate in Entra' : 'put the change on record';
  return { command: `npx cdktf deploy ${owner}`, what };
}

function installSteps({ name, role, clientId }: LineageDeclaration): Step[] {
  const { backupApplication, installedIn, setCmdlet } = roles[role];
  const cmdlet = clientId === undefined ? setCmdlet : backupApplication?.setCmdlet;
  const product = role === 'data-cloud' ? '' : 'VB365: ';
  const where = clientId === undefined ? installedIn : 'Backup Applications Manager';
  return [
    { command: `vb365 export ${name}`, what: 'write it as a PFX' },
    { command: cmdlet ?? null, what: `install the PFX in ${product}${where}` },
  ];
}
