import { join } from 'node:path';
import { lineagesOf } from '../../lib/config/lineages';
import { readConfiguration } from '../../lib/config/read-configuration';
import { Keystore } from '../../lib/keystore/keystore';
import { findPlanSources } from '../../lib/plan/plan-sources';
import { reviewPlans } from '../../lib/review/review-plans';
import { CertificateIndex } from '../../lib/review/stack/certificate-index';
import { Deployment } from '../e2e/deployment';
import { INSTALLATION } from '../e2e/configurations';
import { removeWorkplaces } from '../support/cli';
import globalSetup from '../support/global-setup';

/*
 * Counts how many plans are blocked that nobody means any harm with: `npm run measure:review`. A hundred organizations' worth of
 * new organizations, renewals, retirements, services that are added and applications that are adopted, in every region, planned
 * by the real provider, and reviewed as a pipeline does. Needs terraform and the azuread provider; takes a quarter of an hour.
 */

const DAY = 86_400_000;

const REGIONS = ['worldwide', 'us-government', 'us-defence', 'china'];

const SERVICES = ['[exchange]', '[sharepoint]', '[exchange, sharepoint]'];

interface Organization {
  readonly name: string;
  readonly tenantId: string;
  readonly region: string;
  readonly services: string;
  readonly purposes: string;
  /** Client id of one that is there already. */
  readonly adopted: string | undefined;
}

const organizations: readonly Organization[] = REGIONS.flatMap((region, one) =>
  SERVICES.flatMap((services, two) =>
    ['[backup]', '[backup, restore]'].map((purposes, three) => {
      const number = one * 100 + two * 10 + three + 1_000;
      return {
        name: `org-${number}`,
        tenantId: `00000000-0000-0000-0000-00000000${number}`,
        ...{ region, services, purposes },
        adopted: three === 1 && two === 0 ? `00000000-0000-0000-0000-00000001${number}` : undefined,
      };
    }),
  ),
);

function configurationOf(more: Partial<Organization> = {}): string {
  const entries = organizations.map((own) => {
    const { adopted, name, purposes, region, services, tenantId } = { ...own, ...more };
    const application = adopted === undefined ? `{ displayName: VB365 ${name} }` : `{ clientId: ${adopted} }`;
    return [
      `  - name: ${name}`,
      '    installation: primary',
      ...Object.entries({ tenantId, region, services, purposes, application }).map(
        ([key, value]) => `    ${key}: ${value}`,
      ),
    ].join('\n');
  });
  return `${INSTALLATION}\norganizations:\n${entries.join('\n')}\n`;
}

interface Judged {
  readonly what: string;
  readonly stack: string;
  readonly verdict: string;
  readonly findings: readonly string[];
}

async function main(): Promise<void> {
  globalSetup();
  const deployment = await Deployment.start(configurationOf());
  const judged: Judged[] = [];
  try {
    for (const { adopted, name, tenantId } of organizations) {
      if (adopted === undefined) continue;
      deployment.entra.directory.addApplication(tenantId, { appId: adopted, displayName: `${name} of the wizard` });
    }
    await judgeAll(deployment, judged, 'new or adopted', new Date());
    await deployment.vb365('renew', '--all');
    await judgeAll(deployment, judged, 'renewed', new Date());
    const later = new Date(Date.now() + 20 * DAY);
    await deployment.vb365('retire', '--at', later.toISOString());
    await judgeAll(deployment, judged, 'retired', later);
    deployment.workplace.write(
      'vb365.yaml',
      configurationOf({ services: '[exchange, sharepoint]', purposes: '[backup, restore]' }),
    );
    await judgeAll(deployment, judged, 'services and purposes added', later);
    await judgeAll(deployment, judged, 'nothing to do', later);
  } finally {
    await deployment.close();
    removeWorkplaces();
  }
  tell(judged);
}

/** Plans, reviews and applies every stack. */
async function judgeAll(deployment: Deployment, judged: Judged[], what: string, at: Date): Promise<void> {
  await deployment.synthesize();
  for (const { name } of organizations) {
    await deployment.planSynthesized(name);
    judged.push({ what, ...(await review(deployment, name, at)) });
    await deployment.applySynthesized(name);
    process.stderr.write('.');
  }
}

async function review(deployment: Deployment, stack: string, at: Date): Promise<Omit<Judged, 'what'>> {
  const { folder } = deployment.workplace;
  const configuration = readConfiguration(join(folder, 'vb365.yaml'));
  const keystore = new Keystore(configuration.keystore);
  const certificates = new CertificateIndex(lineagesOf(configuration), (lineage) => keystore.generations(lineage));
  const { sources } = findPlanSources(folder, [`cdktf.out/stacks/${stack}/plan`]);
  const { errors, stacks } = await reviewPlans(sources, { at, configuration, certificates }, process);
  const [summary] = stacks;
  if (summary === undefined) throw errors[0]?.error ?? new Error(`${stack} was not reviewed`);
  return {
    stack,
    verdict: summary.verdict,
    findings: summary.findings.map(({ id, severity }) => `${severity} ${id}`),
  };
}

function tell(judged: readonly Judged[]): void {
  const blocked = judged.filter(({ verdict }) => verdict === 'block');
  const kinds = [...new Set(judged.map(({ what }) => what))];
  const lines = kinds.map((kind) => {
    const own = judged.filter(({ what }) => what === kind);
    const said = [...new Set(own.flatMap(({ findings }) => findings))].join(', ');
    return `${kind}: ${own.length} plans, ${own.filter(({ verdict }) => verdict === 'block').length} blocked; said: ${said || 'nothing'}`;
  });
  process.stdout.write(`\n${lines.join('\n')}\n${judged.length} plans, ${blocked.length} blocked\n`);
  for (const { findings, stack, what } of blocked) process.stdout.write(`  ${what} ${stack}: ${findings.join(', ')}\n`);
  if (blocked.length > 0) process.exitCode = 1;
}

void main();
