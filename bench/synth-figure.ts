import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FigureOptions, Row } from './figure';
import { refuseDifference } from './stack-contents';
import { alternate, Contestant } from './rounds';
import { fillKeystore, writeSample } from './sample';

/**
 * What the library adds to CDKTF itself: `vb365 synth` from start to end, beside a program that makes the same
 * resources by hand.
 */
export async function synthFigure({ workspace, quick }: FigureOptions): Promise<readonly Row[]> {
  const sample = await writeSample(workspace.addFolder('synth'), 1000);
  await fillKeystore(sample);
  const ourFolder = join(sample.folder, 'cdktf.out');
  const theirFolder = join(sample.folder, 'by-hand');

  const ours = new Contestant(() => {
    rmSync(ourFolder, { recursive: true, force: true });
    return workspace.runCommand(['synth'], sample.folder, { CDKTF_OUTDIR: ourFolder });
  });
  const byHand = new Contestant(() => {
    rmSync(theirFolder, { recursive: true, force: true });
    const args = [String(sample.organizations), sample.keystore];
    return workspace.runProgram('synthesize-by-hand', args, sample.folder, { CDKTF_OUTDIR: theirFolder });
  });
  await alternate(quick ? 2 : 5, [ours, byHand]);
  refuseDifference(ourFolder, theirFolder);

  const figure = `synthesize ${sample.organizations} organizations / by hand`;
  return [
    {
      figure: `${figure}: time`,
      ours: ours.seconds,
      theirs: byHand.seconds,
      unit: 's',
      ratio: ours.seconds / byHand.seconds,
      bound: { atMost: 1.5 },
    },
    {
      figure: `${figure}: peak memory`,
      ours: ours.peakMebibytes,
      theirs: byHand.peakMebibytes,
      unit: 'MiB',
      ratio: ours.peakMebibytes / byHand.peakMebibytes,
      bound: { atMost: 1.5 },
    },
  ];
}
