import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Writable } from 'node:stream';
import { format } from 'prettier';
import { run } from '../cli/program';
import { type Role, roleIds, roles } from '../lib/catalogue/roles';
import { certificateRules } from '../lib/certificates/rules/certificate-rules';
import { configurationJsonSchemaText } from '../lib/config/schema/json-schema';
import { errorCodes } from '../lib/error-codes';
import { reviewJsonSchemaText } from '../lib/review/document/schema';
import { reviewRules } from '../lib/review/rules/review-rules';

const root = join(__dirname, '..');

/** Writes the catalogues that are made from the code; with `--check`, only says which of them are stale. */
async function generate(check: boolean): Promise<void> {
  const files: readonly (readonly [string, string])[] = [
    ['vb365.schema.json', configurationJsonSchemaText()],
    ['review.schema.json', reviewJsonSchemaText()],
    ['docs/errors.md', await format(errors(), { parser: 'markdown', printWidth: 120 })],
    ['docs/roles.md', await format(rolesOfCertificates(), { parser: 'markdown', printWidth: 120 })],
    ['docs/rules.md', await format(rules(), { parser: 'markdown', printWidth: 120 })],
    ['docs/review-rules.md', await format(rulesAboutPlans(), { parser: 'markdown', printWidth: 120 })],
    ['docs/commands.md', await format(await commands(), { parser: 'markdown', printWidth: 120 })],
  ];
  for (const [name, content] of files) {
    const file = join(root, name);
    if (readOrEmpty(file) === content) continue;
    if (!check) writeFileSync(file, content);
    process.stdout.write(`${check ? 'stale' : 'wrote'} ${relative(root, file)}\n`);
    if (check) process.exitCode = 1;
  }
}

function errors(): string {
  const rows = Object.entries(errorCodes).map(([code, sentence]) => `| \`${code}\` | ${sentence} |`);
  return [
    '# Errors',
    '',
    'Every error has a code, a subject, a message and a cure: `error[code] message`, and a line `cure: …`. Codes are stable.',
    '',
    '| code | when |',
    '| --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function rolesOfCertificates(): string {
  const sections = roleIds.flatMap((id) => {
    const role = roles[id];
    const facts = factsOf(role).flatMap(([name, fact]) => (fact === undefined ? [] : [`- ${name}: ${fact}`]));
    return [
      `## ${id}`,
      '',
      `${role.name}. It secures ${role.secures}.`,
      '',
      ...facts,
      '',
      `Source: ${role.source}`,
      '',
    ];
  });
  return ['# Roles', '', 'Which page, cmdlet or path of the REST API takes which certificate.', '', ...sections].join(
    '\n',
  );
}

function factsOf(role: Role): readonly (readonly [name: string, fact: string | undefined])[] {
  const { backupApplication, getCmdlet, restPath, setCmdlet, stores, storesOfRestMachine } = role;
  return [
    ['Installed in', role.installedIn],
    ['PowerShell', cmdlets(setCmdlet, getCmdlet)],
    ['REST API', restPath && `\`PUT ${restPath}\``],
    [
      'Of an auxiliary backup application',
      backupApplication && cmdlets(backupApplication.setCmdlet, backupApplication.getCmdlet),
    ],
    ['Certificate stores of the server', stores.join(', ') || undefined],
    ['Certificate stores of a separate REST API machine', storesOfRestMachine?.join(', ')],
    ['Extended key usages', role.extendedKeyUsages.join(', ')],
    ['Key credential of an Entra application', role.boundToEntra ? 'yes' : 'no'],
  ];
}

function cmdlets(set: string | undefined, get: string | undefined): string | undefined {
  return set && get && `\`${set}\`, read back by \`${get}\``;
}

function rules(): string {
  const sections = certificateRules.flatMap(({ id, severity, acceptable, sentence, source }) => [
    `## ${id}`,
    '',
    sentence,
    '',
    `${severity}; ${acceptable ? `a person may accept it: \`--accept ${id}\`` : 'cannot be accepted'}. Source: ${source}`,
    '',
  ]);
  return ['# Rules', '', 'What `vb365 import` looks at before it takes a certificate in.', '', ...sections].join('\n');
}

function rulesAboutPlans(): string {
  const sections = reviewRules.flatMap(({ id, severity, adjustable, sentence, source }) => [
    `## ${id}`,
    '',
    sentence,
    '',
    `${severity}; ${adjustable ? 'the severity may be set in `vb365.yaml`' : 'the severity cannot be changed'}. Source: ${source}`,
    '',
  ]);
  return [
    '# Rules about plans',
    '',
    'What `vb365 review` looks for in a plan of Terraform. block: must not be applied as it is. warn: a person must have understood it. note: worth knowing.',
    '',
    'Another severity, with the reason that the review shows:',
    '',
    '```yaml',
    'review:',
    '  rules:',
    '    credential-retired-early:',
    '      severity: note',
    '      reason: switched by hand on the day of the renewal',
    '```',
    '',
    ...sections,
  ].join('\n');
}

async function commands(): Promise<string> {
  const overview = await help();
  const [, list = ''] = overview.split('Commands:');
  const names = Array.from(list.matchAll(/^ {2}([a-z]+)/gm), ([, name = '']) => name).filter((name) => name !== 'help');
  const sections: string[] = [];
  for (const name of names) sections.push(`## vb365 ${name}`, '', '```text', (await help(name)).trim(), '```', '');
  return [
    '# Commands',
    '',
    'Exit codes: 0 done; 1 looked, and something needs attention; 2 could not do it.',
    '',
    ...sections,
  ].join('\n');
}

async function help(...command: readonly string[]): Promise<string> {
  let text = '';
  const stdout = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      text += chunk.toString();
      done();
    },
  });
  await run(['node', 'vb365', ...command, '--help'], {
    env: {},
    stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    cwd: () => root,
  });
  return text;
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

void generate(process.argv.includes('--check'));
