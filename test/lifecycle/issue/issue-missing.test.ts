import { lineagesOf, type LineageDeclaration } from '../../../lib/config/lineages';
import { readConfiguration } from '../../../lib/config/read-configuration';
import { Keystore } from '../../../lib/keystore/keystore';
import { createIdentity } from '../../../lib/keystore/sealing/identity';
import { Sealer } from '../../../lib/keystore/sealing/sealing';
import { type IssueAllOptions, issueAll } from '../../../lib/lifecycle/issue/issue-missing';
import { judgeLineage } from '../../../lib/lifecycle/judgement';
import { readGenerations } from '../../../lib/lifecycle/read-generations';
import { configurationOf, removeWorkplaces, Workplace } from '../../support/cli';
import { openKeys } from '../../support/open-keys';
import { noon } from '../../support/self-signed';

let workplace: Workplace;
let declarations: LineageDeclaration[];
let options: IssueAllOptions;

beforeEach(async () => {
  workplace = new Workplace(configurationOf('contoso', 'fabrikam'));
  declarations = lineagesOf(readConfiguration(workplace.path('vb365.yaml')));
  const sealer = await Sealer.create([await createIdentity(workplace.identity, noon)]);
  options = { keystore: new Keystore(workplace.path('keystore')), sealer, at: noon, concurrency: 2 };
});

afterAll(removeWorkplaces);

describe('issueAll', () => {
  it('issues one generation of each lineage by its profile and policy, and tells of each', async () => {
    const told: string[] = [];
    const issued = await issueAll(declarations, { ...options, onIssued: ({ lineage }) => told.push(lineage) });
    expect(issued.map(({ lineage }) => lineage).sort()).toEqual(declarations.map(({ name }) => name).sort());
    expect(told.sort()).toEqual(issued.map(({ lineage }) => lineage).sort());
    expect(await openKeys(options.keystore, workplace.identity)).toHaveLength(4);
    for (const declaration of declarations) {
      const generations = readGenerations(options.keystore, declaration.name);
      expect(generations.map(({ label }) => label)).toEqual(['0001']);
      expect(judgeLineage({ declaration, generations }, noon)).toMatchObject({ state: 'valid', findings: [] });
    }
  });

  it.each([1, 2, 64])('does the same with %i at once', async (concurrency) => {
    expect(await issueAll(declarations.slice(0, 2), { ...options, concurrency })).toHaveLength(2);
  });

  it('does nothing where nothing is asked for', async () => {
    expect(await issueAll([], options)).toEqual([]);
  });

  it('stops at the first failure, and keeps what is whole', async () => {
    workplace.write('keystore/contoso', 'a file where a folder is needed');
    const told: string[] = [];
    const failing = issueAll(declarations, {
      ...options,
      concurrency: 1,
      onIssued: ({ lineage }) => told.push(lineage),
    });
    await expect(failing).rejects.toMatchObject({ name: 'Vb365Error', code: 'keystore-unwritable' });
    expect(told).toEqual(['primary/rest-api', 'primary/restore-operator-authentication']);
    expect(options.keystore.lineages()).toEqual(told);
  });
});

describe('readGenerations', () => {
  it('reads what can be read, the oldest first', async () => {
    const [restApi] = declarations as [LineageDeclaration];
    for (let count = 0; count < 3; count += 1) await issueAll([restApi], options);
    const labels = (): string[] => readGenerations(options.keystore, restApi.name).map(({ label }) => label);
    expect(labels()).toEqual(['0001', '0002', '0003']);
    workplace.write('keystore/primary/rest-api/0002.crt', '');
    expect(labels()).toEqual(['0003']);
    workplace.write('keystore/primary/rest-api/0003.crt', '');
    expect(labels()).toEqual([]);
  });

  it('hides no other error than those of damaged files', () => {
    const broken = new (class extends Keystore {
      override generations(): never {
        throw new RangeError('a mistake');
      }
    })(workplace.path('keystore'));
    expect(() => readGenerations(broken, 'a/server')).toThrow(RangeError);
  });
});
