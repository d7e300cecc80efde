import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apis, permissionIds } from '../../lib/catalogue/permission-ids';
import { removeWorkplaces } from '../support/cli';
import { Deployment } from '../e2e/deployment';
import { EXISTING, tenants } from '../e2e/configurations';
import globalSetup from '../support/global-setup';
import { selfSigned } from '../support/self-signed';

/*
 * Writes the plans that the tests of the review read, each with the configuration and the certificates of its moment:
 * `npx tsx test/review/record-plans.ts`. Needs terraform and the azuread provider; what it writes are their own words.
 */

const FOLDER = join(__dirname, 'plans');
const NORTHWIND = '00000000-0000-0000-0000-000000000003';
const FABRIKAM = '00000000-0000-0000-0000-000000000004';
const ADATUM = '00000000-0000-0000-0000-000000000005';

const configuration = readFileSync(join(__dirname, 'recorded.yaml'), 'utf8');

async function main(): Promise<void> {
  globalSetup();
  const deployment = await Deployment.start(configuration);
  rmSync(FOLDER, { recursive: true, force: true });
  try {
    await recordOrganization(deployment);
    await recordInstallation(deployment);
    await recordOthers(deployment);
    await recordEnds(deployment);
    await recordOwners(deployment);
  } finally {
    await deployment.close();
    removeWorkplaces();
  }
}

async function recordOrganization(deployment: Deployment): Promise<void> {
  const record = recorder(deployment, 'contoso');
  await record('organization-created');
  await deployment.applySynthesized('contoso');
  await record('nothing-changed');
  await deployment.issueSuccessor('contoso/entra-application');
  await record('credential-added');
  await deployment.applySynthesized('contoso');
  deployment.removeGeneration('contoso/entra-application', 1);
  await record('credential-retired');
  await deployment.applySynthesized('contoso');
  configure(deployment, ['services: [exchange, sharepoint] # contoso', 'services: [exchange, sharepoint, teams]']);
  await record('service-added');
  await deployment.applySynthesized('contoso');
  configure(deployment, ['services: [exchange, sharepoint] # contoso', 'services: [exchange]']);
  await record('services-removed');
  configure(deployment, ['purposes: [backup, restore] # contoso', 'purposes: [backup, restore, restore-interactive]']);
  await record('interactive-restore-added');
  configure(deployment);
  await deployment.apply('contoso');
}

async function recordInstallation(deployment: Deployment): Promise<void> {
  const record = recorder(deployment, 'primary');
  await record('installation-created');
  await deployment.applySynthesized('primary');
  await deployment.issueSuccessor('primary/rest-api');
  await record('server-certificate-switched');
  configure(deployment, ['additionalRedirectUris: []', 'additionalRedirectUris: [https://restore.example.com:4443/]']);
  await record('redirect-uri-added');
  configure(deployment, ['https://portal.example.com:4443', 'https://portal.example.net:4443']);
  await record('portal-moved');
  configure(deployment, ['multiTenant: false', 'multiTenant: true']);
  await record('audience-widened');
  configure(deployment, ["productVersion: '8.3'", "productVersion: '8.3'\n    install: { via: local }"]);
  await record('installed-by-apply');
  configure(deployment);
}

async function recordOthers(deployment: Deployment): Promise<void> {
  const { directory } = deployment.entra;
  const [day, now] = [86_400_000, Date.now()];
  directory.addApplication(NORTHWIND, {
    appId: EXISTING,
    displayName: 'from the wizard',
    web: { redirectUris: ['https://foreign.example.com/'] },
    requiredResourceAccess: [
      {
        resourceAppId: apis.MicrosoftGraph.clientId,
        resourceAccess: [{ id: permissionIds.application.MicrosoftGraph['User.Read.All'], type: 'Role' }],
      },
    ],
  });
  const foreign = selfSigned({ notBefore: new Date(now - day), notAfter: new Date(now + 300 * day) });
  directory.addKeyCredential(NORTHWIND, EXISTING, foreign);
  await recorder(deployment, 'northwind')('existing-application-adopted');
  await recorder(deployment, 'fabrikam')('data-cloud-created');
  await recorder(deployment, 'adatum')('consent-placed-apart');
  await deployment.applySynthesized('adatum');
  await recorder(deployment, 'adatum-consent')('consent-granted');
}

async function recordEnds(deployment: Deployment): Promise<void> {
  const record = recorder(deployment, 'contoso');
  await record('organization-destroyed', ['-destroy']);
  const application = addressOf(await deployment.planJson('contoso'), 'azuread_application');
  await record('application-replaced', [`-replace=${application}`]);
  const credential = addressOf(await deployment.planJson('contoso'), 'azuread_application_certificate');
  await record('credential-replaced', [`-replace=${credential}`]);
  configure(deployment, ['region: worldwide # contoso', 'region: us-government']);
  await record('region-changed');
  configure(deployment);
  const [registered] = deployment.applications(tenants.contoso);
  if (registered === undefined) throw new Error('contoso has no application');
  Object.assign(registered, { displayName: 'renamed by hand' });
  await record('drifted');
}

async function recordOwners(deployment: Deployment): Promise<void> {
  const clientId = '00000000-0000-4000-8000-0000000000d1';
  for (const tenant of [FABRIKAM, ADATUM]) {
    deployment.entra.directory.addCaller(tenant, { clientId, permissions: ['Application.Read.All'] });
  }
  deployment.workplace.write('vb365.yaml', `deployIdentity: { clientId: ${clientId} }\n\n${configuration}`);
  await recorder(deployment, 'fabrikam')('owner-named');
  await recorder(deployment, 'adatum')('owner-added');
}

/** Plans a stack and keeps the plan, with the configuration and the certificates of the owner. */
function recorder(deployment: Deployment, stack: string): (name: string, args?: readonly string[]) => Promise<void> {
  const owner = stack.replace(/-consent$/, '');
  return async (name, args = []) => {
    const plan = await deployment.planJson(stack, args);
    const folder = join(FOLDER, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'plan.json'), `${plan.trim()}\n`);
    cpSync(deployment.workplace.path('vb365.yaml'), join(folder, 'vb365.yaml'));
    cpSync(deployment.workplace.path(`keystore/${owner}`), join(folder, 'keystore', owner), {
      recursive: true,
      filter: (file) => !file.endsWith('.age'),
    });
    process.stdout.write(`recorded ${name}\n`);
  };
}

/** The recorded configuration, with one text in it replaced. */
function configure(deployment: Deployment, [text, replacement = '']: readonly string[] = []): void {
  if (text !== undefined && !configuration.includes(text)) throw new Error(`recorded.yaml has no "${text}"`);
  const changed = text === undefined ? configuration : configuration.replace(text, () => replacement);
  deployment.workplace.write('vb365.yaml', changed);
}

function addressOf(plan: string, type: string): string {
  const address = new RegExp(`"address":"(${type}\\.[^"]+)"`).exec(plan)?.[1];
  if (address === undefined) throw new Error(`the plan has no ${type}`);
  return address;
}

void main();
