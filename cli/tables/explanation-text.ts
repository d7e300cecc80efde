import type { Step } from '../../lib/catalogue/sign-in-errors';
import { roles } from '../../lib/catalogue/roles';
import type { Explanation } from '../../lib/lifecycle/explain/explain';

/** An explanation as lines for a person. */
export function explanationText(explanation: Explanation): string {
  const { names, breaks, causes, steps, source } = explanation;
  return [
    headOf(explanation),
    ...certificateLines(explanation),
    ...names.map((name) => `  ${name}`),
    ...section(explanation.code === null ? 'Now:' : 'Why:', causes),
    ...section('Without the certificate stops:', breaks),
    ...section('What to do:', stepLines(steps)),
    ...(source === null ? [] : [`More: ${source}`]),
  ].join('\n');
}

function headOf({ code, meaning, known, lineage, thumbprint }: Explanation): string {
  if (typeof code === 'string') return `${code}: ${meaning ?? ''}`;
  if (code !== null) return `AADSTS${code}: ${meaning ?? 'none of the codes that this command explains'}`;
  return known && lineage !== null ? `The certificate of ${lineage}` : `The certificate ${thumbprint ?? ''}`;
}

function certificateLines({ thumbprint, lineage, generation, role, state, ...validity }: Explanation): string[] {
  if (thumbprint === null) return [];
  const { notBefore, notAfter, daysLeft } = validity;
  if (generation === null) {
    const where = state === 'unknown' ? ', which the keystore does not have' : '';
    return [`  certificate  ${thumbprint}${where}`];
  }
  const name = role === null ? '' : ` (${roles[role].name})`;
  return [
    `  certificate  ${thumbprint}`,
    `  lineage      ${lineage ?? ''} ${generation}${name}, ${state ?? ''}`,
    `  validity     ${notBefore ?? ''} to ${notAfter ?? ''}${daysLeft === null || daysLeft < 0 ? '' : `, ${daysLeft} days left`}`,
  ];
}

function stepLines(steps: readonly Step[]): string[] {
  const width = Math.max(0, ...steps.map(({ command }) => command?.length ?? 0));
  return steps.map(({ command, what }) => (command === null ? what : `${command.padEnd(width)}  ${what}`));
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}
