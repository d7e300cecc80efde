import { zipSync } from 'fflate';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { basename, join } from 'node:path';
import { reviewSchema } from '../../../lib/review/document/schema';
import type { ReviewDocument } from '../../../lib/review/document/document';
import { runGit } from '../../../lib/system/run-git';
import { type Outcome, removeWorkplaces, type TerminalOptions, Workplace } from '../../support/cli';

const PLANS = join(__dirname, '..', '..', 'review', 'plans');
const AT = ['--at', '2026-11-21'];

/** What a plan that nobody may apply holds; the values of a pair as they would stand in a file. */
const PEM = ['-----BEGIN PRIVATE KEY-----', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC', '-----END PRIVATE KEY-----'].join('\n');
const CLIENT_SECRET = 'hunter2~client.secret_value';

/** A workplace with the configuration, the keystore and the plan of a recorded one. */
function recorded(name: string, file = 'plan.json'): Workplace {
  const workplace = new Workplace(null);
  cpSync(join(PLANS, name, 'keystore'), workplace.path('keystore'), { recursive: true });
  workplace.write('vb365.yaml', readFileSync(join(PLANS, name, 'vb365.yaml')));
  workplace.write(file, plan(name));
  return workplace;
}

function git(workplace: Workplace, ...args: readonly string[]): void {
  const as = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
  execFileSync('git', ['-C', workplace.path('.'), ...as, ...args], { stdio: 'pipe' });
}

function plan(name: string): Buffer {
  return readFileSync(join(PLANS, name, 'plan.json'));
}

async function documentOf(
  workplace: Workplace,
  args: readonly string[],
  options?: TerminalOptions,
): Promise<ReviewDocument> {
  const { stdout } = await workplace.run(['review', ...args, ...AT, '--format', 'json'], options);
  return reviewSchema.parse(JSON.parse(stdout));
}

/** Stacks in their order, and the codes of what could not be read. */
function gist({ failures, stacks, verdict }: ReviewDocument): unknown {
  return { verdict, stacks: stacks.map(({ stack }) => stack), failures: failures.map(({ code }) => code) };
}

function review(workplace: Workplace, ...args: readonly string[]): Promise<Outcome> {
  return workplace.run(['review', ...args, ...AT]);
}

const NO_BRANCH = expect.stringMatching(
  /^the severities of this vb365\.yaml count as they are, .*: there is no Git repository here; name one with --base$/,
) as unknown;
const NO_CONFIGURATION = expect.stringMatching(
  /^the plan of contoso does not say where the state is kept, /,
) as unknown;

afterAll(removeWorkplaces);

describe('vb365 review', () => {
  it('says in plain words what changes, and the verdict at the end', async () => {
    const { code, stderr, stdout } = await review(recorded('credential-replaced'), 'plan.json');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(
      /^Review of Terraform plans as of 2026-11-21T00:00:00Z\n\ncontoso \(organization\): BLOCKED; /,
    );
    expect(stdout).toMatch(/\n {2}block\[credential-replaced\] .*\n {2}cure: .*\n/);
    expect(stdout).toMatch(/\n {2}REPLACED +certificate +contoso\/entra-application 0002 +current, valid /);
    expect(stdout).toMatch(/\nDo not apply this plan\. 1 to add, 0 to change, 1 to destroy\.\n$/);
  });

  it('colours on a terminal alone', async () => {
    const workplace = recorded('credential-replaced');
    const { stdout } = await workplace.run(['review', 'plan.json', ...AT], { isTTY: true });
    expect(stdout).toContain('\u001B[31mREPLACED\u001B[39m');
    expect((await review(workplace, 'plan.json')).stdout).not.toContain('\u001B');
  });

  it.each([
    ['credential-replaced', [], 1],
    ['credential-replaced', ['--fail-on', 'warn'], 1],
    ['credential-replaced', ['--fail-on', 'never'], 0],
    ['organization-created', [], 0],
    ['organization-created', ['--fail-on', 'warn'], 1],
    ['organization-created', ['--fail-on', 'never'], 0],
    ['nothing-changed', ['--fail-on', 'warn'], 0],
  ])('ends with %s %j as asked: %i', async (name, args, code) => {
    expect((await review(recorded(name), 'plan.json', ...args)).code).toBe(code);
  });
});

describe('a severity that the configuration sets', () => {
  it('counts, and every format shows the reason', async () => {
    const workplace = recorded('credential-replaced');
    const rule = 'review: { rules: { credential-replaced: { severity: warn, reason: moved on @Sunday } } }';
    workplace.write('vb365.yaml', `${rule}\n${workplace.read('vb365.yaml')}`);
    const { findings, verdict } = (await documentOf(workplace, ['plan.json'])).stacks[0]!;
    expect(verdict).toBe('warn');
    expect(findings).toContainEqual(expect.objectContaining({ id: 'credential-replaced', reason: 'moved on @Sunday' }));
    const [text, markdown] = [
      await review(workplace, 'plan.json'),
      await review(workplace, 'plan.json', '--format', 'markdown'),
    ];
    expect(text).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('(set from block to warn in the configuration: moved on @Sunday)'),
    });
    expect(markdown.stdout).toContain(
      '`credential-replaced` (set from block to warn in the configuration: moved on `@Sunday`)',
    );
  });
});

