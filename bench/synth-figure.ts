import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type FigureOptions, type Row, scaled } from './figure';
import { refuseDifference } from './stack-contents';
import { Contestant, measure } from './rounds';
import { fillKeystore, writeSample } from './sample';

const ROUNDS = { least: 6, most: 15 };

/**
 * What the library adds to CDKTF itself: `vb365 synth` from start to end, beside a program that makes the same
 * resources by hand.
 */
export async function synthFigure({ workspace, effort }: FigureOptions): Promise<readonly Row[]> {
  const sample = await writeSample(workspace.addFolder('synth'), scaled(effort, 1000));
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

  const figure = `synthesize ${sample.organizations} organizations / by hand`;
  const rows = await measure([ours, byHand], effort.rounds ?? ROUNDS, [
    {
      figure: `${figure}: time`,
      ours: (round) => ours.in(round).seconds,
      theirs: (round) => byHand.in(round).seconds,
      unit: 's',
      bound: { atMost: 1.5 },
    },
    {
      figure: `${figure}: peak memory`,
      ours: (round) => ours.in(round).peakMebibytes,
      theirs: (round) => byHand.in(round).peakMebibytes,
      unit: 'MiB',
      bound: { atMost: 1.5 },
    },
  ]);
  refuseDifference(ourFolder, theirFolder);
  return rows;
}
