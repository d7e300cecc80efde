import { cpSync, readFileSync } from 'node:fs';
import { lineagesOf } from '../../../lib/config/lineages';
import { readConfiguration } from '../../../lib/config/read-configuration';
import { Keystore } from '../../../lib/keystore/keystore';
import { followsPredecessor } from '../../../lib/lifecycle/succession/follows-predecessor';
import { newGenerationsOf } from '../../../lib/lifecycle/succession/new-generations';
import { removeWorkplaces, THREE_LINEAGES, Workplace } from '../../support/cli';

afterAll(removeWorkplaces);

/** What is said of what a keystore has and another one has not. */
function complaintsOf(workplace: Workplace, base: Keystore | undefined, at: string): string[] {
  const configuration = readConfiguration(workplace.path('vb365.yaml'));
  const declarations = new Map(lineagesOf(configuration).map((declaration) => [declaration.name, declaration]));
  return newGenerationsOf(base, new Keystore(configuration.keystore)).map((added) => {
    const { certificateFile, label, lineage } = added.generation;
    const text = readFileSync(certificateFile, 'utf8');
    const options = { declaration: declarations.get(lineage), text, at: new Date(at) };
    const complaints = followsPredecessor(added, options).map(({ about, message }) => `${about}: ${message}`);
    return [`${lineage} ${label}`, ...complaints].join('; ');
  });
}

describe('what the commands add', () => {
  it('follows its predecessor, whatever the application is called', async () => {
    const workplace = new Workplace(
      THREE_LINEAGES.replace('displayName: VB365 contoso', `displayName: 'VB365, "+" Ü'`),
    );
    await workplace.run(['issue', '--at', '2026-06-01']);
    expect(complaintsOf(workplace, undefined, '2026-06-02')).toEqual([
      'contoso/entra-application 0001',
      'primary/rest-api 0001',
      'primary/restore-operator-authentication 0001',
    ]);
    cpSync(workplace.path('keystore'), workplace.path('base'), { recursive: true });
    const base = new Keystore(workplace.path('base'));
    await workplace.run(['renew', '--at', '2027-05-15']);
    expect(complaintsOf(workplace, base, '2027-05-16')).toEqual([
      'contoso/entra-application 0002',
      'primary/rest-api 0002',
      'primary/restore-operator-authentication 0002',
    ]);
    await workplace.run(['retire', '--confirmed', 'primary/rest-api', '--at', '2027-05-15']);
    expect(complaintsOf(workplace, base, '2027-05-16')).toHaveLength(3);
  });
});
