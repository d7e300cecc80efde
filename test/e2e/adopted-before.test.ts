import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdktf';
import type { Application } from '../../emulators/entra';
import { apis, permissionIds } from '../../lib/catalogue/permission-ids';
import { readPlan } from '../../lib/plan/plan';
import { reviewStack } from '../../lib/review/review-stack';
import { CertificateIndex } from '../../lib/review/stack/certificate-index';
import { stackPlan } from '../../lib/review/stack/stack-plan';
import { buildProgram, type ProgramOptions } from './adopted/program';
import { EXISTING, organization, tenants } from './configurations';
import { Deployment } from './deployment';
import { endToEnd } from './end-to-end';

const RECORDED = readFileSync(join(__dirname, 'adopted', 'recorded.tf.json'), 'utf8');
const FOREIGN_URI = 'http://localhost/foreign';
const FOREIGN_ROLE = permissionIds.application.MicrosoftGraph['User.Read.All'];

/** What is foreign, and what would be lost with it. */
const kept = ['publicClient', 'web', 'requiredResourceAccess', 'isFallbackPublicClient'] as const;

endToEnd('an application that a program of version 0.1.0 has adopted', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await Deployment.start(organization());
    const { directory } = deployment.entra;
    directory.addApplication(tenants.contoso, {
      appId: EXISTING,
      displayName: 'from the wizard',
      publicClient: { redirectUris: [FOREIGN_URI] },
      requiredResourceAccess: [
        { resourceAppId: apis.MicrosoftGraph.clientId, resourceAccess: [{ id: FOREIGN_ROLE, type: 'Role' }] },
      ],
    });
    directory.addServicePrincipal(tenants.contoso, EXISTING);
    deployment.workplace.write('cdktf.out/stacks/program/cdk.tf.json', RECORDED);
    await deployment.applySynthesized('program');
  });

  afterAll(() => deployment.close());

  it('is taken along: nothing is made, changed or destroyed', async () => {
    synthesize({ isAdopted: true });

    expect(await deployment.planSynthesized('program')).toMatchObject({ changes: [] });
  });

  it('is not replaced in the very step: the review blocks it', async () => {
    synthesize({ isAdopted: false });
    const context = { at: new Date(), configuration: undefined, certificates: new CertificateIndex([], () => []) };
    const plan = readPlan(JSON.parse(await deployment.planJsonSynthesized('program')), 'plan.json');

    const { findings, verdict } = reviewStack(stackPlan(plan, 'program', context), context);

    expect(verdict).toBe('block');
    expect(findings.map(({ id }) => id)).toContain('adopted-application-emptied');
  });

  it('keeps what is asked for no more, in the very step, and everything where an owned one follows', async () => {
    const before = foreign();
    for (const step of [{ isAdopted: true, services: ['exchange'] as const }, { isAdopted: false }]) {
      synthesize(step);

      await deployment.applySynthesized('program');

      for (const property of kept) expect(foreign()[property]).toEqual(before[property]);
      expect((await deployment.planSynthesized('program')).changes).toEqual([]);
    }
    expect(deployment.applications(tenants.contoso)).toHaveLength(2);
  });

  function synthesize(options: Omit<ProgramOptions, 'certificate'>): void {
    const certificate = /-----BEGIN CERTIFICATE-----[^"]*/.exec(RECORDED)?.[0].replaceAll('\\n', '\n') ?? '';
    const app = new App({ outdir: deployment.workplace.path('cdktf.out') });
    buildProgram(app, { ...options, certificate });
    app.synth();
  }

  function foreign(): Application {
    const found = deployment.applications(tenants.contoso).find(({ appId }) => appId === EXISTING);
    if (found === undefined) throw new Error('the application is gone');
    return structuredClone(found);
  }
});
