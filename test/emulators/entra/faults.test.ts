import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EntraEmulator, startEntraEmulator } from '../../../emulators/entra';
import { noon } from '../../support/self-signed';
import { contoso, type Graph, graphOf, send } from './client';

let now = noon;
let emulator: EntraEmulator;
let graph: Graph;

beforeAll(async () => {
  emulator = await startEntraEmulator({ now: () => now });
  graph = await graphOf(emulator, contoso);
});

beforeEach(() => {
  emulator.setFaults({});
  emulator.requests.clear();
});

afterAll(() => emulator.close());

async function statuses(count: number): Promise<number[]> {
  const seen: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const answer = await graph('GET', '/applications').catch(() => ({ status: 0 }));
    seen.push(answer.status);
  }
  return seen;
}

describe('faults on request', () => {
  it('answers everything where none is asked for', async () => {
    expect(await statuses(4)).toEqual([200, 200, 200, 200]);
  });

  it('throttles every n-th request and says when to come back', async () => {
    emulator.setFaults({ throttleEvery: 2, retryAfterSeconds: 7 });
    expect(await statuses(4)).toEqual([200, 429, 200, 429]);
    emulator.setFaults({ throttleEvery: 1, retryAfterSeconds: 7 });
    expect((await graph('GET', '/applications')).headers['retry-after']).toBe('7');
  });

  it('fails every n-th request before anything is done', async () => {
    emulator.setFaults({ failEvery: 2 });
    await graph('GET', '/applications');
    const before = emulator.directory.tenant(contoso).applications.all().length;
    expect((await graph('POST', '/applications', { displayName: 'x' })).status).toBe(503);
    expect(emulator.directory.tenant(contoso).applications.all()).toHaveLength(before);
  });

  it('drops every n-th connection after the work is done, which is what a client cannot know', async () => {
    emulator.setFaults({ dropEvery: 2 });
    await graph('GET', '/applications');
    await expect(graph('POST', '/applications', { displayName: 'dropped' })).rejects.toThrow(/hang up|ECONNRESET/);
    expect(emulator.directory.tenant(contoso).applications.all().at(-1)?.displayName).toBe('dropped');
    expect((await graph('GET', '/applications')).status).toBe(200);
  });

  it('resets every n-th connection before anything is done', async () => {
    const before = emulator.directory.tenant(contoso).applications.all().length;
    emulator.setFaults({ resetEvery: 2 });
    await graph('GET', '/applications');
    await expect(graph('POST', '/applications', { displayName: 'reset' })).rejects.toThrow('ECONNRESET');
    expect(emulator.directory.tenant(contoso).applications.all()).toHaveLength(before);
    expect((await graph('GET', '/applications')).status).toBe(200);
  });

  it('hides new applications from every request until they are replicated', async () => {
    emulator.setFaults({ replicationLagMs: 2500 });
    const { body } = await graph('POST', '/applications', { displayName: 'young' });
    const path = `/applications/${String(body.id)}`;
    const appId = String(body.appId);
    expect((await graph('GET', path)).status).toBe(404);
    expect((await graph('PATCH', path, { notes: 'x' })).status).toBe(404);
    expect((await graph('POST', '/servicePrincipals', { appId })).body).toMatchObject({
      error: { message: expect.stringContaining('does not reference a valid application object') as string },
    });
    const list = `/applications?${new URLSearchParams({ $filter: `appId eq '${appId}'` }).toString()}`;
    expect((await graph('GET', list)).body.value).toEqual([]);
    now = new Date(now.getTime() + 2499);
    expect((await graph('GET', path)).status).toBe(404);
    now = new Date(now.getTime() + 1);
    expect((await graph('GET', path)).status).toBe(200);
    expect((await graph('POST', '/servicePrincipals', { appId })).status).toBe(201);
  });

  it('hides new service principals where it is asked to', async () => {
    const { appId } = emulator.directory.addApplication(contoso, { displayName: 'old' });
    emulator.setFaults({ servicePrincipalLagMs: 1000 });
    const { body } = await graph('POST', '/servicePrincipals', { appId });
    const path = `/servicePrincipals/${String(body.id)}`;
    expect((await graph('GET', path)).status).toBe(404);
    now = new Date(now.getTime() + 1000);
    expect((await graph('GET', path)).status).toBe(200);
  });

  it('waits before every answer', async () => {
    emulator.setFaults({ latencyMs: 60 });
    const start = performance.now();
    await graph('GET', '/applications');
    expect(performance.now() - start).toBeGreaterThan(55);
  });

  it('spares sign-in and metadata, without which no client gets anywhere', async () => {
    emulator.setFaults({ failEvery: 1 });
    await expect(graphOf(emulator, contoso)).resolves.toBeInstanceOf(Function);
    expect((await send(emulator, 'GET', '/metadata/endpoints')).status).toBe(200);
  });
});

describe('the log of requests', () => {
  it('counts by method and path, with the status of each', async () => {
    await graph('GET', '/applications');
    await graph('GET', '/applications/none');
    expect(emulator.requests.count()).toBe(2);
    expect(emulator.requests.count('GET /v1.0/applications')).toBe(2);
    expect(emulator.requests.count(/\/applications\/none$/)).toBe(1);
    expect(emulator.requests.all().map(({ status }) => status)).toEqual([200, 404]);
    emulator.requests.clear();
    expect(emulator.requests.count()).toBe(0);
  });
});

describe('the control routes', () => {
  it('change faults, and refuse what is none', async () => {
    expect((await send(emulator, 'PUT', '/_emulator/faults', { json: { failEvery: 1 } })).body).toEqual({
      failEvery: 1,
    });
    expect((await graph('GET', '/applications')).status).toBe(503);
    expect((await send(emulator, 'PUT', '/_emulator/faults', { json: { failEvery: 0 } })).status).toBe(400);
    expect((await send(emulator, 'PUT', '/_emulator/faults', { json: { failOften: 1 } })).status).toBe(400);
  });

  it('show and clear the log without being in it', async () => {
    await graph('GET', '/applications');
    expect((await send(emulator, 'GET', '/_emulator/requests')).body).toMatchObject({ count: 1 });
    await send(emulator, 'DELETE', '/_emulator/requests');
    expect((await send(emulator, 'GET', '/_emulator/requests')).body).toMatchObject({ count: 0 });
  });

  it('put in an application with the client id that a configuration names', async () => {
    const appId = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
    const json = { tenantId: contoso, appId, displayName: 'made by somebody else' };
    expect((await send(emulator, 'POST', '/_emulator/applications', { json })).status).toBe(201);
    expect(emulator.directory.tenant(contoso).servicePrincipalOf(appId)).toBeDefined();
    const state = await send(emulator, 'GET', '/_emulator/state');
    expect(JSON.stringify(state.body)).toContain(appId);
  });
});

describe('the state file', () => {
  it('lets the next emulator go on where this one stopped', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vb365-state-'));
    try {
      const stateFile = join(folder, 'state.json');
      const first = await startEntraEmulator({ stateFile });
      const write = await graphOf(first, contoso);
      const { body } = await write('POST', '/applications', { displayName: 'kept' });
      await first.close();
      expect(readFileSync(stateFile, 'utf8')).not.toContain('secretText');
      const second = await startEntraEmulator({ stateFile });
      const read = await graphOf(second, contoso);
      expect((await read('GET', `/applications/${String(body.id)}`)).body.displayName).toBe('kept');
      expect(second.directory.toState()).toEqual(first.directory.toState());
      await second.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
