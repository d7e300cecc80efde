import type { FigureOptions, Row } from './figure';
import { type LargePlan, REVIEWED_AT, writeLargePlan } from './large-plan';
import { alternate, Contestant } from './rounds';

/**
 * Reviewing a plan costs what reading it costs: what `vb365 review` takes for a large one beyond a small one, beside a program
 * that only parses them. The memory is that of the whole programs.
 */
export async function reviewFigure({ workspace, quick }: FigureOptions): Promise<readonly Row[]> {
  const planOf = (changes: number): LargePlan => writeLargePlan(workspace.addFolder(`review-${changes}`), changes);
  const [large, small] = [planOf(10_000), planOf(1)];
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
  await alternate(quick ? 3 : 9, [ours, startUp, parsing, startUpOfParsing]);

  const seconds = { ours: ours.seconds - startUp.seconds, theirs: parsing.seconds - startUpOfParsing.seconds };
  const figure = `review ${large.changes} changes / JSON.parse of the plan`;
  return [
    {
      figure: `${figure}: time beyond start-up`,
      ...seconds,
      unit: 's',
      ratio: seconds.ours / seconds.theirs,
      bound: { atMost: 3 },
    },
    {
      figure: `${figure}: peak memory`,
      ours: ours.peakMebibytes,
      theirs: parsing.peakMebibytes,
      unit: 'MiB',
      ratio: ours.peakMebibytes / parsing.peakMebibytes,
      bound: { atMost: 3 },
    },
  ];
}
