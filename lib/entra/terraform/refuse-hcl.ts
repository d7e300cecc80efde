import { App } from 'cdktf';
import type { Construct } from 'constructs';
import { Vb365Error } from '../../errors';

/**
 * Refuses `cdktf synth --hcl` before anything is written: CDKTF renders neither `import` nor `removed` blocks in HCL, by which
 * applications are protected that are there already, and writes overrides as invalid HCL (measured with cdktf 0.21.0).
 *
 * @throws Vb365Error `hcl-refused`
 */
export function refuseHcl(scope: Construct): void {
  const { root } = scope.node;
  if (!App.isApp(root) || !root.hclOutput) return;
  throw new Vb365Error('hcl-refused', {
    subject: scope.node.path,
    message:
      'HCL is asked for, in which CDKTF leaves out what protects applications that are there already, and writes other blocks wrongly',
    cure: 'synthesize JSON, which Terraform reads as well: "npx cdktf synth" without --hcl, an App without hclOutput, and SYNTH_HCL_OUTPUT not set',
  });
}
