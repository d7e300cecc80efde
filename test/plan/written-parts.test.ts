import { readConfigurationFiles } from '../../lib/plan/written-parts';

function read(...jsons: readonly unknown[]): ReturnType<typeof readConfigurationFiles> {
  return readConfigurationFiles(jsons.map((json, index) => ({ name: `${index}.tf.json`, text: JSON.stringify(json) })));
}

describe('readConfigurationFiles', () => {
  it('reads blocks however the JSON syntax nests them', () => {
    const body = { command: 'curl' };
    for (const removed of [
      { from: 'a.b', provisioner: { 'local-exec': body } },
      [{ from: 'a.b', provisioner: [{ 'local-exec': [body] }] }],
      { from: 'a.b', provisioner: { 'local-exec': [body] } },
    ]) {
      expect(read({ removed }).written.removedProvisioners).toEqual(['a.b (local-exec)']);
    }
    for (const check of [{ c: {} }, [{ c: {} }], { c: [{}] }]) {
      expect(read({ check }).parts.checks).toEqual([{ address: 'check.c', kind: 'check', status: '' }]);
    }
    expect(read({ module: { m: { source: 'git::x' } } }).parts.modules).toEqual(['module.m (git::x)']);
    expect(read({ ephemeral: { a: { b: {} } } }).parts.ephemeral).toEqual(['ephemeral.a.b']);
  });

  it.each([
    [{ backend: { s3: { bucket: 'b' } } }, { type: 's3', settings: { bucket: 'b' } }],
    [[{ backend: [{ s3: [{ bucket: 'b' }] }] }], { type: 's3', settings: { bucket: 'b' } }],
    [{ cloud: { organization: 'o' } }, { type: 'cloud', settings: { organization: 'o' } }],
    [{}, undefined],
  ])('reads the backend of %j', (terraform, backend) => {
    expect(read({ terraform }).written.backend).toEqual(backend);
  });

  it('finds functions in every file, in keys too', () => {
    expect(
      read({ locals: { '${upper("a")}': 1 } }, { output: { x: { value: '${file("b")}' } } }).parts.functions,
    ).toEqual(['file', 'upper']);
  });

  it('names what it cannot read', () => {
    const files = [
      { name: 'a.tf', text: '' },
      { name: 'b.tf.json', text: '{' },
      { name: 'c.tf.json', text: '[]' },
      { name: 'cdk.tf.json', text: '{}' },
    ];
    expect(readConfigurationFiles(files).written.unread).toEqual(['a.tf', 'b.tf.json', 'c.tf.json']);
  });
});
