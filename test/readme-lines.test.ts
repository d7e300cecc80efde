import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeWorkplaces, Workplace } from './support/cli';
import { follow } from './support/follow';

jest.setTimeout(60_000);

const root = join(__dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const LINEAGE = 'contoso/entra-application';

/** Lines that are not run here, and which test runs them, or why none can. */
const ELSEWHERE: readonly (readonly [line: RegExp, why: string])[] = [
  [/^npm ci && npm run demo$/, 'test/demo/demo.test.ts'],
  [/^npm install cdktf-vb365$/, 'test/package.test.ts'],
  [
    /^npm install --save-dev cdktf-cli$/,
    'cdktf-cli comes from the registry; test/demo/demo.test.ts runs the one that is there',
  ],
  [/^npm uninstall cdktf-cli && |^npm install cdktf@npm:cdktn|^npx cdktn /, 'CDK Terrain comes from the registry'],
  [/^az login /, 'a person signs in by a browser'],
  [/^npx cdktf (?:deploy|diff) contoso$/, 'test/demo/demo.test.ts'],
  [/^npx vb365 import \S+ --thumbprint /, 'test/certificates/personal-store/personal-store.test.ts'],
  [/^npx vb365 install \S+ --via (?:ssh|rest)$/, 'test/cli/commands/install.test.ts'],
  [/^npx vb365 verify$/, 'test/cli/commands/verify.test.ts'],
  [/^npx vb365 review cdktf\.out$/, 'test/cli/commands/review.test.ts'],
];

/** What is done beforehand, outside of the command line. */
const BEFORE: Readonly<Record<string, (place: Workplace) => unknown>> = {
  'npx vb365 import contoso/entra-application wizard.pfx': takeOver,
  'npx vb365 install --all --via bundle --out primary.zip --passwords primary.password': (place) =>
    follow(place, 'vb365 issue'),
};
/** Those that say 1, because something needs attention. */
const EXITS: Readonly<Record<string, number>> = {};

const lines = Array.from(readme.matchAll(/^```console\n([\s\S]*?)^```$/gm), ([, body = '']) => body)
  .flatMap((block) => block.split('\n'))
  .filter((line) => line.startsWith('$ '))
  .map((line) => line.slice(2));

afterAll(removeWorkplaces);

describe('the lines of the README', () => {
  it('work, one after the other', async () => {
    const place = new Workplace(null);
    const ended: [line: string, code: number, stderr: string][] = [];
    for (const line of lines.filter((each) => !ELSEWHERE.some(([pattern]) => pattern.test(each)))) {
      await BEFORE[line]?.(place);
      // As cdktf.json has it.
      const command = line.replace('npx cdktf synth', 'vb365 issue && vb365 synth');
      const { code, stderr } = await follow(place, command, { answers: { 'Password of wizard.pfx': 'secret\n' } });
      ended.push([line, code, code === (EXITS[line] ?? 0) ? '' : stderr]);
    }
    expect(ended).toEqual(ended.map(([line]) => [line, EXITS[line] ?? 0, '']));
    expect(ended.length).toBeGreaterThan(12);
  });

  it('are run elsewhere for a reason that holds', () => {
    expect(ELSEWHERE.filter(([pattern]) => !lines.some((line) => pattern.test(line)))).toEqual([]);
    const tests = ELSEWHERE.flatMap(([, why]) => /test\/\S+\.ts/.exec(why)?.[0] ?? []);
    expect(tests.filter((test) => !existsSync(join(root, test)))).toEqual([]);
  });
});

/** The configuration that the README shows, and certificates of another place. */
async function takeOver(place: Workplace): Promise<void> {
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
  const elsewhere = new Workplace(yaml);
  const convert = 'openssl pkcs12 -in portal.pfx -passin file:portal.password';
  const made = [
    'vb365 issue',
    `vb365 export ${LINEAGE} --out wizard.pfx --password-env PASSWORD`,
    'vb365 export primary/rest-api --out portal.pfx --generate-password portal.password',
    `${convert} -nodes -nocerts -out portal.key && ${convert} -nokeys -out portal.crt`,
  ];
  const { code, stderr } = await follow(elsewhere, made.join(' && '), { env: { PASSWORD: 'secret' } });
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  place.write('vb365.yaml', yaml);
  for (const name of ['wizard.pfx', 'portal.key', 'portal.crt']) {
    place.write(name, readFileSync(elsewhere.path(name)));
  }
}
