import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { COMPILED } from '../support/compile';

describe('the table of verdicts', () => {
  it('holds under the Node that runs the tests, without a word of its own', async () => {
    const { stderr, stdout } = await promisify(execFile)(process.execPath, [join(__dirname, 'judge.mjs'), COMPILED]);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toContainEqual(
      expect.objectContaining({ check: 'hostName', input: 'xn--a', verdict: 'error host-name-invalid' }),
    );
  });
});
