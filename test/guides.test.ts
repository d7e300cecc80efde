import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readConfiguration } from '../lib/config/read-configuration';
import { createIdentity, readIdentities } from '../lib/keystore/sealing/identity';
import { Keystore } from '../lib/keystore/keystore';
import { openPrivateKey } from '../lib/keystore/sealing/private-key';
import { Authority } from './support/authority';
import { removeWorkplaces, THREE_LINEAGES, Workplace } from './support/cli';
import { follow, wordsOf } from './support/follow';
import { startRepository } from './support/repository';

const FOLDER = join(__dirname, '..', 'docs', 'guides');
const root = join(__dirname, '..');
const LINEAGE = 'contoso/entra-application';
const FIRST_DAY = '2026-06-01';
/** Lines that are not run here, and why. */
const ELSEWHERE: readonly (readonly [line: RegExp, why: string])[] = [
  [/^npm install /, 'installs from the registry; test/package.test.ts takes the packed package into a project'],
  [/^az login /, 'a person signs in by a browser'],
  [/^read -rs /, 'a person types a password'],
  [/^git init backup$|^cd backup$/, 'the workplace is that folder, and a repository already'],
  [/^terraform -chdir=\S+ state rm /, 'needs a state; test/e2e/recover.test.ts runs what is printed there'],
];
/** Commands that ask systems or a repository, which stand elsewhere: of these, and of `install`, only the options are tried. */
const ASKING = ['matrix', 'recover', 'review', 'verify'];
const CLIENT_ID = '00000000-0000-0000-0000-00000000a001';

/** What is there before a guide begins, and what happens outside of the command line while it is followed. */
interface Circumstances {
  readonly configuration?: string;
  /** Whether certificates have been issued, on 2026-06-01. @default true */
  readonly issued?: boolean;
  readonly before?: (workplace: Workplace) => unknown;
  /** Called before each command, with its place among those of vb365. */
  readonly between?: (workplace: Workplace, command: string, place: number) => unknown;
  /** The day on which each command of vb365 is given; the last one stays. @default 2026-06-01 */
  readonly days?: readonly string[];
  /** Exit codes other than 0, each time that a command is given. */
  readonly exits?: Readonly<Record<string, readonly number[]>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Generations of contoso's lineage, or another one, at the end. */
  readonly leaves: readonly string[];
  readonly lineage?: string;
  readonly after?: (workplace: Workplace) => Promise<void>;
}

const DUE = '2027-05-10';
const FULL = { retire: `vb365 retire --confirmed ${LINEAGE}`, renew: `vb365 renew ${LINEAGE}` };

