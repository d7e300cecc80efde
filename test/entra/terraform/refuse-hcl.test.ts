import { App, TerraformStack } from 'cdktf';
import { EntraApplication } from '../../../lib/entra/entra-application';
import { RestApiCertificate } from '../../../lib/roles/installed-certificates';
import { removeWorkplaces, Workplace } from '../../support/cli';
import { lineageOf } from '../../support/lineages';
import { thrownBy } from '../../support/thrown';

afterAll(removeWorkplaces);

describe('synthesis as HCL', () => {
  it.each<[string, (stack: TerraformStack) => unknown]>([
    ['an owned application', (stack) => new EntraApplication(stack, 'x', { displayName: 'VB365' })],
    [
      'an existing application',
      (stack) => EntraApplication.fromClientId(stack, 'x', '00000000-0000-0000-0000-00000000a001'),
    ],
    [
      'a certificate of a server',
      (stack) =>
        new RestApiCertificate(stack, 'x', {
          lineage: lineageOf(1, 'primary/rest-api'),
          hostName: 'vb365.example.com',
        }),
    ],
  ])('is refused where a program has %s', (_, build) => {
    const { folder } = new Workplace(null);
    const synthesize = (hclOutput: boolean): void => {
      build(new TerraformStack(new App({ outdir: folder, hclOutput }), 'stack'));
    };

    expect(
      thrownBy(() => {
        synthesize(true);
      }),
    ).toMatchObject({
      code: 'hcl-refused',
      cure: expect.stringContaining('npx cdktf synth'),
    });
    expect(() => {
      synthesize(false);
    }).not.toThrow();
  });

  it('is refused by the stacks, as cdktf asks for it, and leaves what was synthesized before', async () => {
    const workplace = new Workplace();
    await workplace.run(['issue']);
    await workplace.runProcess(['synth']);
    const before = workplace.snapshot();

    const { code, stderr } = await workplace.runProcess(['synth'], { env: { SYNTH_HCL_OUTPUT: 'true' } });

    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('error[hcl-refused]') });
    expect(workplace.snapshot()).toEqual(before);
  });
});