describe('a finding that the configuration makes a note', () => {
  it('stands where everybody sees it, and nothing is all clear', async () => {
    const workplace = recorded('organization-destroyed');
    const rule = 'review: { rules: { application-destroyed: { severity: note, reason: the contract has ended } } }';
    workplace.write('vb365.yaml', `${rule}\n${workplace.read('vb365.yaml')}`);
    const said = 'Nothing left that speaks against applying, but the configuration has set 1 finding lower';
    const { stdout } = await review(workplace, 'plan.json', '--format', 'markdown');
    const [seen = ''] = stdout.split('<details>');
    expect(seen).toContain(`## ℹ️ ${said}\n`);
    expect(seen).toMatch(
      /### What the configuration makes a note \(1\)\n\n- ℹ️ `contoso`: .*\n.* `application-destroyed` \(set from block to note in the configuration: the contract has ended\)\n/,
    );
    expect(stdout).not.toMatch(/✅|note<\/summary>/);
    expect((await review(workplace, 'plan.json')).stdout).toMatch(
      new RegExp(`note\\[application-destroyed\\] .*\\(set from block to note in [\\s\\S]*\\n${said}\\. `),
    );
    expect((await documentOf(workplace, ['plan.json'])).stacks[0]?.findings).toMatchObject([
      { id: 'application-destroyed', severity: 'note', ruleSeverity: 'block' },
    ]);
  });
});

