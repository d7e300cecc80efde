import { randomUUID } from 'node:crypto';
import { type EntraEmulator, startEntraEmulator } from '../../../emulators/entra';
import type { Certificate } from '../../../lib/certificates/certificate';
import { later, noon, selfSigned } from '../../support/self-signed';
import { opensslCertificate, testKey } from '../../support/openssl';
import { contoso, type Graph, graphOf } from './client';

const at = later(noon, 3600);

let emulator: EntraEmulator;
let graph: Graph;
let certificate: Certificate;

beforeAll(async () => {
  emulator = await startEntraEmulator({ now: () => at });
  graph = await graphOf(emulator, contoso);
  certificate = selfSigned();
});

afterAll(() => emulator.close());

function base64(text: string | Buffer): string {
  return Buffer.from(text).toString('base64');
}

/** As the azuread provider sends a new one. */
function credential(properties: object = {}): object {
  const key = base64(certificate.pem);
  return { keyId: randomUUID(), type: 'AsymmetricX509Cert', usage: 'Verify', key, ...properties };
}

function newApplication(): string {
  return emulator.directory.addApplication(contoso, { displayName: 'VB365 contoso' }).id;
}

async function patch(id: string, keyCredentials: readonly object[]): Promise<{ status: number; code?: unknown }> {
  const { status, body } = await graph('PATCH', `/applications/${id}`, { keyCredentials });
  const { error } = body as { error?: { code: unknown } };
  return { status, ...(error && { code: error.code }) };
}

async function read(id: string): Promise<Record<string, unknown>[]> {
  const { body } = await graph('GET', `/applications/${id}`);
  return body.keyCredentials as Record<string, unknown>[];
}

describe('key credentials', () => {
  it('takes PEM, reads the certificate and never shows the key', async () => {
    const id = newApplication();
    expect(await patch(id, [credential()])).toEqual({ status: 204 });
    expect(await read(id)).toMatchObject([
      {
        type: 'AsymmetricX509Cert',
        usage: 'Verify',
        key: null,
        displayName: 'CN=VB365 contoso',
        customKeyIdentifier: certificate.thumbprint,
        startDateTime: '2026-06-01T12:00:00Z',
        endDateTime: '2027-06-01T12:00:00Z',
      },
    ]);
  });

  it('takes DER, and shows it to $select=keyCredentials', async () => {
    const id = newApplication();
    expect(await patch(id, [credential({ key: base64(certificate.der) })])).toEqual({ status: 204 });
    const { body } = await graph('GET', `/applications/${id}?$select=keyCredentials`);
    expect(body).toMatchObject({ keyCredentials: [{ key: base64(certificate.der) }] });
    expect(Object.keys(body)).toEqual(['keyCredentials']);
  });

  it('keeps one that is sent again without its key, and drops one that is not sent', async () => {
    const id = newApplication();
    await patch(id, [credential(), credential()]);
    const [first, second] = await read(id);
    expect(await patch(id, [{ ...second }, credential()])).toEqual({ status: 204 });
    const after = await read(id);
    expect(after).toHaveLength(2);
    expect(after[0]).toEqual(second);
    expect(after.map(({ keyId }) => keyId)).not.toContain(first?.keyId);
  });

  it('keeps dates that are narrower than those of the certificate', async () => {
    const id = newApplication();
    const dates = { startDateTime: '2026-06-02T00:00:00Z', endDateTime: '2026-07-01T00:00:00Z' };
    await patch(id, [credential(dates)]);
    expect(await read(id)).toMatchObject([dates]);
  });

  it.each([
    [
      'has an expired certificate',
      { key: base64(selfSigned({ notBefore: later(noon, -86_400), notAfter: noon }).pem) },
    ],
    ['ends after the certificate', { endDateTime: '2027-06-01T12:00:01Z' }],
    ['starts before the certificate', { startDateTime: '2026-06-01T11:59:59Z' }],
    ['has dates that are none', { endDateTime: 'tomorrow' }],
    ['has a private key', { key: base64(testKey('rsa-2048').export({ type: 'pkcs8', format: 'pem' })) }],
    ['is no certificate', { key: base64('no certificate') }],
    ['is new and has no key', { key: null }],
    ['has a type for secrets', { type: 'Symmetric' }],
    ['signs', { usage: 'Sign' }],
  ])('refuses one that %s', async (_why, properties) => {
    const id = newApplication();
    await patch(id, [credential()]);
    const before = await read(id);
    expect(await patch(id, [...before, credential(properties)])).toMatchObject({ status: 400 });
    expect(await read(id)).toEqual(before);
  });

  it('refuses an EC key', async () => {
    const { pem } = opensslCertificate({ key: 'ec' });
    const refused = await graph('PATCH', `/applications/${newApplication()}`, {
      keyCredentials: [credential({ key: base64(pem) })],
    });
    expect(refused).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringMatching(/kind ec/) as string } },
    });
  });

  it('refuses a key id twice, whatever its case', async () => {
    const keyId = randomUUID();
    const twice = [credential({ keyId }), credential({ keyId: keyId.toUpperCase() })];
    expect(await patch(newApplication(), twice)).toMatchObject({ status: 400 });
  });

  it('refuses another certificate under a key id that is there', async () => {
    const id = newApplication();
    await patch(id, [credential()]);
    const [{ keyId } = { keyId: '' }] = await read(id);
    const other = selfSigned({ notBefore: later(noon, -60) });
    expect(await patch(id, [credential({ keyId, key: base64(other.pem) })])).toMatchObject({ status: 400 });
  });
});