const circumstances: Readonly<Record<string, Circumstances>> = {
  'first-installation.md': { issued: false, exits: { 'vb365 issue --dry-run': [1] }, leaves: ['0001'] },
  // Renewed when it is due, exported the same day, retired two weeks later.
  'yearly-renewal.md': { days: [DUE, DUE, '2027-05-25'], leaves: ['0002'] },
  'expired.md': { days: ['2027-06-02'], leaves: ['0001', '0002'] },
  'from-the-wizard.md': {
    issued: false,
    configuration: THREE_LINEAGES.replace('{ displayName: VB365 contoso }', `{ clientId: ${CLIENT_ID} }`),
    before: exportFromElsewhere,
    env: { PFX_PASSWORD: 'of the wizard' },
    leaves: ['0002'],
  },
  'certificate-authority.md': {
    configuration: THREE_LINEAGES.replace(
      'organizations:',
      '    certificates: { roles: { rest-api: { source: imported } } }\norganizations:',
    ),
    issued: false,
    between: answerRequest,
    // The authority dates its answer by the clock.
    days: [new Date(Date.now() + 60_000).toISOString()],
    lineage: 'primary/rest-api',
    leaves: ['0001'],
  },
  'lost-identity.md': {
    before: ({ identity }) => {
      rmSync(identity);
    },
    leaves: ['0001', '0002'],
    after: async (workplace) => {
      expect(await opened(workplace, workplace.identity, '0002')).toBe(3);
      expect(await opened(workplace, workplace.identity, '0001')).toBe(0);
    },
  },
  'lost-state.md': { leaves: ['0001'] },
  'leaked-key.md': {
    before: async (workplace) => {
      for (const day of ['2026-06-02', '2026-06-03']) await workplace.run(['renew', LINEAGE, '--at', day]);
    },
    days: ['2026-06-04'],
    exits: { [FULL.renew]: [1, 0], [FULL.retire]: [0, 0] },
    leaves: ['0004'],
  },
  'wrong-clock.md': {
    before: (workplace) => workplace.run(['renew', LINEAGE, '--at', '2030-01-01']),
    days: ['2026-06-02'],
    leaves: ['0003'],
  },
  'rotation-workstation.md': {
    before: (workplace) => workplace.write('vb365.yaml', yamlOf('rotation-workstation.md')),
    days: [DUE],
    leaves: ['0002'],
  },
  'rotation-pipeline.md': { days: [DUE, DUE, DUE, DUE, '2027-05-25'], leaves: ['0002'] },
  'rotation-isolated.md': { days: [DUE], leaves: ['0002'] },
  'audit.md': {
    leaves: ['0001'],
    after: async (workplace) => {
      expect(await opened(workplace, workplace.identity)).toBe(3);
      expect(workplace.read(`keystore/${LINEAGE}/0001.attestation`)).toContain(`Opened: ${FIRST_DAY}`);
    },
  },
  'people.md': {
    between: comeAndGo,
    leaves: ['0001', '0002'],
    after: async (workplace) => {
      expect(await opened(workplace, workplace.identity)).toBe(6);
      expect(await opened(workplace, colleagueOf(workplace))).toBe(0);
    },
  },
};

let issued: Workplace;

beforeAll(async () => {
  issued = new Workplace();
  await issued.run(['issue', '--at', FIRST_DAY]);
});

afterAll(removeWorkplaces);

