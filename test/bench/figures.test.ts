import { type Effort, isMeasured } from '../../bench/figure';
import { figures } from '../../bench/figures';
import { Workspace } from '../../bench/workspace';
import { COMMAND_LINE } from '../support/cli';

/** Whether each runs, and compares like with like; what it measures of so little says nothing. */
const LITTLE: Effort = { scale: 0, rounds: { least: 1, most: 1 } };

describe('figures', () => {
  let workspace: Workspace;

  beforeAll(() => {
    workspace = new Workspace(COMMAND_LINE);
  });

  afterAll(() => {
    workspace.remove();
  });

  it.each(Object.entries(figures))(
    'measures %s',
    async (_name, figure) => {
      const rows = await figure({ workspace, effort: LITTLE });

      expect(rows).not.toEqual([]);
      expect(rows.filter((row) => !isMeasured(row))).toEqual([]);
    },
    120_000,
  );
});
