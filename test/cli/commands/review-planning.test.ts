import { copyFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReviewDocument } from '../../../lib/review/document/document';
import { type Outcome, removeWorkplaces, Workplace } from '../../support/cli';
import { recordedAt } from '../../review/recorded-plan';

const PLANS = join(__dirname, '..', '..', 'review', 'plans');

afterAll(removeWorkplaces);

/** A folder with a plan of contoso in which nothing changes. */
function workplace(): Workplace {
  const place = new Workplace(null);
  cpSync(join(PLANS, 'nothing-changed', 'keystore'), place.path('keystore'), { recursive: true });
  copyFileSync(join(PLANS, 'nothing-changed', 'vb365.yaml'), place.path('vb365.yaml'));
  mkdirSync(place.path('plans/contoso'), { recursive: true });
  copyFileSync(join(PLANS, 'nothing-changed', 'plan.json'), place.path('plans/contoso/plan.json'));
  return place;
}

const AT = ['--at', recordedAt.toISOString().slice(0, 10)];

function review(place: Workplace, ...args: readonly string[]): Promise<Outcome> {
  return place.run(['review', ...args, ...AT]);
}

interface Told {
  readonly code: number;
  readonly heading: string | undefined;
  readonly last: string | undefined;
  readonly document: ReviewDocument;
}

/** The same in all three formats. */
async function toldBy(place: Workplace, ...args: readonly string[]): Promise<Told> {
  const [markdown, text, json] = await Promise.all(
    ['markdown', 'text', 'json'].map((format) => review(place, ...args, '--format', format)),
  );
  expect(new Set([markdown?.code, text?.code, json?.code]).size).toBe(1);
  return {
    code: markdown?.code ?? -1,
    heading: /^## (.*)$/m.exec(markdown?.stdout ?? '')?.[1],
    last: text?.stdout.trimEnd().split('\n').at(-1),
    document: JSON.parse(json?.stdout ?? '') as ReviewDocument,
  };
}

const OF_CONTOSO = ['plans/contoso/plan.json', '--expect', 'contoso'];
const CONTOSO = '0 to add, 0 to change, 0 to destroy';

describe('vb365 review of a planning', () => {
  it('is content where each stack that was to be planned has a plan', async () => {
    const { document, ...told } = await toldBy(workplace(), ...OF_CONTOSO);
    expect(told).toEqual({ code: 0, heading: '✅ Nothing changes', last: `Nothing changes. ${CONTOSO}.` });
    expect(document).toMatchObject({ verdict: 'clean', failures: [], removed: [] });
  });

  it('says first that planning has failed, and does not count that as a stack', async () => {
    const { document, ...told } = await toldBy(workplace(), ...OF_CONTOSO, '--unplanned', 'the log says why');
    const sentence = 'Do not apply: planning has failed';
    expect(told).toEqual({ code: 2, heading: `⛔ ${sentence}`, last: `${sentence}. ${CONTOSO}.` });
    expect(document).toMatchObject({ verdict: 'block', failures: [{ code: 'planning-failed', source: 'planning' }] });
  });

  it('names each stack without a plan', async () => {
    const place = workplace();
    const args = ['plans/contoso/plan.json', '--expect', 'fabrikam contoso tailspin'];
    const { document, ...told } = await toldBy(place, ...args);
    const sentence = 'Do not apply: 2 plans are missing';
    expect(told).toEqual({ code: 2, heading: `⛔ ${sentence}`, last: `${sentence}. ${CONTOSO}.` });
    expect(document.failures.map(({ code, source }) => `${code} ${source}`)).toEqual([
      'plan-missing fabrikam',
      'plan-missing tailspin',
    ]);
    const { stdout } = await review(place, ...args);
    expect(stdout).toContain('there is no plan of the stack tailspin, which was to be planned');
  });

  it('tells a plan that cannot be read from one that is missing, once', async () => {
    const place = workplace();
    writeFileSync(place.path('plans/contoso/plan.json'), '{');
    const { document, heading } = await toldBy(place, ...OF_CONTOSO);
    expect(heading).toBe('⛔ Do not apply: 1 plan could not be reviewed');
    expect(document.failures).toHaveLength(1);
  });

  it('does not take the plan of another stack for the one that is missing', async () => {
    const { document } = await toldBy(workplace(), 'plans/contoso/plan.json', '--expect', 'fabrikam');
    expect(document.failures).toMatchObject([{ code: 'plan-missing', source: 'fabrikam' }]);
  });

  it('says all of it where all of it is so', async () => {
    const place = workplace();
    copyFileSync(join(PLANS, 'application-replaced', 'plan.json'), place.path('plans/contoso/plan.json'));
    const args = [...OF_CONTOSO.with(2, 'contoso,fabrikam'), '--unplanned', 'why', '--removed', 'tailspin'];
    expect((await toldBy(place, ...args)).heading).toBe(
      '⛔ Do not apply: planning has failed, 1 plan is missing, 1 of 1 stack is blocked, 1 removed stack still to be destroyed',
    );
  });

  it.each([
    ['block', 2],
    ['warn', 2],
    ['never', 2],
  ])('ends with 2 where something was not planned, whatever --fail-on says: %s', async (failOn, code) => {
    expect(await review(workplace(), ...OF_CONTOSO, '--unplanned', 'why', '--fail-on', failOn)).toMatchObject({ code });
    expect(await review(workplace(), '--expect', 'contoso', '--fail-on', failOn)).toMatchObject({ code });
  });

  it('refuses what is no name of a stack', async () => {
    const { code, stderr } = await review(workplace(), '--expect', 'contoso $(id)');
    expect(code).toBe(2);
    expect(stderr).toContain('error[usage] --expect holds "$(id)", which is no name of a stack');
  });
});

describe('vb365 review of stacks that were removed', () => {
  it.each([
    ['block', 0],
    ['warn', 1],
    ['never', 0],
  ])('warns of each, and ends with --fail-on %s as for a warning', async (failOn, code) => {
    const args = [...OF_CONTOSO, '--removed', 'fabrikam fabrikam-consent', '--fail-on', failOn];
    const { document, ...told } = await toldBy(workplace(), ...args);
    const sentence = 'Read before you apply: 2 removed stacks still to be destroyed';
    expect(told).toEqual({ code, heading: `⚠️ ${sentence}`, last: `${sentence}. ${CONTOSO}.` });
    expect(document).toMatchObject({
      verdict: 'warn',
      removed: [{ source: 'fabrikam', code: 'stack-removed' }, { source: 'fabrikam-consent' }],
    });
  });

  it('says what stays, and how it goes, where nothing else is planned', async () => {
    const { code, stdout } = await review(workplace(), '--removed', 'fabrikam', '--format', 'markdown');
    expect(code).toBe(0);
    expect(stdout).toContain('## ⚠️ Read before you apply: 1 removed stack still to be destroyed');
    expect(stdout).toContain('### What to read (1)');
    expect(stdout).toContain('`npx cdktf destroy fabrikam`');
    expect((await review(workplace(), '--removed', 'fabrikam')).stdout).toContain('warn[stack-removed] nothing');
  });

  it('shows no green tick where there is nothing to look at', async () => {
    const { code, document, heading, last } = await toldBy(workplace(), '--expect', '', '--removed', '');
    expect({ code, heading, verdict: document.verdict }).toEqual({
      code: 0,
      heading: 'ℹ️ There is no plan to review',
      verdict: 'clean',
    });
    expect(last).toBe('There is no plan to review. No plan was reviewed.');
  });
});
