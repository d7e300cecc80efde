import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refuseDifference } from '../../bench/stack-contents';

describe('refuseDifference', () => {
  const folders: string[] = [];

  const synthesis = (content: object): string => {
    const folder = mkdtempSync(join(tmpdir(), 'vb365-contents-'));
    folders.push(folder);
    mkdirSync(join(folder, 'stacks', 'contoso'), { recursive: true });
    writeFileSync(join(folder, 'stacks', 'contoso', 'cdk.tf.json'), JSON.stringify(content));
    return folder;
  };

  const stackOf = (application: object, output: object = { entra: { value: 1 } }): object => ({
    output,
    provider: { azuread: [{ tenant_id: 'one' }] },
    resource: { azuread_application: application },
    terraform: { backend: { local: {} } },
  });

  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  it('accepts other names, values and metadata', () => {
    const ours = stackOf({ application_4D8A0EC9: { '//': {}, display_name: 'VB365 contoso' } });
    const theirs = stackOf({ application: { display_name: 'contoso' } }, { current: { value: 2 } });

    expect(() => {
      refuseDifference(synthesis(ours), synthesis(theirs));
    }).not.toThrow();
  });

  it.each([
    ['an output', stackOf({ one: { display_name: 'one' } }, {}), /output \(value\): 1 of ours, 0 of theirs/],
    ['a resource', stackOf({}), /azuread_application \(display_name\): 1 of ours, 0 of theirs/],
    ['an attribute', stackOf({ one: {} }), /azuread_application \(\): 0 of ours, 1 of theirs/],
  ])('refuses where %s is missing', (_what, theirs, difference) => {
    const ours = stackOf({ one: { display_name: 'one' } });

    expect(() => {
      refuseDifference(synthesis(ours), synthesis(theirs));
    }).toThrow(difference);
  });
});
