import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readConfiguration } from '../lib/config/read-configuration';
import { Authority } from './support/authority';
import { removeWorkplaces, THREE_LINEAGES, Workplace } from './support/cli';

jest.setTimeout(60_000);

const FOLDER = join(__dirname, '..', 'docs', 'guides');
const root = join(__dirname, '..');
const LINEAGE = 'contoso/entra-application';
const CLIENT_ID = '00000000-0000-0000-0000-00000000a001';

/** What is there before a guide begins, and what happens outside of the command line while it is followed. */
interface Circumstances {
  readonly configuration?: string;
  /** Whether certificates have been issued. @default true */
  readonly issued?: boolean;
  readonly before?: (workplace: Workplace) => Promise<void> | void;
  /** Called before each command. */
  readonly between?: (workplace: Workplace, command: string) => void;
  /** Exit codes other than 0. */
  readonly exits?: Readonly<Record<string, number>>;
  readonly env?: Readonly<Record<string, string>>;
}

const circumstances: Readonly<Record<string, Circumstances>> = {
  'first-installation.md': { issued: false, exits: { 'vb365 issue --dry-run': 1 } },
  'yearly-renewal.md': {},
  'expired.md': {},
  'from-the-wizard.md': {
    issued: false,
    configuration: THREE_LINEAGES.replace('{ displayName: VB365 contoso }', `{ clientId: ${CLIENT_ID} }`),
    before: exportFromElsewhere,
    env: { PFX_PASSWORD: 'of the wizard' },
  },
  'certificate-authority.md': {
    configuration: THREE_LINEAGES.replace(
      'organizations:',
      '    certificates: { roles: { rest-api: { source: imported } } }\norganizations:',
    ),
    issued: false,
    between: answerRequest,
  },
  'lost-identity.md': {
    before: ({ identity }) => {
      rmSync(identity);
    },
  },
  'leaked-key.md': {},
  'people.md': {},
};

let issued: Workplace;

beforeAll(async () => {
  issued = new Workplace();
  await issued.run(['issue']);
});

afterAll(removeWorkplaces);

describe('the guides', () => {
  const guides = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));

  it('are all followed here', () => {
    expect(Object.keys(circumstances).sort()).toEqual(guides.sort());
  });

  it.each(guides)('can be followed, command by command: %s', async (name) => {
    const { before, between, configuration, env, exits = {}, issued: isIssued = true } = circumstances[name] ?? {};
    const workplace = isIssued ? issued.copy() : new Workplace(configuration);
    await before?.(workplace);
    const codes: Record<string, number> = {};
    for (const command of commandsOf(name)) {
      between?.(workplace, command);
      const code = await follow(workplace, command, env);
      if (code !== undefined) codes[command] = code;
    }
    expect(Object.keys(codes).length).toBeGreaterThan(0);
    expect(codes).toEqual(Object.fromEntries(Object.keys(codes).map((command) => [command, exits[command] ?? 0])));
  });

  it.each(guides)('link to files that are there: %s', (name) => {
    const links = Array.from(textOf(name).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g), ([, target = '']) => target);
    for (const link of links) expect(readFileSync(join(FOLDER, link)).length).toBeGreaterThan(0);
  });

  it('are all named in the README', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    expect(guides.filter((name) => !readme.includes(`(docs/guides/${name})`))).toEqual([]);
  });

  it('show an organization that is right', () => {
    const [yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(textOf('from-the-wizard.md'))?.slice(1) ?? [];
    const workplace = new Workplace(THREE_LINEAGES.replace(/organizations:[\s\S]*/, yaml));
    expect(readConfiguration(workplace.path('vb365.yaml')).organizations).toMatchObject([
      { name: 'contoso', application: { clientId: CLIENT_ID } },
    ]);
  });
});

/** Lines after `$ ` of the console blocks, cut at `&&`, and without `npx`. */
function commandsOf(guide: string): string[] {
  const blocks = Array.from(textOf(guide).matchAll(/^```console\n([\s\S]*?)^```$/gm), ([, body = '']) => body);
  return blocks
    .flatMap((block) => block.split('\n'))
    .filter((line) => line.startsWith('$ '))
    .flatMap((line) => line.slice(2).split(' && '))
    .map((command) => command.replace(/^npx /, ''));
}

function textOf(guide: string): string {
  return readFileSync(join(FOLDER, guide), 'utf8');
}

/** @returns undefined for what is none of ours: Git, npm, signing in to Azure */
async function follow(
  workplace: Workplace,
  command: string,
  env: Readonly<Record<string, string>> = {},
): Promise<number | undefined> {
  const [program, ...args] = Array.from(
    command.matchAll(/"([^"]*)"|(\S+)/g),
    ([, quoted, word]) => quoted ?? word ?? '',
  );
  if (program === 'mv') renameSync(workplace.path(args[0] ?? ''), workplace.path(args[1] ?? ''));
  if (program !== 'vb365' && program !== 'cdktf') return undefined;
  for (const name of outputsOf(args)) rmSync(workplace.path(name), { force: true });
  // As cdktf.json has it: what is missing is issued first.
  if (program === 'cdktf') await workplace.run(['issue']);
  const { code, stderr } = await workplace.run(program === 'cdktf' ? ['synth'] : args, { env });
  return code === 2 ? fail(`${command}: ${stderr}`) : code;
}

/** What a person has carried away before the next export. */
function outputsOf(args: readonly string[]): string[] {
  return args.filter((_, index) => ['--out', '--generate-password'].includes(args[index - 1] ?? ''));
}

function fail(message: string): never {
  throw new Error(message);
}

async function exportFromElsewhere(workplace: Workplace): Promise<void> {
  workplace.write('password', 'of the wizard');
  const pfx = workplace.path('wizard.pfx');
  await issued.run(['export', LINEAGE, '--out', pfx, '--password-file', workplace.path('password')]);
}

function answerRequest(workplace: Workplace, command: string): void {
  if (!command.startsWith('vb365 import')) return;
  const authority = new Authority();
  try {
    const leaf = authority.sign(workplace.read('rest-api.csr'));
    workplace.write('answer.p7b', authority.convert('pkcs7-der', leaf, authority.issuing, authority.root));
  } finally {
    authority.dispose();
  }
}
