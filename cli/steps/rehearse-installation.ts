import type { Configuration } from '../../lib/config/configuration';
import { type InstallationPlan, meansOf } from '../../lib/install/installation-plan';
import { Keystore } from '../../lib/keystore/keystore';
import { chooseGeneration } from '../../lib/lifecycle/choose-generation';
import { printJson, printResult, type Terminal } from '../shell/terminal';

/** Says what would be installed where, by what; connects to nothing and opens no key. */
export async function rehearseInstallation(
  terminal: Terminal,
  configuration: Configuration,
  plans: readonly InstallationPlan[],
  { generation: wanted, json }: { readonly generation?: string; readonly json?: boolean },
): Promise<void> {
  const keystore = new Keystore(configuration.keystore);
  const rows = await Promise.all(
    plans.map(async (plan) => {
      const { label, certificate } = await chooseGeneration(keystore, plan.declaration, wanted);
      return {
        lineage: plan.declaration.name,
        generation: label,
        thumbprint: certificate.thumbprint,
        via: plan.way,
        target: plan.target,
        by: meansOf(plan) ?? null,
      };
    }),
  );
  if (json === true) {
    printJson(terminal, rows);
    return;
  }
  for (const { lineage, generation, thumbprint, via, target, by } of rows) {
    const means = by ?? 'a person, as README.txt of the bundle says';
    printResult(
      terminal,
      `would install ${lineage} ${generation} (thumbprint ${thumbprint}) on ${target} via ${via}: ${means}`,
    );
  }
}
