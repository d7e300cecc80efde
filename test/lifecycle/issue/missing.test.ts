import fc from 'fast-check';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lineagesOf, type LineageDeclaration } from '../../../lib/config/lineages';
import { readConfiguration } from '../../../lib/config/read-configuration';
import { findMissing, missingFinding, ofShard, takeInventory } from '../../../lib/lifecycle/issue/missing';
import { importedOrganization, removeWorkplaces, THREE_LINEAGES, Workplace } from '../../support/cli';

let workplace: Workplace;
let declarations: LineageDeclaration[];

beforeEach(() => {
  workplace = new Workplace(THREE_LINEAGES + importedOrganization('northwind'));
  declarations = lineagesOf(readConfiguration(workplace.path('vb365.yaml')));
});

afterAll(removeWorkplaces);

function missingNames(): { toIssue: string[]; toImport: string[] } {
  const { toIssue, toImport } = findMissing(declarations, workplace.path('keystore'));
  return { toIssue: toIssue.map(({ name }) => name), toImport: toImport.map(({ name }) => name) };
}

describe('findMissing', () => {
  it('finds everything missing where there is no keystore, apart by what mends it', () => {
    expect(missingNames()).toEqual({
      toIssue: ['primary/rest-api', 'primary/restore-operator-authentication', 'contoso/entra-application'],
      toImport: ['northwind/entra-application'],
    });
  });

  it('reads no certificate: its name is enough', () => {
    workplace.write('keystore/contoso/entra-application/0001.crt', 'not even a certificate');
    workplace.write('keystore/northwind/entra-application/0007.crt', '');
    expect(missingNames()).toEqual({
      toIssue: ['primary/rest-api', 'primary/restore-operator-authentication'],
      toImport: [],
    });
  });

  it('is not content with a key, an empty folder or a folder of that name', () => {
    workplace.write('keystore/contoso/entra-application/0001.key.age', '');
    mkdirSync(workplace.path('keystore/primary/rest-api'), { recursive: true });
    mkdirSync(workplace.path('keystore/northwind/entra-application/0001.crt'), { recursive: true });
    expect(missingNames().toIssue).toHaveLength(3);
    expect(missingNames().toImport).toHaveLength(1);
  });

  it('finds a generation that a stopped command has committed', () => {
    const folder = workplace.path('keystore/contoso/entra-application/.0001-0123456789abcdef');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '0001.crt'), '');
    expect(missingNames().toIssue).not.toContain('contoso/entra-application');
  });
});

describe('takeInventory', () => {
  it('finds the newest generation that has a certificate of what is not missing', () => {
    for (const name of ['0001.crt', '0002.crt', '0002.key.age', '0003.key.age']) {
      workplace.write(`keystore/contoso/entra-application/${name}`, '');
    }
    const { kept, ...missing } = takeInventory(declarations, workplace.path('keystore'));
    expect(kept.map(({ declaration, files }) => [declaration.name, files.label])).toEqual([
      ['contoso/entra-application', '0002'],
    ]);
    expect(missing).toEqual(findMissing(declarations, workplace.path('keystore')));
  });
});

describe('missingFinding', () => {
  it('names the command that mends it', () => {
    expect(declarations.map(missingFinding).map(({ subject, cure }) => [subject, cure])).toEqual([
      ['primary/rest-api', 'run "vb365 issue"'],
      ['primary/restore-operator-authentication', 'run "vb365 issue"'],
      ['contoso/entra-application', 'run "vb365 issue"'],
      [
        'northwind/entra-application',
        'get a new certificate ("vb365 request northwind/entra-application" asks an authority for one), and run "vb365 import northwind/entra-application <file>"',
      ],
    ]);
  });
});

describe('ofShard', () => {
  it('takes every n-th lineage', () => {
    expect(ofShard(declarations, { index: 2, count: 3 }).map(({ name }) => name)).toEqual([declarations[1]?.name]);
    expect(ofShard(declarations, { index: 1, count: 1 })).toEqual(declarations);
  });

  it('parts any list so that nothing is left out or taken twice, evenly and in order', () => {
    const [template] = declarations as [LineageDeclaration];
    const list = fc
      .array(fc.nat(), { maxLength: 40 })
      .map((all) => all.map((_, name) => ({ ...template, name: String(name) })));
    fc.assert(
      fc.property(list, fc.integer({ min: 1, max: 50 }), (lineages, count) => {
        const shards = Array.from({ length: count }, (_, index) => ofShard(lineages, { index: index + 1, count }));
        const together = shards.flat().sort((one, other) => Number(one.name) - Number(other.name));
        expect(together).toEqual(lineages);
        const sizes = shards.map((shard) => shard.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
