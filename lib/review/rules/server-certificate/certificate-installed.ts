import type { PlannedInstaller } from '../../stack/installer';
import type { StackPlan } from '../../stack/stack-plan';
import type { ReviewComplaint } from '../review-rule';

/** One that is switched with the same apply is told by the rule about that. */
export function certificateInstalled(stack: StackPlan): ReviewComplaint[] {
  return stack.installers.flatMap((installer) => {
    const what = isToldAlready(installer, stack) ? undefined : WHAT[installer.effect]?.(installer);
    return what === undefined ? [] : [{ subject: installer.lineage, ...what }];
  });
}

interface Words {
  readonly message: string;
  readonly cure: string;
}

/** Terraform runs it where the resource is made; an update only changes how the next one will be installed. */
const WHAT: Partial<Record<PlannedInstaller['effect'], (installer: PlannedInstaller) => Words>> = {
  create: runs,
  replace: runs,
  update: ({ lineage, via }) => ({
    message: `the next certificate of ${lineage} will be installed via ${via} ("vb365 install")`,
    cure: 'make sure that this way works: "vb365 install --what-if" tries it',
  }),
  destroy: ({ lineage }) => ({
    message: `a deployment no longer installs the certificates of ${lineage}; the one that is installed stays`,
    cure: 'install the next one by hand: "vb365 export" gives it',
  }),
};

function runs({ lineage, via }: PlannedInstaller): Words {
  return {
    message: `the apply installs the current certificate of ${lineage} in the product ("vb365 install", via ${via})`,
    cure: 'make sure that whoever applies can open its key and reach the server',
  };
}

function isToldAlready({ effect, lineage }: PlannedInstaller, { installations }: StackPlan): boolean {
  if (effect !== 'create' && effect !== 'replace') return false;
  return installations.some(
    ({ after, before }) => after?.lineage === lineage && before !== undefined && before.thumbprint !== after.thumbprint,
  );
}
