import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installByPowershell } from '../../../lib/install/powershell/install-by-powershell';
import { LocalTransport } from '../../../lib/install/transport/local';
import { COMPILED } from '../../support/compile';
import { PowershellStandIn } from '../../support/powershell';
import { selfSigned } from '../../support/self-signed';

const certificate = selfSigned();
const script = { lineage: 'primary/server', certificate, facts: { role: 'server' }, stores: ['Personal'] } as const;
const secret = { pfx: Buffer.from('key'), password: 'canary-0123456789-canary' };

let folder: string;
let standIn: PowershellStandIn;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vb365-local-'));
  standIn = new PowershellStandIn(folder);
});

afterAll(() => {
  standIn.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('LocalTransport', () => {
  it('installs by PowerShell of this machine', async () => {
    standIn.behave('answer');
    process.env.VB365_REST_PASSWORD = 'canary-of-rest';
    const transport = new LocalTransport({ program: join(standIn.bin, 'pwsh') });
    const answer = await installByPowershell(transport, script, secret);
    delete process.env.VB365_REST_PASSWORD;
    expect(answer.changed).toBe(true);
    expect(standIn.envelope.password).toBe(secret.password);
    expect(JSON.stringify([standIn.recorded.argv, standIn.recorded.env])).not.toContain('canary');
  });

  it('says that nothing was done where the certificate is in use already', async () => {
    standIn.behave('current');
    const transport = new LocalTransport({ program: join(standIn.bin, 'pwsh') });
    const { thumbprint } = certificate;
    const answer = await installByPowershell(transport, script, secret);
    expect(answer).toEqual({ before: thumbprint, after: thumbprint, changed: false });
  });

  it('says where there is no PowerShell', async () => {
    const transport = new LocalTransport({ program: '/absent/pwsh' });
    await expect(transport.run('', [])).rejects.toMatchObject({ code: 'powershell-missing' });
  });

  it('does not mind a program that reads nothing of a long input', async () => {
    const transport = new LocalTransport({ program: 'true' });
    const output = await transport.run('x'.repeat(1_000_000), []);
    expect(output).toMatchObject({ exitCode: 0, stdout: '' });
  });

  it('ends a program that does not answer in time', async () => {
    standIn.behave('hang');
    const transport = new LocalTransport({ program: join(standIn.bin, 'pwsh'), timeout: 500 });
    await expect(installByPowershell(transport, script, secret)).rejects.toMatchObject({ code: 'install-timed-out' });
    await standIn.hasEnded();
  });

  it('takes the program with it when it is ended itself', async () => {
    standIn.behave('hang');
    const args = [join(COMPILED, 'test', 'install', 'installing-process.js'), join(standIn.bin, 'pwsh')];
    const parent = spawn(process.execPath, args, { stdio: 'ignore' });
    await standIn.hangs();
    const exit = once(parent, 'exit');
    parent.kill('SIGTERM');
    expect(await exit).toEqual([null, 'SIGTERM']);
    await standIn.hasEnded();
  });
});
