import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { zipSync } from 'fflate';
import { readPlanJson } from '../../lib/plan/read-plan-json';

const MIB = 1024 * 1024;

const folder = mkdtempSync(join(tmpdir(), 'vb365-plan-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A plan whose directory announces files of these sizes in a folder, whatever they hold. */
function announcing(folder: string, sizes: readonly number[]): Buffer {
  const files = sizes.map((_, index) => [`${folder}file-${index}`, Buffer.from('x')]);
  const bytes = Buffer.from(zipSync(Object.fromEntries(files)));
  let at = 0;
  for (const size of sizes) {
    at = bytes.indexOf('PK\u0001\u0002', at + 1, 'latin1');
    bytes.writeUInt32LE(size, at + 24);
  }
  return bytes;
}

/** Shown by a program that says that it was started. */
async function read(bytes: Uint8Array): Promise<{ shown: unknown; started: boolean }> {
  const [file, program, trace] = ['plan', 'terraform.sh', 'started'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  rmSync(trace, { force: true });
  writeFileSync(file, bytes);
  writeFileSync(program, `#!/bin/sh\ntouch '${trace}'\necho '{"shown":true}'\n`, { mode: 0o755 });
  const reading = { env: { ...process.env, TERRAFORM_BINARY_NAME: program }, stdin: new PassThrough() };
  const shown = await readPlanJson({ name: 'plan', file, stack: 'plan' }, reading).catch((error: unknown) => error);
  return { shown, started: existsSync(trace) };
}

describe('readPlanJson', () => {
  it.each([
    ['', [256 * MIB], true],
    ['', [256 * MIB + 1], false],
    ['', [128 * MIB, 128 * MIB], true],
    ['', [128 * MIB, 128 * MIB, 1], false],
    ['', [4_000_000_000], false],
    ['tfconfig/m-', [4 * MIB, 4 * MIB], true],
    ['tfconfig/m-', [4 * MIB, 4 * MIB, 1], false],
  ])('lets Terraform open a plan that announces in the folder "%s" %j bytes: %s', async (folder, sizes, isOpened) => {
    const { shown, started } = await read(announcing(folder, sizes));
    expect(started).toBe(isOpened);
    expect(shown).toMatchObject(
      isOpened ? { json: { shown: true }, files: [] } : { code: 'plan-too-large', subject: 'plan' },
    );
  });

  it('does not let Terraform open what is no whole archive: how large it becomes cannot be told', async () => {
    const whole = zipSync({ tfplan: Buffer.from('x') });
    const { shown, started } = await read(whole.subarray(0, -1));
    expect(started).toBe(false);
    expect(shown).toMatchObject({ code: 'plan-not-shown', message: expect.stringContaining('cut off') });
  });
});