describe('the guides', () => {
  const guides = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));

  it('are all followed here', () => {
    expect(Object.keys(circumstances).sort()).toEqual(guides.sort());
  });

  it.each(guides)('can be followed, command by command: %s', async (name) => {
    const { before, between, configuration, env, days = [FIRST_DAY], ...expected } = circumstances[name]!;
    const { exits = {}, issued: isIssued = true, lineage = LINEAGE, leaves, after } = expected;
    const workplace = isIssued ? issued.copy() : new Workplace(configuration);
    await before?.(workplace);
    await startRepository(workplace);
    const codes: [command: string, code: number][] = [];
    for (const command of commandsOf(name)) {
      const place = codes.length;
      await between?.(workplace, command, place);
      const code = await carryOut(workplace, command, days[place] ?? days.at(-1)!, env);
      if (code !== undefined) codes.push([command, code]);
    }
    expect(codes.length).toBeGreaterThan(0);
    const times = (command: string, place: number): number =>
      codes.slice(0, place).filter(([other]) => other === command).length;
    expect(codes).toEqual(codes.map(([command], place) => [command, exits[command]?.[times(command, place)] ?? 0]));
    const keystore = new Keystore(workplace.path('keystore'));
    expect(keystore.generations(lineage).map(({ label }) => label)).toEqual(leaves);
    expect(keystore.findings().filter(({ severity }) => severity !== 'advice')).toEqual([]);
    await after?.(workplace);
  });

  it('deploy stacks that are there', async () => {
    const workplace = issued.copy();
    process.env.CDKTF_OUTDIR = workplace.path('cdktf.out');
    expect((await workplace.run(['synth'])).code).toBe(0);
    delete process.env.CDKTF_OUTDIR;
    const stacks = guides.flatMap(commandsOf).flatMap((command) => /^cdktf deploy (.*)/.exec(command)?.[1] ?? []);
    expect(readdirSync(workplace.path('cdktf.out/stacks'))).toEqual(expect.arrayContaining(stacks));
    expect(stacks.length).toBeGreaterThan(5);
  });

  it('have a line for each that is not run here', () => {
    const commands = guides.flatMap(commandsOf);
    expect(ELSEWHERE.filter(([line]) => !commands.some((command) => line.test(command)))).toEqual([]);
  });

  it('are all named in the README', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    expect(guides.filter((name) => !readme.includes(`(docs/guides/${name})`))).toEqual([]);
  });

  it('show an organization that is right', () => {
    const yaml = yamlOf('from-the-wizard.md');
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

/** The first configuration that a guide shows. */
function yamlOf(guide: string): string {
  return /```yaml\n([\s\S]*?)```/.exec(textOf(guide))?.[1] ?? '';
}

/** @returns exit code of what is ours; undefined for what is not */
async function carryOut(
  workplace: Workplace,
  command: string,
  day: string,
  env: Readonly<Record<string, string>> = {},
): Promise<number | undefined> {
  if (ELSEWHERE.some(([line]) => line.test(command))) return undefined;
  const [program = '', name = '', ...args] = wordsOf(command);
  // As cdktf.json has it: what is missing is issued first.
  if (program === 'cdktf') await workplace.run(['issue', '--at', day]);
  if (program === 'cdktf') return undefined;
  for (const output of outputsOf(args)) rmSync(workplace.path(output), { force: true });
  const isAsking = program === 'vb365' && (ASKING.includes(name) || (name === 'install' && !args.includes('bundle')));
  const { code, stderr } = await follow(workplace, isAsking ? `${command} --help` : command, { day, env });
  if (program !== 'vb365') return code === 0 ? undefined : fail(`${command}: ${stderr}`);
  return code === 2 ? fail(`${command}: ${stderr}`) : code;
}

/** What a person has carried away before the next export. */
function outputsOf(args: readonly string[]): string[] {
  return args.filter((_, index) => ['--out', '--generate-password', '--passwords'].includes(args[index - 1] ?? ''));
}

function fail(message: string): never {
  throw new Error(message);
}

async function exportFromElsewhere(workplace: Workplace): Promise<void> {
  workplace.write('password', 'of the wizard');
  const pfx = workplace.path('wizard.pfx');
  await issued.run(['export', LINEAGE, '--out', pfx, '--password-file', workplace.path('password')]);
}

/** Before the first time that keys are sealed anew, somebody joins; before the second, they leave. */
async function comeAndGo(workplace: Workplace, command: string, place: number): Promise<void> {
  if (command !== 'vb365 reseal') return;
  const recipients = 'keystore/recipients.txt';
  const colleague = colleagueOf(workplace);
  if (!existsSync(colleague)) {
    const line = await createIdentity(colleague, new Date(0));
    workplace.write('before', workplace.read(recipients));
    workplace.write(recipients, `${workplace.read(recipients)}${line}\n`);
    return;
  }
  expect(place).toBeGreaterThan(1);
  expect(await opened(workplace, colleague)).toBe(3);
  workplace.write(recipients, workplace.read('before'));
}

function colleagueOf(workplace: Workplace): string {
  return workplace.path('../colleague.txt');
}

/** How many keys of generations an identity opens. */
async function opened(workplace: Workplace, identity: string, label?: string): Promise<number> {
  const keystore = new Keystore(workplace.path('keystore'));
  const { identities } = await readIdentities(identity);
  const generations = keystore.lineages().flatMap((lineage) => keystore.generations(lineage));
  const chosen = generations.filter((generation) => label === undefined || generation.label === label);
  const results = await Promise.allSettled(chosen.map((generation) => openPrivateKey(generation, identities)));
  return results.filter(({ status }) => status === 'fulfilled').length;
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
