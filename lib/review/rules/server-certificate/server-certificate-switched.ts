import type { InstallationContent } from '../../stack/installation';
import type { StackPlan } from '../../stack/stack-plan';
import { listed } from '../../changes/wording';
import type { ReviewComplaint } from '../review-rule';

/** Terraform only records it, unless the stack declares that a deployment installs it. */
export function serverCertificateSwitched(stack: StackPlan): ReviewComplaint[] {
  return stack.installations.flatMap(({ after, before }) => {
    if (after === undefined || before === undefined) return [];
    const subject = `${after.lineage} ${after.generation}`;
    if (after.thumbprint !== before.thumbprint) return { subject, ...switched(before, after, stack) };
    const fields = changedFields(before, after);
    if (fields.length === 0) return [];
    return {
      subject,
      message: `what the stack says of the ${after.role} of ${after.host} changes (${listed(fields)}), and its certificate stays`,
      cure: `make sure that it is installed on ${after.host}: ${howToInstall(after)}`,
    };
  });
}

function switched(
  before: InstallationContent,
  after: InstallationContent,
  { installers }: StackPlan,
): { readonly message: string; readonly cure: string } {
  const installer = installers.find(
    ({ effect, lineage }) => lineage === after.lineage && (effect === 'create' || effect === 'replace'),
  );
  const what = `the ${after.role} of ${after.host} shall change from ${before.thumbprint} to ${after.thumbprint} (${after.lineage} ${after.generation})`;
  if (installer !== undefined) {
    return {
      message: `${what}; the apply installs it ("vb365 install", via ${installer.via}), and the old one expires at ${before.expires}`,
      cure: `make sure that whoever applies can open its key and reach ${after.host}`,
    };
  }
  return {
    message: `${what}; Terraform does not install it, and the old one expires at ${before.expires}`,
    cure: `install it before ${before.expires}: "vb365 export ${after.lineage}", then ${howToInstall(after)} on ${after.host}`,
  };
}

const FIELDS = [
  ['role', 'role'],
  ['host', 'host'],
  ['lineage', 'lineage'],
  ['generation', 'generation'],
  ['expires', 'end'],
  ['installedIn', 'place'],
  ['cmdlet', 'cmdlet'],
] as const;

/** `host from a to b` */
function changedFields(before: InstallationContent, after: InstallationContent): string[] {
  return FIELDS.filter(([field]) => before[field] !== after[field]).map(
    ([field, name]) => `${name} from ${before[field] ?? 'none'} to ${after[field] ?? 'none'}`,
  );
}

function howToInstall({ cmdlet, installedIn }: InstallationContent): string {
  return cmdlet ?? installedIn;
}
