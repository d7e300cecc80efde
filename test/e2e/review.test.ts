import { zipSync } from 'fflate';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import type { ReviewDocument } from '../../lib/review/document/document';
import { organization } from './configurations';
import { Deployment } from './deployment';
import { endToEnd } from './end-to-end';

const LINEAGE = 'contoso/entra-application';

endToEnd('vb365 review', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await Deployment.start(organization(['application: { displayName: VB365 contoso }']));
    await deployment.plan('contoso');
  });

  afterAll(() => deployment.close());

  async function review(): Promise<ReviewDocument> {
    const { code, stdout, stderr } = await deployment.workplace.run(['review', 'cdktf.out', '--format', 'json'], {
      env: process.env,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return JSON.parse(stdout) as ReviewDocument;
  }

  it('shows the binary plan that terraform wrote, and not the JSON beside it', async () => {
    const json = deployment.workplace.write('cdktf.out/stacks/contoso/plan.json', '{"stale": true}');
    const { failures, notes, stacks } = await review();
    expect(failures).toEqual([]);
    // Which configuration it was made of, the binary plan tells.
    expect(notes).toEqual([expect.stringMatching(/: there is no Git repository here; name one with --base$/)]);
    expect(stacks).toMatchObject([
      {
        stack: 'contoso',
        owner: 'organization',
        verdict: 'warn',
        applications: [{ displayName: 'VB365 contoso', effect: 'create' }],
        credentials: [{ lineage: LINEAGE, generation: '0001', change: 'added', current: true }],
        access: [{ application: 'VB365 contoso', directoryRoles: { added: ['Global Reader'] } }],
      },
    ]);
    rmSync(json);
  });

  it('shows a binary plan to a terraform that gets no secret', async () => {
    const { workplace } = deployment;
    const script = '#!/bin/sh\nenv > "$(dirname "$0")/seen"\nexec terraform "$@"\n';
    const program = workplace.write('my terraform', script);
    chmodSync(program, 0o755);
    const secrets = { VB365_REST_PASSWORD: 'hunter2', ARM_CLIENT_SECRET: 'hunter2', ARM_OIDC_TOKEN: 'hunter2' };
    const env = { ...process.env, ...secrets, TERRAFORM_BINARY_NAME: program };
    const { code, stderr } = await workplace.run(['review', 'cdktf.out/stacks/contoso/plan'], { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(workplace.read('seen')).toContain('TF_IN_AUTOMATION=1');
    expect(workplace.read('seen')).not.toContain('hunter2');
  });

  it('says why terraform cannot show what is no plan', async () => {
    const { workplace } = deployment;
    writeFileSync(workplace.path('cdktf.out/stacks/contoso/plan.out'), zipSync({ tfplan: Buffer.from('junk') }));
    const plan = 'cdktf.out/stacks/contoso/plan.out';
    const { code, stdout } = await workplace.run(['review', plan], { env: process.env });
    expect(code).toBe(2);
    expect(stdout).toMatch(/^block\[plan-not-shown\] the binary plan .*: terraform cannot show it: Couldn't show /m);
  });
});
