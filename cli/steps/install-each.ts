import type { Configuration } from '../../lib/config/configuration';
import { Vb365Error } from '../../lib/errors';
import type { Finding } from '../../lib/findings';
import { type InstallationPlan, restMachineToTrust } from '../../lib/install/installation-plan';
import { readIdentities } from '../../lib/keystore/sealing/identity';
import { identityPath } from './identity-path';
import { type Installed, installOne, type InstallOneOptions } from '../../lib/install/install-one';
import type { RestAccess } from '../../lib/install/rest/install-over-rest';
import { warnAboutUse } from '../../lib/lifecycle/warn-about-use';
import { now } from '../shell/command-options';
import { sayingAtEnd } from '../shell/interrupted';
import { restAccount, type RestAccountOptions } from './rest-account';
import { printFindings, printJson, printNote, printResult, type Terminal } from '../shell/terminal';

type Options = InstallOneOptions & RestAccountOptions & { readonly json?: boolean };

/**
 * Installs one after the other; one that fails does not keep the others from being installed.
 *
 * @throws Vb365Error why the only one failed; `installations-failed` with a finding for each where there are several
 */
export async function installEach(
  terminal: Terminal,
  configuration: Configuration,
  plans: readonly InstallationPlan[],
  options: Options,
): Promise<void> {
  const { json = false, whatIf = false } = options;
  const rest = (): RestAccess => ({
    account: restAccount(terminal, options),
    server: options.server,
    onWait: (sentence) => {
      printNote(terminal, sentence);
    },
  });
  const done: Installed[] = [];
  const failed: Vb365Error[] = [];
  const sayAtEnd = (): void => {
    if (json) printJson(terminal, done.map(rowOf));
  };
  await sayingAtEnd(sayAtEnd, async () => {
    const identities = whatIf ? [] : await openIdentities(terminal);
    for (const plan of plans) {
      try {
        const installed = await installOne(configuration, plan, { identities, rest }, options);
        done.push(installed);
        if (!json) printResult(terminal, sentenceOf(installed, whatIf));
      } catch (error) {
        if (!(error instanceof Vb365Error)) throw error;
        failed.push(error);
      }
    }
  });
  printFindings(
    terminal,
    done.flatMap(({ plan, generation }) => warnAboutUse(plan.declaration, generation, now({}))),
  );
  printFindings(terminal, done.filter(({ changed }) => changed && !whatIf).flatMap(trustOnRestMachine));
  const [first] = failed;
  if (first === undefined) return;
  if (plans.length === 1) throw first;
  throw new Vb365Error('installations-failed', {
    message: `${failed.length} of ${plans.length} certificates were not installed`,
    cure: 'mend what the findings name, and install again: nothing is done twice',
    findings: failed.map(findingOf),
  });
}

async function openIdentities(terminal: Terminal): Promise<readonly string[]> {
  const { findings, identities } = await readIdentities(await identityPath(terminal));
  printFindings(terminal, findings);
  return identities;
}

/** `changed`: after `--what-if`, whether it would be, as far as the way can tell. */
function rowOf({ plan, generation, before, after, changed, also }: Installed): Record<string, unknown> {
  const { thumbprint } = generation.certificate;
  const { declaration, way, target } = plan;
  const what = { lineage: declaration.name, generation: generation.label, thumbprint };
  return { ...what, via: way, target, before, after, changed, ...(also && { also }) };
}

function sentenceOf({ plan, generation, before, changed, also = [] }: Installed, whatIf: boolean): string {
  const { thumbprint } = generation.certificate;
  const name = `${plan.declaration.name} ${generation.label}`;
  const place = `on ${plan.target} via ${plan.way}`;
  if (!changed && before === thumbprint) return `${name} is in use ${place} already (thumbprint ${thumbprint})`;
  const verb = whatIf ? 'would install' : changed ? 'installed' : 'did not install';
  const others = also.length === 0 ? '' : `, and with it the current certificates of ${also.join(', ')}`;
  return `${verb} ${name} ${place} (thumbprint ${thumbprint}, before ${before ?? 'none'})${others}`;
}

function trustOnRestMachine({ plan, generation }: Installed): Finding[] {
  const machine = restMachineToTrust(plan);
  if (machine === undefined || !generation.certificate.isSelfSigned) return [];
  const subject = plan.declaration.name;
  return [
    {
      id: 'left-to-a-person',
      severity: 'advice',
      subject,
      message: `${machine}, a REST API machine of its own, must trust the self-signed certificate of ${subject} too`,
      cure: `import ${generation.certificateFile} into Trusted Root Certification Authorities of its local machine`,
    },
  ];
}

function findingOf({ code, subject, message, cure }: Vb365Error): Finding {
  return { id: code, severity: 'error', subject: subject ?? '', message, cure };
}
