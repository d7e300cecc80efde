import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { organization } from './configurations';
import { Deployment } from './deployment';
import { endToEnd } from './end-to-end';

const LINEAGE = 'contoso/entra-application';

endToEnd('a keystore that is damaged after a deployment', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await Deployment.start(organization());
    await deployment.issueSuccessor(LINEAGE);
    await deployment.apply('contoso');
    deployment.workplace.write('kept.crt', deployment.workplace.read(path('crt')));
    deployment.workplace.write('kept.key.age', deployment.workplace.read(path('key.age')));
  });

  afterAll(() => deployment.close());

  it.each([
    ['the certificate is gone', () => undefined],
    [
      'a folder stands in its place',
      (file: string) => {
        mkdirSync(file);
      },
    ],
    [
      'a link stands in its place',
      (file: string) => {
        symlinkSync('../../../kept.crt', file);
      },
    ],
  ])('stops every command that would decide by what is left: %s', async (_, damage) => {
    const { workplace } = deployment;
    rmSync(workplace.path(path('crt')));
    damage(workplace.path(path('crt')));
    const written = workplace.read('cdktf.out/stacks/contoso/cdk.tf.json');
    for (const command of [['issue'], ['renew'], ['retire'], ['renew', '--all'], ['synth']]) {
      const { code, stderr } = await workplace.run(command);
      expect([command, code]).toEqual([command, 2]);
      expect(stderr).toContain(LINEAGE);
    }
    await expect(deployment.synthesize()).rejects.toThrow('keystore-damaged');
    expect(workplace.read('cdktf.out/stacks/contoso/cdk.tf.json')).toBe(written);
    rmSync(workplace.path(path('crt')), { recursive: true, force: true });
    workplace.write(path('crt'), workplace.read('kept.crt'));
    expect(await deployment.plan('contoso')).toMatchObject({ changes: [] });
  });

  it('shows in the review where both files of the newest generation are gone', async () => {
    const { workplace } = deployment;
    for (const suffix of ['crt', 'key.age']) rmSync(workplace.path(path(suffix)));
    workplace.write('plan.json', await deployment.planJson('contoso'));
    const { code, stdout } = await workplace.run(['review', 'plan.json', '--fail-on', 'block']);
    expect(code).toBe(1);
    expect(stdout).toContain('credential-current-removed');
    expect(stdout).toContain('restore both files of its generation from Git');
  });

  function path(suffix: string): string {
    return `keystore/${LINEAGE}/0002.${suffix}`;
  }
});