describe('what vb365 review reads', () => {
  const bytes = plan('credential-added');
  const utf16 = Buffer.from(`\uFEFF${bytes.toString()}`, 'utf16le');

  it.each([
    ['UTF-8 with a byte order mark', Buffer.concat([Buffer.from('\uFEFF'), bytes])],
    ['UTF-16, as Windows PowerShell redirects', utf16],
    ['UTF-16 with the high byte first', Buffer.from(utf16).swap16()],
    [
      'lines that end in CR LF',
      Buffer.from(JSON.stringify(JSON.parse(bytes.toString()), undefined, 2).replaceAll('\n', '\r\n')),
    ],
  ])('%s', async (_, content) => {
    const workplace = recorded('credential-added');
    workplace.write('plan.json', content);
    expect(gist(await documentOf(workplace, ['plan.json']))).toEqual({
      verdict: 'clean',
      stacks: ['contoso'],
      failures: [],
    });
  });

  it('standard input', async () => {
    const document = await documentOf(recorded('credential-added'), ['-', '-'], { input: bytes });
    expect(document.stacks).toMatchObject([{ stack: 'contoso', source: 'standard input', owner: 'organization' }]);
  });

  it('folders, each plan once, the worst first', async () => {
    const workplace = recorded('credential-replaced', 'cdktf.out/stacks/contoso/plan.json');
    workplace.write('cdktf.out/stacks/northwind/tfplan.json', plan('existing-application-adopted'));
    workplace.write('cdktf.out/plans/fabrikam.plan.json', plan('data-cloud-created'));
    workplace.write('cdktf.out/stacks/contoso/.terraform/plan.json', 'not looked at');
    workplace.write('cdktf.out/stacks/contoso/cdk.tf.json', '{}');
    symlinkSync('plan.json', workplace.path('cdktf.out/stacks/contoso/tfplan.json'));
    const document = await documentOf(workplace, [
      'cdktf.out',
      'cdktf.out/stacks',
      'cdktf.out/stacks/contoso/plan.json',
    ]);
    expect(gist(document)).toEqual({ verdict: 'block', stacks: ['contoso', 'fabrikam', 'northwind'], failures: [] });
    expect(document.stacks[0]?.source).toBe(join('cdktf.out', 'stacks', 'contoso', 'plan.json'));
  });

  it('the name of a stack from its file or folder, where the plan does not tell it', async () => {
    const nameless = JSON.stringify({ ...(JSON.parse(bytes.toString()) as object), output_changes: {} });
    const workplace = recorded('credential-added');
    for (const file of ['a/plan.json', 'b.plan.json', 'c.json']) workplace.write(file, nameless);
    const document = await documentOf(workplace, ['a/plan.json', 'b.plan.json', 'c.json']);
    expect(gist(document)).toMatchObject({ stacks: ['a', 'b', 'c'] });
  });

  it.each([
    ['an absent file', 'absent.json', '', 'plan-missing', /^there is no absent\.json/],
    ['a folder without a plan', 'empty', null, 'plan-missing', /the folder empty holds no plan/],
    ['nothing', 'x.json', '', 'plan-malformed', /it is empty/],
    [
      'a plan that is cut off',
      'x.json',
      '{"format_version":"1.2","password":"hunter2',
      'plan-malformed',
      /damaged or cut off/,
    ],
    [
      'the log of terraform plan -json',
      'x.json',
      '{"@level":"info","@message":"hunter2"}\n{"@level":"info"}\n',
      'plan-malformed',
      /it is the log of "terraform plan -json"/,
    ],
    [
      'the text of terraform plan',
      'x.json',
      '\nTerraform used the selected providers to generate\n',
      'plan-malformed',
      /for people/,
    ],
    [
      'the text of tofu plan',
      'x.json',
      '\nOpenTofu used the selected providers to generate\n',
      'plan-malformed',
      /for people/,
    ],
    ['binary junk', 'x.json', '\u0000\u0001\u0002', 'plan-malformed', /neither JSON nor a binary plan/],
    ['a list', 'x.json', '[]', 'plan-malformed', /format_version/],
    ['a state', 'x.json', '{"format_version":"1.0","values":{}}', 'plan-malformed', /it is a state/],
    [
      'a plan whose changes are cut out',
      'x.json',
      '{"format_version":"1.2","planned_values":{"root_module":{"child_modules":[{"resources":[{"mode":"managed"}]}]}}}',
      'plan-malformed',
      /it has resources, and does not say what becomes of them/,
    ],
    [
      'a plan whose changes are cut out, of what was there',
      'x.json',
      '{"format_version":"1.2","planned_values":{},"prior_state":{"values":{"root_module":{"resources":[{"mode":"managed"}]}}}}',
      'plan-malformed',
      /it has resources/,
    ],
    ['another format', 'x.json', '{"format_version":"2.0","resource_changes":[]}', 'plan-format-unsupported', /2\.0/],
    [
      'a binary plan where there is no terraform',
      'x.tfplan',
      zipSync({ tfplan: Buffer.from('junk') }),
      'plan-not-shown',
      /there is no no-such-terraform on the path/,
    ],
    ['a binary plan that is cut off', 'x.tfplan', 'PK\u0003\u0004junk', 'plan-not-shown', /it is not a ZIP archive/],
  ])('not %s: it counts as blocked, and the others are reviewed', async (_, name, content, code, message) => {
    const workplace = recorded('credential-added');
    if (content === null) mkdirSync(workplace.path(name));
    else if (name !== 'absent.json') workplace.write(name, content);
    const outcome = await workplace.run(
      ['review', name, 'plan.json', ...AT, '--format', 'json', '--fail-on', 'never'],
      {
        env: { TERRAFORM_BINARY_NAME: 'no-such-terraform' },
      },
    );
    const document = reviewSchema.parse(JSON.parse(outcome.stdout));
    expect(outcome.code).toBe(2);
    expect(gist(document)).toEqual({ verdict: 'block', stacks: ['contoso'], failures: [code] });
    expect(document.failures[0]?.message).toMatch(message);
    expect(outcome.stderr).toMatch(new RegExp(`^error\\[${code}\\] .*\\ncure: .*\\n$`));
    expect(outcome.stdout + outcome.stderr).not.toContain('hunter2');
  });

  it('not a folder that is named as a file, nor a file that others own', async () => {
    const workplace = recorded('credential-added');
    mkdirSync(workplace.path('plan.tfplan'));
    symlinkSync('nowhere', workplace.path('tfplan.json'));
    expect(gist(await documentOf(workplace, ['.']))).toMatchObject({ stacks: ['contoso'], failures: [] });
    expect(gist(await documentOf(workplace, ['tfplan.json']))).toMatchObject({ failures: ['plan-missing'] });
  });

  it('not what is too large for one text, nor what the system refuses', async () => {
    const workplace = recorded('credential-added');
    truncateSync(workplace.write('large.json', ''), 500_000_001);
    mkdirSync(workplace.path('folder/other'), { recursive: true });
    symlinkSync('other', workplace.path('folder/plan'));
    const document = await documentOf(workplace, ['large.json', 'folder', 'x'.repeat(5_000), 'plan.json']);
    expect(gist(document)).toEqual({
      ...{ verdict: 'block', stacks: ['contoso'] },
      failures: ['plan-unreadable', 'plan-too-large', 'plan-unreadable'],
    });
  });

  it('not a binary plan from standard input', async () => {
    const document = await documentOf(recorded('credential-added'), ['-'], { input: 'PK\u0003\u0004' });
    expect(document.failures).toMatchObject([{ code: 'plan-not-shown', source: 'standard input' }]);
  });

  it('not a second plan of the same stack', async () => {
    const workplace = recorded('credential-added');
    workplace.write('other.json', plan('organization-created'));
    expect(gist(await documentOf(workplace, ['plan.json', 'other.json']))).toMatchObject({
      ...{ stacks: ['contoso'], failures: ['plan-of-reviewed-stack'] },
    });
  });

  it('not the JSON beside a binary plan that cannot be shown: it may be of another one', async () => {
    const workplace = recorded('credential-added', 'contoso/plan.json');
    workplace.write('contoso/plan', 'PK\u0003\u0004junk');
    const env = { TERRAFORM_BINARY_NAME: 'no-such-terraform' };
    const outcome = await workplace.run(['review', 'contoso', ...AT, '--format', 'json'], { env });
    const document = reviewSchema.parse(JSON.parse(outcome.stdout));
    expect(outcome.code).toBe(2);
    expect(gist(document)).toEqual({ verdict: 'block', stacks: [], failures: ['plan-not-shown'] });
  });

  it.each([
    [['plan.json', 'tfplan.json'], 'plan.json, tfplan.json'],
    [['plan', 'plan.out'], 'plan, plan.out'],
    [['plan', 'plan.json', 'tfplan'], 'plan, tfplan'],
    [['a.plan.json', 'a.tfplan.json'], 'a.plan.json, a.tfplan.json'],
  ])('none of several plans of one stack in one folder: %j', async (files, named) => {
    const workplace = recorded('credential-added');
    for (const file of files) workplace.write(`stacks/contoso/${file}`, plan('organization-created'));
    const document = await documentOf(workplace, ['stacks', 'plan.json']);
    expect(gist(document)).toEqual({ verdict: 'block', stacks: ['contoso'], failures: ['plan-ambiguous'] });
    expect(document.failures[0]?.message).toMatch(new RegExp(`cannot be told: ${named}$`));
  });

  it('folders however deep, and says what it does not look at', async () => {
    const workplace = recorded('credential-added', 'in/a/b/c/d/e/f/plan.json');
    for (const file of ['in/contoso-plan.json', 'in/a/planned', 'in/a/plan.md', 'in/a/explain.ts'])
      workplace.write(file, '');
    mkdirSync(workplace.path('in/planning'));
    symlinkSync('a', workplace.path('in/link'));
    symlinkSync('loop', workplace.path('in/loop'));
    const document = await documentOf(workplace, ['in']);
    expect(gist(document)).toEqual({ verdict: 'clean', stacks: ['contoso'], failures: [] });
    expect(document.notes).toEqual([
      NO_BRANCH,
      '2 files were not looked at, which are not named as plans are: in/contoso-plan.json, in/a/planned',
      '1 folder was not looked at, which is a symbolic link: in/link',
      NO_CONFIGURATION,
    ]);
    rmSync(workplace.path('in/a'), { recursive: true });
    expect((await documentOf(workplace, ['in'])).failures).toMatchObject([
      {
        message: expect.stringMatching(
          /^the folder in holds no plan; 1 file was not looked at, which is not named as plans are: /,
        ),
      },
    ]);
  });

  it('a plan that does not say whether it is complete, with a note', async () => {
    const workplace = recorded('credential-added');
    const { complete, ...older } = JSON.parse(bytes.toString()) as Record<string, unknown>;
    expect(complete).toBe(true);
    workplace.write('plan.json', JSON.stringify(older));
    const { notes } = await documentOf(workplace, ['plan.json']);
    expect(notes).toEqual([
      NO_BRANCH,
      expect.stringMatching(/^the plan of contoso does not say whether anything is left out, /),
      NO_CONFIGURATION,
    ]);
  });
});

