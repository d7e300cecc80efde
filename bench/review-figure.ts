import { type FigureOptions, type Row, scaled } from './figure';
import { type LargePlan, REVIEWED_AT, writeLargePlan } from './large-plan';
import { Contestant, measure } from './rounds';

const ROUNDS = { least: 7, most: 25 };

/**
 * Reviewing a plan costs what reading it costs: what `vb365 review` takes for a large one beyond a small one, beside a program
 * that only parses them. The memory is that of the whole programs.
 */
export async function reviewFigure({ workspace, effort }: FigureOptions): Promise<readonly Row[]> {
  const planOf = (changes: number): LargePlan => writeLargePlan(workspace.addFolder(`review-${changes}`), changes);
  const [large, small] = [planOf(scaled(effort, 10_000)), planOf(1)];
  const reviewOf = ({ file, folder }: LargePlan): Contestant => {
    const options = ['--at', REVIEWED_AT, '--format', 'markdown', '--fail-on', 'never'];
    return new Contestant(() => workspace.runCommand(['review', file, ...options], folder));
  };
  const parsingOf = ({ file, folder }: LargePlan): Contestant =>
    new Contestant(() => workspace.runProgram('parse-json', [file], folder));

  const [ours, startUp, parsing, startUpOfParsing] = [
    reviewOf(large),
    reviewOf(small),
    parsingOf(large),
    parsingOf(small),
  ];

  const beyond = (whole: Contestant, start: Contestant, round: number): number =>
    whole.in(round).seconds - start.in(round).seconds;
  const figure = `review ${large.changes} changes / JSON.parse of the plan`;
  return measure([ours, startUp, parsing, startUpOfParsing], effort.rounds ?? ROUNDS, [
    {
      figure: `${figure}: time beyond start-up`,
      ours: (round) => beyond(ours, startUp, round),
      theirs: (round) => beyond(parsing, startUpOfParsing, round),
      unit: 's',
      bound: { atMost: 3 },
    },
    {
      figure: `${figure}: peak memory`,
      ours: (round) => ours.in(round).peakMebibytes,
      theirs: (round) => parsing.in(round).peakMebibytes,
      unit: 'MiB',
      bound: { atMost: 3 },
    },
  ]);
}
