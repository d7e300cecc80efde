import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { rootCertificates } from 'node:tls';
import { promisify } from 'node:util';
import { type EntraEmulator, startEntraEmulator } from '../../../emulators/entra';
import { contoso, requestToken, send } from './client';

const run = promisify(execFile);

let emulator: EntraEmulator;

beforeAll(async () => {
  emulator = await startEntraEmulator();
});

afterAll(() => emulator.close());

describe('startEntraEmulator', () => {
  it('describes itself as a cloud, in the way that the azuread provider asks', async () => {
    const { body } = await send(emulator, 'GET', '/metadata/endpoints?api-version=2022-09-01');
    expect(body).toMatchObject({
      microsoftGraphResourceId: `${emulator.url}/`,
      authentication: { loginEndpoint: emulator.url },
    });
  });

  it('gives an environment with which the pipeline signs in', async () => {
    const environment = emulator.environment(contoso);
    expect(environment).toMatchObject({
      ARM_METADATA_HOSTNAME: `localhost:${emulator.port}`,
      ARM_TENANT_ID: contoso,
      ARM_USE_CLI: 'false',
    });
    const { status } = await requestToken(emulator, contoso, {
      client_id: environment.ARM_CLIENT_ID ?? '',
      client_secret: environment.ARM_CLIENT_SECRET ?? '',
      scope: `${emulator.url}/.default`,
    });
    expect(status).toBe(200);
  });

  it('gives an environment with which node trusts it', async () => {
    const script = `fetch('${emulator.url}/metadata/endpoints').then((r) => console.log(r.status), () => console.log('no'))`;
    const status = async (env: NodeJS.ProcessEnv): Promise<string> =>
      (await run(process.execPath, ['-e', script], { env: { PATH: process.env.PATH, ...env } })).stdout.trim();
    expect(await status(emulator.environment(contoso))).toBe('200');
    expect(await status({})).toBe('no');
  });

  it('writes a bundle that holds its own authority beside those of the system', () => {
    const bundle = readFileSync(emulator.environment(contoso).SSL_CERT_FILE ?? '', 'utf8');
    expect(bundle).toContain(emulator.caPem.trim());
    expect(bundle.match(/BEGIN CERTIFICATE/g)?.length).toBeGreaterThan(rootCertificates.length / 2);
    expect(bundle).not.toContain('PRIVATE KEY');
  });

  it('takes its files away when it is closed', async () => {
    const other = await startEntraEmulator();
    expect(existsSync(other.caFile)).toBe(true);
    await other.close();
    expect(existsSync(other.caFile)).toBe(false);
    await expect(send(other, 'GET', '/metadata/endpoints')).rejects.toThrow(/ECONNREFUSED/);
  });

  it('answers discovery for a tenant, and 90002 for what is none', async () => {
    const path = '/v2.0/.well-known/openid-configuration';
    expect((await send(emulator, 'GET', `/${contoso}${path}`)).body).toMatchObject({
      token_endpoint: `${emulator.url}/${contoso}/oauth2/v2.0/token`,
    });
    expect((await send(emulator, 'GET', `/nowhere${path}`)).body.error_codes).toEqual([90002]);
  });

  it('answers a form that is none with an error of its own kind', async () => {
    const answer = await send(emulator, 'POST', `/${contoso}/oauth2/v2.0/token`, { json: ['x'] });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });
});

describe('the start script', () => {
  it('prints what to export, and serves until it is interrupted', async () => {
    const project = resolve(__dirname, '../../..');
    const script = join(project, 'emulators/entra/start.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', script, '--tenant', contoso], { cwd: project });
    try {
      const exit = once(child, 'exit');
      const [output] = (await once(child.stdout, 'data')) as [Buffer];
      expect(output.toString()).toContain(`export ARM_TENANT_ID='${contoso}'\n`);
      child.kill('SIGINT');
      expect(await exit).toEqual([0, null]);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