describe('what vb365 review compares with', () => {
  it('nothing where there is no configuration, and says so', async () => {
    const workplace = new Workplace(null);
    workplace.write('plan.json', plan('credential-added'));
    const document = await documentOf(workplace, ['plan.json']);
    expect(document.notes).toEqual([expect.stringContaining('there is no vb365.yaml here'), NO_CONFIGURATION]);
    expect(document.stacks).toMatchObject([{ owner: null, credentials: [{ current: null }, { current: null }] }]);
  });

  it.each([
    [['--config', 'absent.yaml'], 'configuration-file-missing'],
    [['--keystore', 'absent'], 'keystore-missing'],
    [['--keystore', 'plan.json'], 'keystore-not-a-folder'],
    [['--limit', '1999'], 'usage'],
    [['--marker', 'a--b'], 'usage'],
    [['--marker', '-->'], 'usage'],
    [['--format', 'html'], 'usage'],
  ])('fails with %j', async (args, code) => {
    const workplace = new Workplace(null);
    workplace.write('plan.json', plan('credential-added'));
    const outcome = await review(workplace, 'plan.json', ...args);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toMatch(new RegExp(`^error\\[${code}\\] `));
  });

  it.each([
    ['text', 1],
    ['json', 2],
  ] as const)('an empty folder, of which it tells once where a person reads: as %s', async (format, count) => {
    const workplace = new Workplace();
    mkdirSync(workplace.path('empty'));
    const { code, stdout, stderr } = await review(workplace, 'empty', '--format', format);
    expect(code).toBe(2);
    expect((stdout + stderr).split('holds no plan')).toHaveLength(count + 1);
  });

  it('the keystore that is named, also without a configuration', async () => {
    const workplace = recorded('credential-added');
    const [bare, other] = [new Workplace(null), new Workplace(null)];
    for (const one of [bare, other]) one.write('plan.json', plan('credential-added'));
    const { stacks } = await documentOf(bare, ['plan.json', '--keystore', workplace.path('keystore')]);
    expect(stacks[0]?.credentials).toMatchObject([
      { generation: '0001', current: false },
      { generation: '0002', current: true },
    ]);
  });

  it('a keystore as far as it can be read: a damaged file is a note', async () => {
    const workplace = recorded('credential-added');
    workplace.write('keystore/contoso/entra-application/0001.crt', 'garbage');
    const { notes, stacks } = await documentOf(workplace, ['plan.json']);
    expect(notes).toEqual([
      NO_BRANCH,
      expect.stringMatching(/^certificates of contoso\/entra-application may not be recognised, /),
      NO_CONFIGURATION,
    ]);
    expect(stacks[0]?.credentials).toMatchObject([{ current: null }, { current: true }]);
  });

  it('a keystore that is not there as one without certificates', async () => {
    const workplace = recorded('credential-added');
    workplace.write('vb365.yaml', `keystore: elsewhere\n${workplace.read('vb365.yaml')}`);
    expect((await documentOf(workplace, ['plan.json'])).notes).toEqual([
      NO_BRANCH,
      'there is no keystore elsewhere: no certificate is recognised',
      NO_CONFIGURATION,
    ]);
  });

  it('the files of the configuration beside the JSON, or in the binary plan of its name, which no program opens', async () => {
    const terraform = { backend: { http: { address: 'https://a.example/' } } };
    const text = JSON.stringify({ terraform });
    const beside = recorded('nothing-changed', 'contoso/plan.json');
    beside.write('contoso/cdk.tf.json', text);
    const inside = recorded('nothing-changed', 'contoso/plan.json');
    inside.write('contoso/plan', Buffer.from(zipSync({ 'tfconfig/m-/cdk.tf.json': Buffer.from(text) })));
    for (const workplace of [beside, inside]) {
      const { notes, stacks } = await documentOf(workplace, ['contoso/plan.json']);
      expect(notes).toEqual([NO_BRANCH]);
      expect(stacks[0]?.findings.map(({ id }) => id)).toEqual(['backend-changed']);
    }
  });
});

