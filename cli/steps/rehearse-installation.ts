import type { Configuration } from '../../lib/config/configuration';
import { type InstallationPlan, meansOf } from '../../lib/install/installation-plan';
import { Keystore } from '../../lib/keystore/keystore';
import type { Finding } from '../../lib/findings';
import { chooseGeneration } from '../../lib/lifecycle/choose-generation';
import { warnAboutUse } from '../../lib/lifecycle/warn-about-use';
import { now } from '../shell/command-options';
import { printFindings, printJson, printResult, type Terminal } from '../shell/terminal';

/** Says what would be installed where, by what; connects to nothing and opens no key. */
export async function rehearseInstallation(
  terminal: Terminal,
  configuration: Configuration,
  plans: readonly InstallationPlan[],
  { generation: wanted, json }: { readonly generation?: string; readonly json?: boolean },
): Promise<void> {
  const keystore = new Keystore(configuration.keystore);
  const findings: Finding[] = [];
  const rows = await Promise.all(
    plans.map(async (plan) => {
      const generation = await chooseGeneration(keystore, plan.declaration, wanted);
      const { label, certificate } = generation;
      findings.push(...warnAboutUse(plan.declaration, generation, now({})));
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
  printFindings(terminal, findings);
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
