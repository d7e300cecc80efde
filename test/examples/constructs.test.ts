import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import engine from 'cdktf/package.json';

const root = join(__dirname, '..', '..');

describe('examples/constructs', () => {
  it('synthesizes an owned and an existing application', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'vb365-example-'));
    try {
      execFileSync(process.execPath, ['--import', 'tsx', join('examples', 'constructs', 'main.ts')], {
        cwd: root,
        env: { ...process.env, CDKTF_OUTDIR: outdir },
      });

      const written = readFileSync(join(outdir, 'stacks', 'backup', 'cdk.tf.json'), 'utf8');
      // What the engine says of itself is no work of this project's.
      expect(written.replace(`"version": "${engine.version}"`, '"version": "of the engine"')).toMatchSnapshot();
    } finally {
      rmSync(outdir, { recursive: true });
    }
  });
});
