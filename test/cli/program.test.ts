import fc from 'fast-check';
import { run } from '../../cli/program';
import { configurationJsonSchema } from '../../lib/config/schema/json-schema';
import packageJson from '../../package.json';
import { removeWorkplaces, THREE_LINEAGES, Workplace } from '../support/cli';

const COMMANDS = [
  'init',
  'issue',
  'renew',
  'retire',
  'reseal',
  'audit',
  'request',
  'import',
  'export',
  'install',
  'verify',
  'recover',
  'status',
  'report',
  'explain',
  'synth',
  'review',
  'matrix',
  'permissions',
  'schema',
];

let workplace: Workplace;

beforeAll(() => {
  workplace = new Workplace();
});

afterAll(removeWorkplaces);

describe('vb365', () => {
  it('lists its commands in the order in which a person needs them', async () => {
    const { code, stdout } = await workplace.run(['--help']);
    expect(code).toBe(0);
    expect(stdout.match(/^ {2}[a-z]+(?= )/gm)?.map((name) => name.trim())).toEqual([...COMMANDS, 'help']);
  });

  it.each(COMMANDS)('shows with %s --help what it takes, and an example', async (command) => {
    const { code, stdout, stderr } = await workplace.run([command, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`Example:\\n {2}\\$ vb365 .*${command}`));
  });

  it.each(COMMANDS)('wraps the help of %s to the terminal, and no example', async (command) => {
    for (const columns of [70, 80, 120]) {
      const { stdout } = await workplace.run([command, '--help'], { isTTY: true, columns });
      const long = stdout.split('\n').filter((line) => line.length > columns);
      expect(long.filter((line) => !/^ {2}\$ /.test(line))).toEqual([]);
    }
  });

  it('shows its help and fails where no command is given', async () => {
    const { code, stdout, stderr } = await workplace.run([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: vb365/);
  });

  it('tells its version', async () => {
    const { code, stdout } = await workplace.run(['--version']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${packageJson.version}\n` });
  });

  it('prints the schema of vb365.yaml', async () => {
    const { code, stdout } = await workplace.run(['schema']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(configurationJsonSchema());
  });
});

describe('vb365 called the wrong way', () => {
  it.each([
    [['sattus'], "unknown command 'sattus' (Did you mean status?)", 'vb365 --help'],
    [['status', '--jsonn'], "unknown option '--jsonn' (Did you mean --json?)", 'vb365 status --help'],
    [['status', 'contoso'], "too many arguments for 'status'. Expected 0 arguments but got 1.", 'vb365 status --help'],
    [['import'], "missing required argument 'lineage'", 'vb365 import --help'],
    [['status', '--config'], "option '--config <file>' argument missing", 'vb365 status --help'],
  ])('%j says what is wrong and how to learn more', async (args, message, help) => {
    const { code, stdout, stderr } = await workplace.run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(`error[usage] ${message}\ncure: run "${help}" to see what it takes\n`);
  });

  it('does not repeat the password that somebody gives to an option there is not', async () => {
    const { code, stderr } = await workplace.run(['export', 'a/b', "--password=it's\nsecret"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[usage\] unknown option '--password'/);
    expect(stderr).not.toContain('secret');
  });

  it.each(['-phunter2', "-p=hunter2's\n'own'", '-hunter2'])(
    'shows no more than two characters of %j',
    async (option) => {
      const { code, stderr } = await workplace.run(['import', 'a/b', option]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^error\[usage\] unknown option '-\w'\n/);
    },
  );

  it('does not repeat what is no thumbprint', async () => {
    const args = ['import', 'contoso/entra-application', '--thumbprint', 'hunter2'];
    const { stderr } = await workplace.run(args);
    expect(stderr).toMatch(/^error\[thumbprint-malformed\] a text of 7 characters .* 40 hex digits\n/);
    expect(stderr).not.toContain('hunter2');
  });

  it.each(['--config', '--out', '--generate-password', '--password-file'])('refuses an empty %s', async (option) => {
    const { code, stderr } = await workplace.run(['export', 'contoso/entra-application', option, '']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[usage\] .*Name a file\./);
  });

  it.each([
    '',
    'now',
    '3',
    '2027-13-01',
    '2027-02-30',
    '2027-02-29',
    '2027-1-1',
    '20270101',
    '2027-01-01T24:00:00Z',
    '2027-01-01T08:00:00',
    '2027-01-01T08:00:60Z',
    '2027-01-01 08:00:00Z',
    '+012027-01-01',
    '2027-01-01T08:00:00+25:00',
  ])('refuses --at %j', async (at) => {
    const { code, stderr } = await workplace.run(['status', '--at', at]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[usage\] .*Give a date such as 2027-01-31.*\ncure: /);
  });

  it.each(['2028-02-29', '2027-01-31T08:00Z', '2027-01-31T08:00:00.123+02:00'])('takes --at %s', async (at) => {
    expect((await workplace.run(['status', '--at', at])).code).toBe(1);
  });

  it('takes the last of an option given twice', async () => {
    const { code } = await workplace.run(['status', '--config', 'absent.yaml', '--config', 'vb365.yaml']);
    expect(code).toBe(1);
  });

  it('cuts what would drown the message', async () => {
    const { code, stderr } = await workplace.run(['export', 'x'.repeat(100_000)]);
    expect(code).toBe(2);
    expect(stderr.length).toBeLessThan(1_000);
  });
});

describe('vb365 with a bad configuration', () => {
  it.each([
    ['that is not there', 'absent.yaml', 'configuration-file-missing'],
    ['that is a folder', '.', 'configuration-file-unreadable'],
    ['below a file', 'vb365.yaml/x', 'system-refused|configuration-file-.*'],
    ['of an endless name', 'x'.repeat(5_000), 'system-refused|configuration-file-.*'],
  ])('%s, fails', async (_, config, code) => {
    for (const command of ['issue', 'status']) {
      const outcome = await workplace.run([command, '--config', config]);
      expect(outcome.code).toBe(2);
      expect(outcome.stderr).toMatch(new RegExp(`^error\\[(?:${code})\\] .*\\ncure: .*\\n$`));
    }
  });

  it('names file, line and column of everything that is wrong, then sums up', async () => {
    const broken = new Workplace(`${THREE_LINEAGES}    colour: blue\nshape: round\n`);
    const { code, stdout, stderr } = await broken.run(['issue']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    const lines = stderr.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^error\[configuration-key-unknown\] vb365\.yaml:15:5: /);
    expect(lines.at(-2)).toBe('error[configuration-invalid] vb365.yaml has 2 errors');
    expect(lines.at(-1)).toBe('cure: correct what the findings name');
  });

  it.each([
    ['is a file', 'keystore-not-a-folder', (broken: Workplace) => broken.write('keystore', '')],
    [
      'has a folder in place of its recipients',
      'recipients-unreadable',
      (broken: Workplace) => broken.write('keystore/recipients.txt/x', ''),
    ],
    [
      'has garbage in place of its recipients',
      'recipients-invalid',
      (broken: Workplace) => broken.write('keystore/recipients.txt', 'garbage\n'.repeat(1_000)),
    ],
    [
      'has a lineage that is a file',
      'keystore-not-a-folder',
      async (broken: Workplace) => {
        await broken.run(['init']);
        broken.write('keystore/contoso', '');
      },
    ],
  ])('fails where the keystore %s', async (_, code, breakIt) => {
    const broken = new Workplace();
    await breakIt(broken);
    const { code: exitCode, stderr } = await broken.run(['issue']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(new RegExp(`^error\\[${code}\\] .*\\n *cure: .*\\n$`, 'm'));
    expect(stderr).not.toMatch(/^ +at /m);
    expect(Math.max(...stderr.split('\n').map((line) => line.length))).toBeLessThan(2_100);
  });
});

describe('run', () => {
  it('answers whatever it is called with: done, or an error with its cure', async () => {
    const known = [
      'status',
      'export',
      'import',
      'schema',
      '--json',
      '--at',
      '--config',
      '--generation',
      '--dry-run',
      '--',
    ];
    const argument = fc.oneof(fc.constantFrom(...known, 'contoso/entra-application', 'vb365.yaml'), fc.string());
    await fc.assert(
      fc.asyncProperty(fc.array(argument, { maxLength: 6 }), async (args) => {
        const { code, stderr } = await workplace.run(args);
        if (code === 2) expect(stderr).toMatch(/^(?:Usage: |error\[[a-z0-9-]+\] .+\ncure: .+\n$)/);
        expect(stderr).not.toMatch(/error\[internal\]|^ +at /m);
      }),
      { numRuns: 200 },
    );
  });

  it('never throws: what nobody foresaw is reported in one line, without a stack', async () => {
    const errors: string[] = [];
    const stderr = { write: (text: string) => errors.push(text) };
    const terminal = {
      env: {},
      stdout: process.stdout,
      stdin: process.stdin,
      stderr: { ...process.stderr, ...stderr } as unknown as NodeJS.WriteStream,
      cwd: (): string => {
        if (errors.length > 0) return '/';
        errors.push('');
        throw new TypeError('first line\n    second line');
      },
    };
    expect(await run(['node', 'vb365', 'status'], terminal)).toBe(2);
    expect(errors.join('')).toBe(
      'error[internal] TypeError: first line second line\ncure: report this line, and what you ran, as a bug\n',
    );
  });
});
