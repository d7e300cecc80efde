import { type FigureOptions, type Row, scaled } from './figure';
import { Contestant, measure } from './rounds';
import { fillKeystore, type Sample, writeSample } from './sample';

const ROUNDS = { least: 7, most: 25 };

/**
 * Nothing to do costs nearly nothing, because `vb365 issue` stands before every deployment: beside a program that reads
 * the same certificates, and four times as many.
 */
export async function idleFigure({ workspace, effort }: FigureOptions): Promise<readonly Row[]> {
  const sampleOf = async (organizations: number): Promise<Sample> => {
    const sample = await writeSample(workspace.addFolder(`idle-${organizations}`), organizations);
    await fillKeystore(sample);
    return sample;
  };
  const issueIn = (sample: Sample): Contestant => new Contestant(() => workspace.runCommand(['issue'], sample.folder));

  const many = scaled(effort, 1000);
  const [one, some, more] = [await sampleOf(1), await sampleOf(many), await sampleOf(4 * many)];
  const [startUp, ours, oursOfMore] = [issueIn(one), issueIn(some), issueIn(more)];
  const reading = new Contestant(() => {
    const args = [some.keystore, String(some.organizations)];
    return workspace.runProgram('read-certificates', args, some.folder);
  });

  /** Milliseconds. */
  const perLineage = (contestant: Contestant, { organizations }: Sample, round: number): number =>
    ((contestant.in(round).seconds - startUp.in(round).seconds) * 1000) / (organizations - one.organizations);
  return measure([startUp, ours, reading, oursOfMore], effort.rounds ?? ROUNDS, [
    {
      figure: `issue with nothing to do for ${some.organizations} organizations / read their certificates`,
      ours: (round) => ours.in(round).seconds,
      theirs: (round) => reading.in(round).seconds,
      unit: 's',
      bound: { atMost: 2 },
    },
    {
      figure: `the same, time a lineage: at ${more.organizations} / at ${some.organizations}`,
      ours: (round) => perLineage(oursOfMore, more, round),
      theirs: (round) => perLineage(ours, some, round),
      unit: 'ms',
      bound: { atMost: 1.5 },
    },
  ]);
}
