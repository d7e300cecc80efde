import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readPfx } from '../../../lib/certificates/pfx/read';
import { ended, removeWorkplaces, Workplace } from '../../support/cli';

const LINEAGE = 'contoso/entra-application';
const PRELOAD = `--require ${join(__dirname, '../../support/kill-self.cjs')}`;

/** Holds three lineages, and a pair that was exported beside them; not to be changed. */
let done: Workplace;

beforeAll(async () => {
  done = new Workplace();
  await done.run(['issue']);
  await done.run(exportTo(done));
});

afterAll(removeWorkplaces);

function root(workplace: Workplace): string {
  return dirname(workplace.folder);
}

/** The PFX and its password go to two folders, neither of which is that of the configuration. */
function exportTo(workplace: Workplace, lineage = LINEAGE, name = 'contoso'): string[] {
  const [pfx, password] = [join(root(workplace), 'pfx', `${name}.pfx`), join(root(workplace), 'secret', name)];
  return ['export', lineage, '--out', pfx, '--generate-password', password];
}

/** @returns whether it ended before that */
async function killAtChange(workplace: Workplace, change: number, args: readonly string[]): Promise<boolean> {
  const env = { NODE_OPTIONS: PRELOAD, VB365_TEST_KILL_AT: String(change) };
  return (await ended(workplace.spawn(args, { env, stdio: 'ignore' }))) !== null;
}

/** Whether the PFX opens with the password that lies in the other folder. */
function opens(workplace: Workplace): boolean {
  const [pfx, password] = [join(root(workplace), 'pfx/contoso.pfx'), join(root(workplace), 'secret/contoso')];
  if (!existsSync(pfx) || !existsSync(password)) return false;
  try {
    readPfx(readFileSync(pfx), readFileSync(password, 'utf8').trim());
    return true;
  } catch {
    return false;
  }
}

function unfinished(workplace: Workplace): string[] {
  const names = readdirSync(root(workplace), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.includes('.vb365-'));
}

describe('vb365 export --force that is killed', () => {
  it('leaves a pair that opens, or status tells and the next export puts it back, at every fourth change of the disk', async () => {
    const seen = new Set<string>();
    let isDone = false;
    for (let change = 1; !isDone; change += 4) {
      const workplace = done.copy();
      isDone = await killAtChange(workplace, change, [...exportTo(workplace), '--force']);
      const { stderr } = await workplace.run(['status']);
      const isTold = stderr.includes('warning[output-left-behind]');
      const left = unfinished(workplace);
      // The last thing to go is the record that tells, which holds no secret.
      expect({ change, isTold }).toEqual({ change, isTold: left.length > 0 });
      expect({ change, opensOrIsTold: opens(workplace) || isTold }).toEqual({ change, opensOrIsTold: true });
      seen.add(`${opens(workplace) ? 'opens' : 'does not open'}, ${isTold ? 'told' : 'silent'}`);
      // With other files, from the same configuration.
      const next = await workplace.run(exportTo(workplace, 'primary/rest-api', 'other'));
      expect(next.code).toBe(0);
      expect({ change, opens: opens(workplace) }).toEqual({ change, opens: true });
      expect({ change, left: unfinished(workplace) }).toEqual({ change, left: [] });
    }
    expect([...seen].sort()).toEqual(['does not open, told', 'opens, silent', 'opens, told']);
  });
});

describe('vb365 install --via bundle that is killed', () => {
  it('leaves nothing that the next run does not clear away', async () => {
    let isDone = false;
    for (let change = 1; !isDone; change += 17) {
      const workplace = done.copy();
      const args = ['install', LINEAGE, '--via', 'bundle', '--out', 'bundle', '--passwords', '../bundle.password'];
      isDone = await killAtChange(workplace, change, args);
      const hasLeft = unfinished(workplace).length > 0;
      const { stderr } = await workplace.run(['status']);
      expect({ change, isTold: stderr.includes('output-left-behind') }).toEqual({ change, isTold: hasLeft });
      const again = await workplace.run([...args, '--force']);
      expect({ change, code: again.code, left: unfinished(workplace) }).toEqual({ change, code: 0, left: [] });
    }
  });
});
