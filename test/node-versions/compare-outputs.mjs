// Runs the built commands, and the program of the examples, under every Node given, and compares what they say, how they end and
// what they write, byte for byte:  node test/node-versions/compare-outputs.mjs <path of a node>...
// Whatever a Node says on standard error by itself is a difference, too: nothing of what runs here may make one warn.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const VB365 = join(ROOT, 'dist/cli/index.js');
/** Later than the certificates below, so that something is to be said of them. */
const AT = ['--at', `${new Date().getUTCFullYear() + 1}-12-31`];

const BROKEN = `installations:
  - name: Primary
    productVersion: 8.3
    tenantId: 4711
    server: { hostName: xn--a.example.com }
    restApi: { hostName: vb_365, port: 99999 }
    restorePortal: { webAddress: 'https://192.168.1.1:4443', application: { displayName: "a\\u202eb" } }
organizations:
  - name: contoso
    installation: primray
    tenantId: 00000000-0000-0000-0000-000000000002
    services: [exchange, Teams]
    aplication: { displayName: 'STRAẞE' }
backend: { type: s4 }
`;

/** Arguments of the command line by what they show. */
const COMMANDS = [
  ['synth'],
  ['status', ...AT],
  ['status', '--json', ...AT],
  ['status', '--scenarios'],
  ['status', '--ics', 'calendar.ics', ...AT],
  ['report', '--out', 'report.html', ...AT],
  ['renew', '--dry-run', ...AT],
  ['retire', '--dry-run', ...AT],
  ['matrix'],
  ['schema'],
  [
    'explain',
    "AADSTS50011: The redirect URI 'https://xn--a.example.com:4443/^' specified in the request does not match",
    ...AT,
  ],
  ['explain', 'AADSTS700027', '--json', ...AT],
  ['install', '--all', '--dry-run'],
  ['install', 'primary/rest-api', '--via', 'rest', '--server', 'https://xn--a:4443'],
  ['issue', '--config', 'broken.yaml'],
  ['synth', '--config', 'broken.yaml'],
  ['status', '--config', 'cut.yaml'],
  ['status', '--config', 'absent.yaml'],
  ['status', '--unknown'],
  ['status', '--at', '2027-02-30'],
  ['review', 'broken.yaml', ...AT],
  ...readdirSync(join(ROOT, 'test/review/plans')).map((plan) => reviewOf(join(ROOT, 'test/review/plans', plan))),
].map((args) => ({ name: `vb365 ${args.join(' ')}`, args: [VB365, ...args] }));

const EXAMPLE = {
  name: 'examples/constructs',
  args: ['--import', join(ROOT, 'node_modules/tsx/dist/loader.mjs'), join(ROOT, 'examples/constructs/main.ts')],
};

const VERDICTS = { name: 'verdicts', args: [join(import.meta.dirname, 'judge.mjs')] };

/** How Node itself begins what it says: `(node:4711) [DEP0044] DeprecationWarning: …`. */
const SAYS_NODE = /^\(node:\d+\).*$/m;

const nodes = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), 'vb365-node-versions-'));
try {
  process.exitCode = compare(nodes) ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true });
}

function reviewOf(folder) {
  const files = ['--config', join(folder, 'vb365.yaml'), '--keystore', join(folder, 'keystore')];
  return ['review', join(folder, 'plan.json'), ...files, '--at', '2026-06-01', '--format', 'markdown'];
}

function compare([first, ...others]) {
  if (first === undefined || others.length === 0) {
    console.error('give the paths of two or more programs node');
    return false;
  }
  const original = project(first);
  const results = [first, ...others].map((node) => ({
    version: versionOf(node),
    outcomes: outcomesUnder(node, original),
  }));
  const [reference, ...rest] = results;
  const warnings = results.flatMap(({ outcomes, version }) =>
    [...outcomes].flatMap(([name, { stderr }]) => {
      const [warning] = SAYS_NODE.exec(stderr) ?? [];
      return warning === undefined ? [] : [`${version}: ${name} makes Node say ${warning}`];
    }),
  );
  const differences = [...reference.outcomes].flatMap(([name, one]) =>
    rest.flatMap(({ outcomes, version }) => {
      const other = outcomes.get(name);
      const part = [...new Set([...Object.keys(one), ...Object.keys(other)])].find((key) => one[key] !== other[key]);
      return part === undefined
        ? []
        : [`${name}: ${part}\n${excerpt(reference.version, one[part], version, other[part])}`];
    }),
  );
  for (const fault of [...warnings, ...differences]) console.error(fault);
  const versions = results.map(({ version }) => version).join(', ');
  const found = `${differences.length} differences, ${warnings.length} warnings of Node`;
  console.log(`${reference.outcomes.size} outcomes under ${versions}: ${found}`);
  return differences.length + warnings.length === 0;
}

/** The sample with its certificates, which one Node issues for all: keys are made by dice. */
function project(node) {
  const folder = join(scratch, 'original');
  cpSync(join(ROOT, 'vb365.yaml'), join(folder, 'vb365.yaml'));
  writeFileSync(join(folder, 'broken.yaml'), BROKEN);
  writeFileSync(join(folder, 'cut.yaml'), 'installations:\n  - { name: "primary\n');
  for (const args of [['init'], ['issue', '--ci'], ['renew', '--all']]) {
    const { code, stderr } = run(node, folder, [VB365, ...args]);
    if (code !== 0) throw new Error(`vb365 ${args.join(' ')} ended with ${code}: ${stderr}`);
  }
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
    ['-c', 'user.name=x', '-c', 'user.email=x@example.com', 'commit', '-qm', 'x'],
  ]) {
    spawnSync('git', args, { cwd: folder });
  }
  return folder;
}

/** Each in a folder of the same name with the same files, which the messages repeat. */
function outcomesUnder(node, original) {
  const folder = join(scratch, 'project');
  return new Map(
    [...COMMANDS, EXAMPLE, VERDICTS].map(({ name, args }) => {
      cpSync(original, folder, { recursive: true });
      const { code, stderr, stdout } = run(node, folder, args);
      const files = filesOf(folder);
      rmSync(folder, { recursive: true });
      return [name, { code, stderr, stdout, ...files }];
    }),
  );
}

function run(node, cwd, args) {
  const env = {
    PATH: process.env.PATH,
    HOME: scratch,
    VB365_IDENTITY: join(scratch, 'identity.txt'),
    NODE_OPTIONS: '',
  };
  const { error, status, stderr, stdout } = spawnSync(node, args, { cwd, env, encoding: 'utf8' });
  if (error !== undefined) throw error;
  return { code: status, stderr, stdout };
}

/** Content of every file by its path. */
function filesOf(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => !name.startsWith('.git') && statSync(join(folder, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'latin1')]));
}

function versionOf(node) {
  return run(node, scratch, ['--version']).stdout.trim();
}

/** Where two outputs part. */
function excerpt(version, one, otherVersion, other) {
  const [a, b] = [one, other].map((value) => String(value));
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const around = (text) => JSON.stringify(text.slice(Math.max(0, at - 40), at + 200));
  return `  ${version}: ${around(a)}\n  ${otherVersion}: ${around(b)}`;
}
