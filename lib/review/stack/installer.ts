import { withoutInstanceKeys } from '../../plan/instance-address';
import { type JsonObject, objectOf } from '../../plan/json-values';
import type { Effect, Plan, ResourceChange } from '../../plan/plan';

/** A `terraform_data` that runs `vb365 install` whenever another certificate of a lineage becomes current. */
export interface PlannedInstaller {
  readonly address: string;
  readonly effect: Effect;
  /** `primary/rest-api` */
  readonly lineage: string;
  /** `local`, `ssh`, `rest` */
  readonly via: string;
}

/** Those of this library's constructs, by the program that they run; one that goes runs none, and is known by what it held. */
export function plannedInstallers(plan: Plan): PlannedInstaller[] {
  const installers = plan.programs.provisioners.filter(({ isInstaller }) => isInstaller);
  const declared = new Set(installers.map(({ address }) => address));
  return plan.changes.flatMap((change) => {
    const { address, effect, managed, type } = change;
    if (!managed || type !== 'terraform_data') return [];
    const { installs, via, ...others } = inputOf(change);
    const isWhole = typeof installs === 'string' && typeof via === 'string' && Object.keys(others).length === 0;
    const isLeaving = effect === 'destroy' || effect === 'forget';
    return isWhole && (isLeaving || declared.has(withoutInstanceKeys(address)))
      ? [{ address, effect, lineage: installs, via }]
      : [];
  });
}

function inputOf({ after, before, effect }: ResourceChange): JsonObject {
  return objectOf((effect === 'destroy' || effect === 'forget' ? before : after).input);
}
