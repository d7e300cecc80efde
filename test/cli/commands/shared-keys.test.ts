import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { configurationOf, removeWorkplaces, Workplace } from '../../support/cli';

const CONTOSO = 'contoso/entra-application';
const FABRIKAM = 'fabrikam/entra-application';

/** Two organizations, of which contoso has a superseded generation; not to be changed. */
let done: Workplace;

beforeAll(async () => {
  done = new Workplace(configurationOf('contoso', 'fabrikam'));
  await done.run(['issue']);
  await done.run(['renew', CONTOSO]);
});

afterAll(removeWorkplaces);

/** With both files of a generation of contoso under another lineage. */
function copied(lineage: string, label: string): Workplace {
  const workplace = done.copy();
  mkdirSync(workplace.path(`keystore/${lineage}`), { recursive: true });
  for (const suffix of ['crt', 'key.age']) {
    cpSync(
      workplace.path(`keystore/${CONTOSO}/0001.${suffix}`),
      workplace.path(`keystore/${lineage}/${label}.${suffix}`),
    );
  }
  return workplace;
}

describe('a key of two organizations', () => {
  it('is an error of status, which names both lineages', async () => {
    const { code, stderr } = await copied(FABRIKAM, '0002').run(['status']);
    expect(code).toBe(1);
    expect(stderr).toContain(`error[keystore-key-shared] ${FABRIKAM}/0002.crt: ${FABRIKAM} 0002 and ${CONTOSO} 0001 `);
    expect(stderr).toContain(`error[keystore-key-shared] ${CONTOSO}/0001.crt: ${CONTOSO} 0001 and ${FABRIKAM} 0002 `);
  });

  it.each([FABRIKAM, 'former/entra-application'])('stops synthesis, and the stacks of both: %s', async (lineage) => {
    const workplace = copied(lineage, '0002');
    const refused = await workplace.run(['synth']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('error[keystore-damaged]');
    expect(existsSync(workplace.path('cdktf.out'))).toBe(false);

    const whole = await workplace.runProcess(['synth', '--whole']);
    expect(whole.code).toBe(0);
    expect(existsSync(workplace.path('cdktf.out/stacks/primary'))).toBe(true);
    expect(existsSync(workplace.path('cdktf.out/stacks/contoso'))).toBe(false);
    expect(existsSync(workplace.path('cdktf.out/stacks/fabrikam'))).toBe(lineage !== FABRIKAM);
  });

  it('is mended by what the finding says', async () => {
    const workplace = copied(FABRIKAM, '0002');
    await workplace.run(['renew', FABRIKAM]);
    await workplace.run(['retire', '--confirmed', FABRIKAM]);
    expect(await workplace.run(['status'])).toMatchObject({
      code: 0,
      stderr: expect.not.stringContaining('shared') as string,
    });
  });

  it('is not imported', async () => {
    const workplace = done.copy();
    const env = { P: 'password of a PFX' };
    await workplace.run(['export', CONTOSO, '--password-env', 'P', '--out', 'contoso.pfx'], { env });
    for (const flags of [[], ['--dry-run']]) {
      const { code, stderr } = await workplace.run(
        ['import', FABRIKAM, 'contoso.pfx', '--password-env', 'P', ...flags],
        { env },
      );
      expect([flags, code]).toEqual([flags, flags.length > 0 ? 1 : 2]);
      expect(stderr).toMatch(/^error\[keystore-key-shared\] .*has the key of contoso\/entra-application 0002/m);
    }
    expect(existsSync(workplace.path(`keystore/${FABRIKAM}/0002.crt`))).toBe(false);
  });
});

describe('a key of two roles of a server', () => {
  it('is imported and published, and told', async () => {
    const workplace = done.copy();
    const env = { P: 'password of a PFX' };
    await workplace.run(
      ['export', 'primary/restore-operator-authentication', '--password-env', 'P', '--out', 'p.pfx'],
      {
        env,
      },
    );
    const imported = await workplace.run(['import', 'primary/rest-api', 'p.pfx', '--password-env', 'P'], { env });
    expect(imported.code).toBe(0);
    expect(imported.stderr).toContain('advice[keystore-key-shared]');
    const status = await workplace.run(['status']);
    expect(status.code).toBe(0);
    expect(status.stderr.match(/advice\[keystore-key-shared\]/g)).toHaveLength(1);
    expect((await workplace.runProcess(['synth'])).code).toBe(0);
  });
});
