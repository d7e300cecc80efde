import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { z } from 'zod';
import type { Organization, OrganizationOptions } from '../../../emulators/vb365';
import { tlsOptionsOf } from '../../../emulators/vb365/server-certificate';
import { installBackupApplicationByRest, installByRest } from '../../../lib/install/rest/install-by-rest';
import { readBackupApplications } from '../../../lib/rest/backup-applications';
import type { RestCertificate } from '../../../lib/rest/certificate';
import { withRestSession } from '../../../lib/rest/client';
import {
  asRestCertificate,
  certificateForEntra,
  connectionTo,
  shortLimits,
  startHouse,
  type Vb365House,
} from '../../support/vb365';

let house: Vb365House;
let tenants = 0;

beforeAll(async () => {
  house = await startHouse();
});

beforeEach(() => {
  house.vb365.setFaults({});
  house.vb365.log.clear();
});

afterAll(() => house.close());

/** Another organization of a tenant of its own, whose application has the first and the second certificate. */
function addOrganization(options: Partial<OrganizationOptions> = {}): Organization {
  tenants += 1;
  const tenantId = `33333333-3333-4333-8333-${String(tenants).padStart(12, '0')}`;
  const applicationId = addApplication(tenantId);
  return house.vb365.addOrganization({
    name: `org${tenants}`,
    tenantId,
    applicationId,
    certificate: house.first,
    ...options,
  });
}

function addApplication(tenantId: string): string {
  const { directory } = house.entra;
  const { appId } = directory.addApplication(tenantId, { displayName: 'VB365' });
  directory.addServicePrincipal(tenantId, appId);
  for (const { certificate } of [house.first, house.second]) directory.addKeyCredential(tenantId, appId, certificate);
  return appId;
}

function used({ id }: Organization): (string | undefined)[] {
  const { exchangeOnline, sharePointOnline } = house.vb365.organizations.get(id);
  return [exchangeOnline, sharePointOnline].map((one) => one?.certificate?.certificate.thumbprint);
}

const notOpened: RestCertificate['openKey'] = () => Promise.reject(new TypeError('the key was opened'));

const echoed = z.object({
  exchangeOnlineSettings: z.object({
    applicationCertificate: z.string().min(1000),
    applicationCertificatePassword: z.string().length(32),
  }),
});

