import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lineagesOf } from '../lib/config/lineages';
import { readConfiguration } from '../lib/config/read-configuration';
import { reviewRules } from '../lib/review/rules/review-rules';

const root = join(__dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** Code blocks of a language, in their order. */
function blocks(language: string): string[] {
  return Array.from(readme.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm))
    .filter(([, found]) => found === language)
    .map(([, , body = '']) => body);
}

function read(yaml: string): ReturnType<typeof readConfiguration> {
  const folder = mkdtempSync(join(tmpdir(), 'vb365-readme-'));
  try {
    writeFileSync(join(folder, 'vb365.yaml'), yaml);
    return readConfiguration(join(folder, 'vb365.yaml'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the README', () => {
  const [installation = ''] = blocks('yaml');

  it('shows a configuration that is right, with the lineages that it names', () => {
    const lineages = lineagesOf(read(installation)).map(({ name }) => name);

    expect(lineages).toEqual([
      'primary/server',
      'primary/rest-api',
      'primary/restore-portal',
      'primary/restore-operator-authentication',
      'contoso/entra-application',
    ]);
    for (const lineage of lineages) expect(readme).toContain(`\`${lineage}\``);
  });

  it('shows an existing application that is right', () => {
    const [, existing = ''] = blocks('yaml');
    expect(read(`${installation}${existing.replace(/^/gm, '    ')}`).organizations).toMatchObject([
      { consent: 'same-stack', application: { alreadyConsented: expect.arrayContaining(['Global Reader']) } },
    ]);
  });

  it('counts the rules about plans', () => {
    expect(readme).toContain(`[${reviewRules.length} rules](docs/review-rules.md)`);
  });

  it('shows the example program as it is', () => {
    expect(blocks('ts')).toEqual([readFileSync(join(root, 'examples', 'constructs', 'main.ts'), 'utf8')]);
  });
});