describe('what counts in vb365 review', () => {
  const RULES = 'review: { rules: { drift: { severity: note, reason: for a test } } }\n';

  /** A repository whose protected branch has one configuration, and whose work tree another. */
  function repository(main: (text: string) => string, branch: (text: string) => string): Workplace {
    const workplace = recorded('drifted');
    const text = workplace.read('vb365.yaml');
    workplace.write('vb365.yaml', main(text));
    git(workplace, 'init', '--quiet', '--initial-branch', 'main');
    git(workplace, 'add', '.');
    git(workplace, 'commit', '--quiet', '--message', 'all of it');
    workplace.write('vb365.yaml', branch(text));
    return workplace;
  }

  const findingsOf = async (workplace: Workplace, base = 'main'): Promise<Record<string, string>> => {
    const { stacks } = await documentOf(workplace, ['plan.json', '--base', base]);
    return Object.fromEntries(stacks.flatMap(({ findings }) => findings.map(({ id, severity }) => [id, severity])));
  };

  const same = (text: string): string => text;
  const lowered = (text: string): string => RULES + text;

  it('is the severity of the protected branch: a branch that lowers one is told, and blocks', async () => {
    expect(await findingsOf(repository(same, lowered))).toEqual({ drift: 'warn', 'severity-lowered': 'block' });
    expect(await findingsOf(repository(lowered, lowered))).toEqual({ drift: 'note' });
    expect(await findingsOf(repository(lowered, same))).toEqual({ drift: 'note' });
  });

  it('is what this program says, where the protected branch has no configuration', async () => {
    const workplace = repository(same, lowered);
    git(workplace, 'mv', 'vb365.yaml', 'other.yaml');
    git(workplace, 'commit', '--quiet', '--all', '--message', 'moved');
    git(workplace, 'mv', 'other.yaml', 'vb365.yaml');
    expect(await findingsOf(workplace)).toEqual({
      ...{ drift: 'warn', 'severity-lowered': 'block' },
      'generation-unopened': 'warn',
    });
  });

  it('is what a commit says, and no other name than that of one', async () => {
    const workplace = repository(same, lowered);
    expect(await findingsOf(workplace, 'HEAD')).toEqual({ drift: 'warn', 'severity-lowered': 'block' });
    const { code, stderr } = await review(workplace, 'plan.json', '--base', 'origin/nowhere');
    expect({ code, error: stderr.split(' ')[0] }).toEqual({ code: 2, error: 'error[git-ref-unknown]' });
  });

  it('is that planning failed, whatever the plans say', async () => {
    const workplace = recorded('nothing-changed');
    const outcome = await review(workplace, 'plan.json', '--unplanned', 'the log says why', '--format', 'markdown');
    expect(outcome.code).toBe(2);
    expect(outcome.stdout).toMatch(/^<!--.*-->\n+#* *⛔[^\n]*Do not apply/);
    expect(outcome.stdout).toContain('Not everything could be planned: the log says why.');
    expect((await review(workplace, '--unplanned', 'none')).code).toBe(2);
    expect((await review(workplace)).stderr).toMatch(/^error\[usage\] no plan is named\n/);
  });
});

describe('a certificate that was retired', () => {
  const ADDRESS = /entra-application_0001_certificate_[0-9A-F]{8}/g;
  const LEAVES = /REMOVED +certificate +contoso\/entra-application 0001 +valid /;

  it('is named by its generation, as its address says', async () => {
    const workplace = recorded('credential-retired');
    expect((await review(workplace, 'plan.json')).stdout).toMatch(LEAVES);
  });

  it('is named as the history of the keystore remembers it, and by its thumbprint where nobody does', async () => {
    const workplace = recorded('credential-retired');
    workplace.write('plan.json', plan('credential-retired').toString().replace(ADDRESS, 'another'));
    expect((await review(workplace, 'plan.json')).stdout).toMatch(/REMOVED +certificate +certificate C64DC5C7…/);
    const old = 'keystore/contoso/entra-application/0001.crt';
    workplace.write(old, recorded('credential-added').read(old));
    const who = ['-c', 'user.name=x', '-c', 'user.email=x@example.com'];
    runGit(workplace.folder, ['init', '--quiet']);
    runGit(workplace.folder, ['add', '--all']);
    runGit(workplace.folder, [...who, 'commit', '--quiet', '--message', 'x']);
    rmSync(workplace.path(old));
    expect((await review(workplace, 'plan.json')).stdout).toMatch(LEAVES);
  });
});

describe('what vb365 review writes', () => {
  it.each(['text', 'markdown', 'json'])('has in its cures as %s the terraform that is used here', async (format) => {
    const workplace = recorded('credential-added');
    workplace.write('plan.json', plan('credential-added').toString().replace('"errored":false', '"errored":true'));
    mkdirSync(workplace.path('empty'));
    const args = ['review', 'plan.json', 'empty', ...AT, '--format', format];
    const { stdout } = await workplace.run(args, { env: { TERRAFORM_BINARY_NAME: '/opt/tools/tofu' } });
    expect(stdout.match(/\btofu plan\b/g)).toHaveLength(2);
    expect(stdout).not.toMatch(/terraform plan|opt\/tools/);
  });

  it('a file, over an earlier review of any format and nothing else', async () => {
    const workplace = recorded('credential-added');
    workplace.write('own.md', '# mine\n');
    for (const format of ['markdown', 'json', 'text', 'markdown']) {
      const { code, stdout } = await review(workplace, 'plan.json', '--format', format, '--out', 'review.md');
      expect({ code, stdout }).toEqual({
        code: 0,
        stdout: 'Wrote review.md: Nothing found that speaks against applying.\n',
      });
    }
    expect(workplace.read('review.md')).toMatch(/^<!-- vb365-review -->\n\n## ✅ /);
    expect(await review(workplace, 'plan.json', '--out', 'own.md')).toMatchObject({ code: 2 });
    expect(workplace.read('own.md')).toBe('# mine\n');
    expect(await review(workplace, 'plan.json', '--out', 'own.md', '--force')).toMatchObject({ code: 0 });
  });

  it('no secret, in any format', async () => {
    const broken = JSON.parse(plan('organization-created').toString()) as {
      resource_changes: unknown[];
      variables: unknown;
    };
    const change = (address: string, type: string, after: object): unknown => ({
      ...{ address, type, mode: 'managed', name: 'x' },
      change: { actions: ['create'], before: null, after, after_unknown: {}, after_sensitive: { value: true } },
    });
    broken.variables = { key: { value: PEM } };
    broken.resource_changes.push(
      change('azuread_application_password.x', 'azuread_application_password', {
        value: CLIENT_SECRET,
        display_name: PEM,
      }),
      change('tls_private_key.x', 'tls_private_key', { private_key_pem: PEM, value: CLIENT_SECRET }),
      change('azuread_application.x', 'azuread_application', {
        display_name: PEM,
        password: [{ value: CLIENT_SECRET }],
      }),
      change('azuread_application_certificate.x', 'azuread_application_certificate', { value: PEM }),
      change(`x["${PEM}"]`, 'terraform_data', { input: { lineage: PEM, thumbprint: PEM } }),
    );
    const workplace = recorded('organization-created');
    workplace.write('plan.json', JSON.stringify(broken));
    for (const format of ['markdown', 'json', 'text']) {
      const { code, stderr, stdout } = await review(workplace, 'plan.json', '--format', format);
      expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
      expect(stdout).toContain('azuread_application_password.x');
      expect(stdout).not.toMatch(/MIIEvQIBADAN|PRIVATE KEY-----/);
      expect(stdout).not.toContain(CLIENT_SECRET);
    }
  });

  it.each(['::stop-commands::x', '##vso[task.setvariable variable=a]b', '##[add-path]x'])(
    'nothing that gives the command %s to a CI system',
    async (command) => {
      const hostile = JSON.parse(plan('organization-created').toString().replaceAll('VB365 contoso', command)) as {
        output_changes: { entra: { after: { stack: string } } };
      };
      hostile.output_changes.entra.after.stack = command;
      const workplace = recorded('organization-created');
      workplace.write('plan.json', JSON.stringify(hostile));
      workplace.write('other.json', JSON.stringify({ format_version: command }));
      for (const format of ['markdown', 'json', 'text']) {
        const { stderr, stdout } = await review(workplace, 'plan.json', 'other.json', '--format', format);
        expect(stdout.length).toBeGreaterThan(1_000);
        expect(stdout + stderr).not.toMatch(/^\s*::|##[a-z]*\[/im);
      }
      const document = await documentOf(workplace, ['plan.json']);
      expect(document.stacks).toMatchObject([{ stack: basename(workplace.folder) }]);
      expect(document.stacks[0]?.applications[0]?.displayName).toBe(command);
    },
  );

  it('nothing that moves the cursor of a terminal', async () => {
    const workplace = recorded('organization-created');
    workplace.write(
      'plan.json',
      plan('organization-created').toString().replaceAll('VB365 contoso', 'VB365\\u001b[2J\\u202e'),
    );
    const { stdout } = await review(workplace, 'plan.json');
    expect(stdout).toContain('VB365\\u{1b}[2J\\u{202e}');
    expect(stdout).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
  });
});
