import type { IConstruct } from 'constructs';
import {
  backupApplicationSegment,
  generationLabel,
  isBackupApplicationSegment,
  LAST_GENERATION,
  parseLineageName,
} from '../catalogue/lineage-name';
import type { RoleId } from '../catalogue/roles';
import type { CertificateLineage } from '../certificates/generation';
import { requireProps } from '../entra/props';
import { Vb365Error } from '../errors';
import { shown } from '../words/shown';

/** What comes behind the owner in the name of a lineage: the role, or `backup-application-<client id>`. */
export type LineageSegment = RoleId | 'backup-application';

/**
 * Judges a lineage that a program gives as the keystore judges its own: Terraform addresses bear its labels, and the last
 * generation is the one that the product shall use.
 *
 * @throws Vb365Error `lineage-malformed`, `lineage-of-another-role`, `generation-label-invalid`, `generations-out-of-order`
 */
export function checkLineage(
  construct: IConstruct,
  { generations, name }: CertificateLineage,
  wanted: LineageSegment,
): void {
  const subject = construct.node.path;
  requireProps(`${subject}: lineage`, { generations, name }, 'name', 'generations');
  checkName(subject, name, wanted);
  const labels = generations.map(({ label }) => label);
  const odd = labels.findIndex((label) => !isLabel(label));
  if (odd >= 0) {
    throw new Vb365Error('generation-label-invalid', {
      subject,
      message: `${shown(String(labels[odd]))} is not the label of a generation, which is a number of four digits`,
      cure: 'label the generations of a lineage 0001, 0002 and so on, and never give a number to another certificate',
    });
  }
  const late = labels.findIndex((label, index) => index > 0 && label <= (labels[index - 1] ?? ''));
  if (late < 0) return;
  throw new Vb365Error('generations-out-of-order', {
    subject,
    message: `the generation ${labels[late] ?? ''} of ${name} follows ${labels[late - 1] ?? ''}`,
    cure: 'give each generation once, oldest first: the last one is what the product shall use',
  });
}

function checkName(subject: string, name: string, wanted: LineageSegment): void {
  const isBackup = wanted === 'backup-application';
  const example = isBackup ? backupApplicationSegment('<client id>') : wanted;
  const { segment } = parsed(subject, name, example);
  if (isBackup ? isBackupApplicationSegment(segment) : segment === wanted) return;
  throw new Vb365Error('lineage-of-another-role', {
    subject,
    message: `${name} is a lineage of ${segment}, and not of ${example}`,
    cure: `give the lineage whose name is <owner>/${example}, or use the construct of the other role`,
  });
}

function parsed(subject: string, name: string, example: string): { readonly segment: string } {
  try {
    return parseLineageName(name);
  } catch (error) {
    if (!(error instanceof Vb365Error)) throw error;
    const cure = `name it <owner>/${example}, such as contoso/${example}`;
    throw new Vb365Error(error.code, { subject, message: error.message, cure, cause: error });
  }
}

function isLabel(label: string): boolean {
  const number = Number(label);
  return number >= 1 && number <= LAST_GENERATION && generationLabel(number) === label;
}