/** A server that knows one organization, and refuses every change with the very text that was sent. */
async function echo(organization: Organization): Promise<{
  readonly routes: { readonly port: number; close(): Promise<void> };
  readonly sent: readonly string[];
}> {
  const sent: string[] = [];
  const { id, msid } = organization;
  const applicationId = organization.exchangeOnline?.applicationId;
  const results = [{ id, msid, exchangeOnlineSettings: { applicationId } }];
  const server = createServer(tlsOptionsOf(house.restApi), (request, response) => {
    void text(request).then((body) => {
      if (request.method === 'POST') response.end(JSON.stringify({ access_token: 'token' }));
      else if (request.method === 'GET') response.end(JSON.stringify({ results }));
      else response.writeHead(400).end(JSON.stringify({ message: `cannot take ${sent[sent.push(body) - 1] ?? ''}` }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  return { routes: { port, close }, sent };
}

describe('installByRest', () => {
  it('installs for both services, reads back, and signs out', async () => {
    const organization = addOrganization();
    const { thumbprint } = house.second.certificate;
    const result = await installByRest(connectionTo(house), {
      tenantId: organization.msid,
      certificate: asRestCertificate(house.second, '0002'),
    });
    const applicationId = organization.exchangeOnline?.applicationId;
    const before = { applicationId, thumbprint: house.first.certificate.thumbprint };
    expect(result).toEqual({
      organization: { id: organization.id, name: organization.officeName },
      lineage: 'contoso/entra-application',
      generation: '0002',
      thumbprint,
      before: [
        { setting: 'exchangeOnlineSettings', ...before },
        { setting: 'sharePointOnlineSettings', ...before },
      ],
      changed: true,
      also: [],
    });
    expect(used(organization)).toEqual([thumbprint, thumbprint]);
    expect(house.vb365.log.all().map(({ method, status }) => `${method} ${status ?? ''}`)).toEqual([
      'POST 200',
      'GET 200',
      'PUT 204',
      'GET 200',
      'POST 204',
    ]);
  });

  it('does nothing where it is done, and opens no key', async () => {
    const organization = addOrganization();
    const certificate = { ...asRestCertificate(house.first), openKey: notOpened };
    const result = await installByRest(connectionTo(house), { tenantId: organization.msid, certificate });
    expect(result.changed).toBe(false);
    expect(house.vb365.log.count('PUT')).toBe(0);
  });

  it('says what it would do in a dry run, and opens no key', async () => {
    const organization = addOrganization();
    const certificate = { ...asRestCertificate(house.second), openKey: notOpened };
    const options = { tenantId: organization.msid, certificate, dryRun: true };
    expect((await installByRest(connectionTo(house), options)).changed).toBe(true);
    expect(house.vb365.log.count('PUT')).toBe(0);
  });

  it('leaves a service alone that is not backed up', async () => {
    const organization = addOrganization({ services: ['sharepoint'] });
    await installByRest(connectionTo(house), {
      tenantId: organization.msid,
      certificate: asRestCertificate(house.second),
    });
    expect(used(organization)).toEqual([undefined, house.second.certificate.thumbprint]);
  });

  it('leaves a service alone that signs in with another application', async () => {
    const organization = addOrganization();
    const applicationId = addApplication(organization.msid);
    house.vb365.organizations.update(organization.id, {
      sharePointOnline: { applicationId, certificate: house.first },
    });
    const clientId = organization.exchangeOnline?.applicationId.toUpperCase() ?? '';
    const options = { tenantId: organization.msid, certificate: asRestCertificate(house.second), clientId };
    const { before } = await installByRest(connectionTo(house), options);
    expect(before.map(({ setting }) => setting)).toEqual(['exchangeOnlineSettings']);
    expect(used(organization)).toEqual([house.second.certificate.thumbprint, house.first.certificate.thumbprint]);
    expect(house.vb365.organizations.get(organization.id).sharePointOnline?.applicationId).toBe(applicationId);
    expect((await installByRest(connectionTo(house), options)).changed).toBe(false);
  });

  it('never changes the application that an organization signs in with', async () => {
    const organization = addOrganization();
    const clientId = addApplication(organization.msid);
    const options = { tenantId: organization.msid, certificate: asRestCertificate(house.second), clientId };
    await expect(installByRest(connectionTo(house), options)).rejects.toMatchObject({
      code: 'rest-application-unused',
      message: expect.stringContaining(clientId),
    });
    expect(house.vb365.log.count('PUT')).toBe(0);
  });

  it('checks the client id first where Entra knows no such application', async () => {
    const organization = addOrganization({ applicationId: '55555555-5555-4555-8555-555555555555' });
    const options = { tenantId: organization.msid, certificate: asRestCertificate(house.second) };
    const limits = { ...shortLimits, replicationMilliseconds: 300 };
    await expect(installByRest(connectionTo(house, { limits }), options)).rejects.toMatchObject({
      code: 'rest-certificate-refused',
      message: expect.stringContaining('AADSTS700016'),
      cure: expect.stringMatching(/^compare the client id .*"vb365 explain AADSTS700016"/),
    });
    expect(house.vb365.log.count('PUT')).toBe(1);
  });

  it('gets through a restart, an expired token and a dropped answer in the middle', async () => {
    const organization = addOrganization();
    house.vb365.setFaults({ next: ['failed', 'reset', 'expired', 'dropped'], methods: ['PUT'] });
    const options = { tenantId: organization.msid, certificate: asRestCertificate(house.second) };
    expect((await installByRest(connectionTo(house), options)).changed).toBe(true);
    expect(used(organization)).toEqual([house.second.certificate.thumbprint, house.second.certificate.thumbprint]);
    expect(house.vb365.log.count('PUT')).toBe(5);
  });

  it('waits until Entra knows the certificate', async () => {
    const organization = addOrganization();
    const fresh = certificateForEntra(4);
    const appId = organization.exchangeOnline?.applicationId ?? '';
    const connection = connectionTo(house, { limits: { ...shortLimits, replicationMilliseconds: 10_000 } });
    const installing = installByRest(connection, {
      tenantId: organization.msid,
      certificate: asRestCertificate(fresh),
    });
    while (house.vb365.log.all().every(({ status }) => status !== 400)) await new Promise(setImmediate);
    house.entra.directory.addKeyCredential(organization.msid, appId, fresh.certificate);
    expect((await installing).changed).toBe(true);
    expect(house.vb365.log.count('PUT')).toBeGreaterThan(1);
  });

  it("gives Entra's message where it does not, and the product goes on as before", async () => {
    const organization = addOrganization();
    const limits = { ...shortLimits, replicationMilliseconds: 50 };
    const options = { tenantId: organization.msid, certificate: asRestCertificate(house.stranger) };
    await expect(installByRest(connectionTo(house, { limits }), options)).rejects.toMatchObject({
      code: 'rest-certificate-refused',
      message: expect.stringContaining('AADSTS700027'),
      cure: expect.stringContaining('deploy first'),
    });
    expect(used(organization)).toEqual([house.first.certificate.thumbprint, house.first.certificate.thumbprint]);
    expect(house.vb365.log.count('POST /v8/token/logout')).toBe(1);
  });

  it('changes nothing where the key cannot be opened', async () => {
    const organization = addOrganization();
    const certificate = { ...asRestCertificate(house.second), openKey: notOpened };
    await expect(installByRest(connectionTo(house), { tenantId: organization.msid, certificate })).rejects.toThrow(
      'the key was opened',
    );
    expect(house.vb365.log.count('PUT')).toBe(0);
    expect(house.vb365.log.count('POST /v8/token/logout')).toBe(1);
  });

  it.each([
    ['rest-organization-unknown', () => ({ msid: '99999999-9999-4999-8999-999999999999' })],
    ['rest-organization-ambiguous', () => addOrganization({ tenantId: addOrganization().msid })],
    ['rest-organization-without-application', () => addOrganization({ services: [] })],
    ['rest-applications-differ', () => addOrganization({ sharePointApplicationId: house.application.appId })],
  ])('throws %s', async (code, organization) => {
    const options = { tenantId: organization().msid, certificate: asRestCertificate(house.second) };
    await expect(installByRest(connectionTo(house), options)).rejects.toMatchObject({ code });
  });

  it('throws rest-not-installed where the server reports another certificate', async () => {
    const organization = addOrganization();
    // As if somebody set it back in the console between the change and the reading.
    const setBack = jest.spyOn(house.vb365.organizations, 'update').mockImplementation(() => organization);
    const options = { tenantId: organization.msid, certificate: asRestCertificate(house.second, '0002') };
    const error: unknown = await installByRest(connectionTo(house), options).catch((thrown: unknown) => thrown);
    setBack.mockRestore();
    expect(error).toMatchObject({ code: 'rest-not-installed', message: expect.stringContaining('0002') });
  });

  it('repeats nothing secret of what it sent, though the server does', async () => {
    const organization = addOrganization();
    const { routes, sent } = await echo(organization);
    const address = { hostName: 'localhost', port: routes.port };
    const options = { tenantId: organization.msid, certificate: asRestCertificate(house.second) };
    const error: unknown = await installByRest({ ...connectionTo(house), address }, options).catch(
      (thrown: unknown) => thrown,
    );
    await routes.close();
    const { exchangeOnlineSettings: settings } = echoed.parse(JSON.parse(sent[0] ?? ''));
    const said = inspect(error, { depth: 9 });
    expect(error).toMatchObject({ code: 'rest-certificate-refused' });
    expect(said).toContain('applicationCertificatePassword');
    expect(said).not.toContain(settings.applicationCertificatePassword);
    expect(said).not.toContain(settings.applicationCertificate.slice(100, 200));
  });
});

describe('installBackupApplicationByRest', () => {
  it('renews one, and sends the others what is current for them', async () => {
    const organization = addOrganization();
    const ids = [addApplication(organization.msid), addApplication(organization.msid)] as const;
    house.vb365.organizations.update(organization.id, {
      backupApplications: ids.map((applicationId) => ({
        applicationId,
        displayName: 'kept',
        certificate: house.first,
      })),
    });
    const wanted = (clientId: string): { clientId: string; certificate: RestCertificate } => ({
      clientId,
      certificate: asRestCertificate(house.second, '0002', `contoso/backup-application-${clientId}`),
    });
    const options = { tenantId: organization.msid, backupApplication: wanted(ids[0]), others: [wanted(ids[1])] };
    const result = await installBackupApplicationByRest(connectionTo(house), options);
    expect(result).toMatchObject({
      lineage: `contoso/backup-application-${ids[0]}`,
      generation: '0002',
      changed: true,
    });
    expect(result.before).toEqual([
      { setting: 'backupApplication', applicationId: ids[0], thumbprint: house.first.certificate.thumbprint },
    ]);
    expect(result.also).toEqual([`contoso/backup-application-${ids[1]}`]);
    const reported = await withRestSession(connectionTo(house), (client) =>
      readBackupApplications(client, organization),
    );
    expect(reported).toEqual(
      ids.map((applicationId) => ({
        setting: 'backupApplication',
        applicationId,
        thumbprint: house.second.certificate.thumbprint,
      })),
    );
    expect(house.vb365.organizations.get(organization.id).backupApplications[0]?.displayName).toBe('kept');
    const again = await installBackupApplicationByRest(connectionTo(house), options);
    expect({ changed: again.changed, also: again.also }).toEqual({ changed: false, also: [] });
  });

  it('loses none that is not declared, and installs none that is not there', async () => {
    const organization = addOrganization();
    const [own, foreign] = [addApplication(organization.msid), addApplication(organization.msid)];
    house.vb365.organizations.update(organization.id, {
      backupApplications: [own, foreign].map((applicationId) => ({
        applicationId,
        displayName: 'auxiliary',
        certificate: house.first,
      })),
    });
    const certificate = asRestCertificate(house.second);
    const options = { tenantId: organization.msid, backupApplication: { clientId: own, certificate }, others: [] };
    await expect(installBackupApplicationByRest(connectionTo(house), options)).rejects.toMatchObject({
      code: 'rest-backup-application-foreign',
      subject: foreign,
    });
    const absent = { ...options, backupApplication: { clientId: house.application.appId, certificate } };
    await expect(installBackupApplicationByRest(connectionTo(house), absent)).rejects.toMatchObject({
      code: 'rest-backup-application-unknown',
    });
    expect(house.vb365.log.count('PUT')).toBe(0);
  });
});
