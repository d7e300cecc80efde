import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeWorkplaces, THREE_LINEAGES, Workplace } from '../../support/cli';
import { ROOT } from '../../support/repository-files';

const NOTE =
  'note: the host names and tenant ids are those of the sample: put your own into vb365.yaml, and "vb365 renew" will replace what then does not fit\n';
const SAMPLE = readFileSync(join(ROOT, 'vb365.yaml'), 'utf8');
const AT = ['--at', '2026-07-01'];

/** Issued as `init` has written it; not to be changed. */
let sample: Workplace;

beforeAll(async () => {
  sample = new Workplace(SAMPLE);
  await sample.run(['issue', '--at', '2026-06-01']);
});

afterAll(removeWorkplaces);

describe('the configuration of init, as it is', () => {
  it.each([
    ['issue', AT],
    ['status', AT],
    ['synth', []],
  ])('is taken by %s, which says in one line what becomes of its certificates', async (command, options) => {
    const { code, stderr } = await sample.copy().runProcess([command, ...options]);
    expect(code).toBe(0);
    expect(stderr.split(NOTE)).toHaveLength(2);
  });

  it('is replaced by other names, and renew by then makes every certificate fit, as the line says', async () => {
    const workplace = sample.copy();
    workplace.write('vb365.yaml', SAMPLE.replaceAll('example.com', 'litware.example'));
    const status = await workplace.run(['status', ...AT]);
    expect(status.code).toBe(1);
    expect(status.stderr).not.toContain('sample');
    expect(status.stderr).toContain('8 lineages: 5 unfit, 3 valid');
    expect((await workplace.run(['renew', ...AT])).code).toBe(0);
    expect((await workplace.run(['status', ...AT])).code).toBe(0);
  });

  it('is told from other configurations', async () => {
    const workplace = new Workplace(THREE_LINEAGES);
    for (const command of ['issue', 'status']) expect((await workplace.run([command])).stderr).not.toContain('sample');
  });
});
