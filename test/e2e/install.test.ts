import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ADMINISTRATOR, startVb365Emulator, type Vb365Emulator } from '../../emulators/vb365';
import type { KeyAndCertificate } from '../../lib/certificates/key-and-certificate';
import { readPfx } from '../../lib/certificates/pfx/read';
import { COMMAND_LINE } from '../support/cli';
import { organization, tenants } from './configurations';
import { Deployment } from './deployment';
import { endToEnd } from './end-to-end';

const LINEAGE = 'contoso/entra-application';

endToEnd('a deployment that installs', () => {
  let deployment: Deployment;
  let vb365: Vb365Emulator;
  let configure: (...lines: readonly string[]) => void;

  beforeAll(async () => {
    const held = await holdPort();
    const { port } = held.address() as AddressInfo;
    const configuration = (...lines: readonly string[]): string =>
      organization(lines).replace(
        'organizations:',
        `    restApi: { hostName: localhost, port: ${port} }\norganizations:`,
      );
    deployment = await Deployment.start(configuration());
    configure = (...lines) => void deployment.workplace.write('vb365.yaml', configuration(...lines));
    await deployment.apply('contoso');
    const certificate = await read('primary/rest-api');
    await new Promise((closed) => held.close(closed));
    vb365 = await startVb365Emulator({ entra: deployment.entra, port, certificate });
    writeShim();
  });

  afterAll(async () => {
    await vb365.close();
    await deployment.close();
  });

  it('never lets a backup fail: renewed, disturbed, installed, retired', async () => {
    const { appId = '' } = deployment.applications(tenants.contoso)[0] ?? {};
    const first = await read(LINEAGE);
    const { id } = vb365.addOrganization({
      name: 'contoso',
      tenantId: tenants.contoso,
      applicationId: appId,
      services: ['exchange'],
      certificate: first,
    });
    const backups = vb365.startBackupJob(id, { everyMilliseconds: 200 });
    configure('install: { via: rest }');
    await deployment.vb365('renew', LINEAGE);

    await expect(deployment.apply('contoso', account('wrong'))).rejects.toThrow(/rest-credentials-refused/);
    await expect(killedWhileInstalling()).rejects.toThrow(/local-exec provisioner error/);
    // What failed is repeated, and nothing else.
    expect(await duringAnOutage()).toMatchObject({ added: 1, changed: 0 });
    expect(await verified()).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/contoso\/entra-application +0002 +sign-in .*ok/),
    });
    const superseded = await deployment.exported(LINEAGE, '0001');
    expect(await deployment.signInWith(superseded, appId, tenants.contoso)).toEqual({ signedIn: true });
    await deployment.vb365('retire', '--confirmed', LINEAGE);
    expect(await deployment.apply('contoso', account())).toMatchObject({ destroyed: 1 });
    await wait(500);
    await backups.stop();

    expect(await deployment.signInWith(superseded, appId, tenants.contoso)).toEqual({
      signedIn: false,
      error: expect.stringContaining('AADSTS700027'),
    });
    const second = await read(LINEAGE);
    expect(backups.failures).toEqual([]);
    expect(backups.successes).toBeGreaterThan(20);
    expect([...backups.thumbprints]).toEqual([first, second].map(({ certificate }) => certificate.thumbprint));
    expect((await deployment.plan('contoso')).changes).toEqual([]);
  });

  it('leaves no secret in what was synthesized, nor in the state', () => {
    const { folder } = deployment.workplace;
    const state = readFileSync(resolve(folder, 'terraform.contoso.tfstate'), 'utf8');
    const synthesized = readFileSync(resolve(folder, 'cdktf.out/stacks/contoso/cdk.tf.json'), 'utf8');
    expect(synthesized).toContain('vb365 install contoso/entra-application --via rest');
    expect(state).toContain('"installs": "contoso/entra-application"');
    for (const text of [state, synthesized]) {
      expect(text).not.toMatch(/PRIVATE KEY|AGE-SECRET-KEY/);
      expect(text).not.toContain(ADMINISTRATOR.password);
    }
  });

  /** As `npm install` would put it. */
  function writeShim(): void {
    const script = `#!/bin/sh\necho $$ > "$(dirname "$0")/pid"\nexec "${process.execPath}" "${COMMAND_LINE}" "$@"\n`;
    chmodSync(deployment.workplace.write('node_modules/.bin/vb365', script), 0o755);
  }

  function account(password = ADMINISTRATOR.password): Record<string, string> {
    return {
      VB365_IDENTITY: deployment.workplace.identity,
      VB365_REST_USERNAME: ADMINISTRATOR.username,
      VB365_REST_PASSWORD: password,
      CI: '',
    };
  }

  /** Asks Entra, the REST API and the server, with the client id that the stack tells. */
  function verified(): ReturnType<Deployment['workplace']['runProcess']> {
    const { workplace, entra } = deployment;
    const env = { ...entra.environment(tenants.contoso), ...account(), CDKTF_OUTDIR: workplace.path('cdktf.out') };
    return workplace.runProcess(['verify', LINEAGE, 'primary/rest-api'], { env });
  }

  async function killedWhileInstalling(): Promise<void> {
    const pid = deployment.workplace.path('node_modules/.bin/pid');
    rmSync(pid, { force: true });
    vb365.setFaults({ latencyMs: 5_000 });
    const applied = deployment.apply('contoso', account());
    void applied.catch(() => undefined);
    while (!existsSync(pid) || readFileSync(pid, 'utf8').trim() === '') await wait(50);
    await wait(1_000);
    execFileSync('kill', ['-KILL', readFileSync(pid, 'utf8').trim()]);
    await applied;
  }

  /** The service is down when the apply begins, and its first token is of no use. */
  async function duringAnOutage(): Promise<unknown> {
    vb365.setFaults({ next: ['none', 'expired', 'failed'] });
    await vb365.stopListening();
    const applied = deployment.apply('contoso', account());
    await wait(6_000);
    await vb365.listenAgain();
    return applied;
  }

  async function read(lineage: string): Promise<KeyAndCertificate> {
    const { password, pfx } = await deployment.exported(lineage);
    return readPfx(readFileSync(pfx), readFileSync(password, 'utf8').trim());
  }
});

/** A free port, which nobody else is given as long as it is held. */
async function holdPort(): Promise<Server> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
