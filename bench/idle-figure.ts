import type { FigureOptions, Row } from './figure';
import { alternate, Contestant } from './rounds';
import { fillKeystore, type Sample, writeSample } from './sample';

/**
 * Nothing to do costs nearly nothing, because `vb365 issue` stands before every deployment: beside a program that reads
 * the same certificates, and four times as many.
 */
export async function idleFigure({ workspace, quick }: FigureOptions): Promise<readonly Row[]> {
  const sampleOf = async (organizations: number): Promise<Sample> => {
    const sample = await writeSample(workspace.addFolder(`idle-${organizations}`), organizations);
    await fillKeystore(sample);
    return sample;
  };
  const issueIn = (sample: Sample): Contestant => new Contestant(() => workspace.runCommand(['issue'], sample.folder));

  const [one, thousand, more] = [await sampleOf(1), await sampleOf(1000), await sampleOf(4000)];
  const [startUp, ours, oursOfMore] = [issueIn(one), issueIn(thousand), issueIn(more)];
  const reading = new Contestant(() => {
    const args = [thousand.keystore, String(thousand.organizations)];
    return workspace.runProgram('read-certificates', args, thousand.folder);
  });
  await alternate(quick ? 5 : 15, [startUp, ours, reading, oursOfMore]);

  const perLineage = (contestant: Contestant, { organizations }: Sample): number =>
    (contestant.seconds - startUp.seconds) / (organizations - one.organizations);
  const [each, eachOfMore] = [perLineage(ours, thousand), perLineage(oursOfMore, more)];
  return [
    {
      figure: `issue with nothing to do for ${thousand.organizations} organizations / read their certificates`,
      ours: ours.seconds,
      theirs: reading.seconds,
      unit: 's',
      ratio: ours.seconds / reading.seconds,
      bound: { atMost: 2 },
    },
    {
      figure: `the same, time a lineage: at ${more.organizations} / at ${thousand.organizations}`,
      ours: eachOfMore * 1000,
      theirs: each * 1000,
      unit: 'ms',
      ratio: eachOfMore / each,
      bound: { atMost: 1.5 },
    },
  ];
}
