import { SignJWT } from 'jose';
import { type Application, type EntraEmulator, startEntraEmulator } from '../../../emulators/entra';
import { Keystore } from '../../../lib/keystore/keystore';
import type { Explanation } from '../../../lib/lifecycle/explain/explain';
import { contoso, requestToken, send } from '../../emulators/entra/client';
import { removeWorkplaces, type TerminalOptions, THREE_LINEAGES, Workplace } from '../../support/cli';
import { testKey } from '../../support/openssl';
import { later, selfSigned } from '../../support/self-signed';

const LINEAGE = 'contoso/entra-application';
const PORTAL =
  '    restorePortal: { webAddress: "https://portal.example.com:4443", application: { displayName: Portal } }\n';

/** Three lineages since 2026-06-01T12:00:00Z, 365 days; not to be changed. */
let done: Workplace;
let emulator: EntraEmulator;
let application: Application;
let now = new Date('2026-07-01');

beforeAll(async () => {
  done = new Workplace(THREE_LINEAGES.replace('organizations:', `${PORTAL}organizations:`));
  await done.run(['issue', '--at', '2026-06-01T12:00:00Z']);
  emulator = await startEntraEmulator({ now: () => now, tenants: [contoso] });
  application = emulator.directory.addApplication(contoso, {
    displayName: 'VB365 contoso',
    isFallbackPublicClient: true,
    spa: { redirectUris: ['https://portal.example.com:4443'] },
  });
  emulator.directory.addServicePrincipal(contoso, application.appId);
});

beforeEach(() => {
  now = new Date('2026-07-01');
});

afterAll(async () => {
  await emulator.close();
  removeWorkplaces();
});

function thumbprintOf(lineage: string): string {
  return new Keystore(done.path('keystore')).current(lineage)?.certificate.thumbprint ?? '';
}

/** Signs in with a certificate as VB365 does; what Entra answers, as it comes. */
async function refusal(thumbprint: string, tenant = contoso, clientId = application.appId): Promise<string> {
  const seconds = Math.floor(now.getTime() / 1000);
  const claims = { iss: clientId, sub: clientId, aud: `${emulator.url}/${tenant}/oauth2/v2.0/token` };
  const x5t = Buffer.from(thumbprint, 'hex').toString('base64url');
  const assertion = await new SignJWT({ ...claims, nbf: seconds - 90_000, exp: seconds - 89_000 })
    .setProtectedHeader({ alg: 'RS256', x5t })
    .sign(testKey('rsa-2048'));
  const { body } = await requestToken(emulator, tenant, {
    client_id: clientId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });
  return JSON.stringify(body);
}

async function explained(text: string, at = '2026-07-01', options: TerminalOptions = {}): Promise<Explanation[]> {
  const outcome = await done.run(['explain', '--json', '--at', at], { input: text, ...options });
  expect({ code: outcome.code, stderr: outcome.stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(outcome.stdout) as Explanation[];
}

describe('vb365 explain, of what Entra answers', () => {
  it('700027: a certificate that was never deployed', async () => {
    const [explanation, ...others] = await explained(await refusal(thumbprintOf(LINEAGE)));
    expect(others).toEqual([]);
    expect(explanation).toMatchObject({ code: 700027, lineage: LINEAGE, generation: '0001', state: 'valid' });
    expect(explanation?.steps).toEqual([
      { command: 'npx cdktf deploy contoso', what: 'publish the current certificate in Entra' },
    ]);
  });

  it('700027: a certificate that the keystore does not have', async () => {
    const [explanation] = await explained(await refusal('AB'.repeat(20)));
    expect(explanation).toMatchObject({ code: 700027, thumbprint: 'AB'.repeat(20), state: 'unknown', known: true });
  });

  it('700027: a certificate that has expired', async () => {
    const current = new Keystore(done.path('keystore')).current(LINEAGE)?.certificate;
    if (current === undefined) throw new Error('no certificate');
    const expired = emulator.directory.addApplication(contoso, { displayName: 'expired' });
    emulator.directory.addServicePrincipal(contoso, expired.appId);
    emulator.directory.addKeyCredential(contoso, expired.appId, current);
    now = later(current.notAfter, 86_400);
    const text = await refusal(current.thumbprint, contoso, expired.appId);
    expect(text).toContain('The key used is expired.');
    const [explanation] = await explained(text, now.toISOString());
    expect(explanation).toMatchObject({ code: 700027, lineage: LINEAGE, state: 'expired', daysLeft: -1 });
    expect(explanation?.steps[0]).toEqual({ command: 'vb365 renew', what: 'issue its successor' });
  });

  it('700016, 90002, 7000215 and 700024, in one log', async () => {
    const nobody = '99999999-9999-4999-8999-999999999999';
    const own = selfSigned();
    const late = emulator.directory.addApplication(contoso, { displayName: 'late' });
    emulator.directory.addServicePrincipal(contoso, late.appId);
    emulator.directory.addKeyCredential(contoso, late.appId, own);
    const secret = await requestToken(emulator, contoso, { client_id: application.appId, client_secret: 'wrong' });
    const texts = [
      await refusal('AB'.repeat(20), contoso, nobody),
      await refusal('AB'.repeat(20), nobody),
      JSON.stringify(secret.body),
      await refusal(own.thumbprint, contoso, late.appId),
    ];
    const codes = (await explained(texts.join('\r\n'))).map(({ code }) => code);
    expect(codes).toEqual([700016, 90002, 7000215, 700024]);
  });

  it('50011: an address that is not registered', async () => {
    const query = new URLSearchParams({ client_id: application.appId, redirect_uri: 'https://portal.example.com/' });
    const { body } = await send(emulator, 'GET', `/${contoso}/oauth2/v2.0/authorize?${query.toString()}`);
    const [explanation] = await explained(JSON.stringify(body));
    expect(explanation?.causes).toEqual([
      'vb365.yaml does not have https://portal.example.com/; its Restore Portal is at https://portal.example.com:4443 (primary)',
    ]);
  });

  it('65001: nobody has consented, from the address that the browser shows', async () => {
    const query = new URLSearchParams({
      client_id: application.appId,
      redirect_uri: 'https://portal.example.com:4443',
      scope: 'User.Read',
    });
    const { headers } = await send(emulator, 'GET', `/${contoso}/oauth2/v2.0/authorize?${query.toString()}`);
    expect(await explained(String(headers.location))).toMatchObject([{ code: 65001, known: true }]);
  });
});

describe('vb365 explain', () => {
  it('says what the certificate is, why it is refused, what stops, and what to do', async () => {
    const thumbprint = thumbprintOf(LINEAGE);
    const message = `AADSTS700027: … Thumbprint of key used by client: '${thumbprint}'`;
    const { code, stdout, stderr } = await done.run(['explain', message, '--at', '2027-06-11T12:00:00Z']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n')).toEqual([
      'AADSTS700027: Entra does not accept the certificate that signed the request',
      `  certificate  ${thumbprint}`,
      '  lineage      contoso/entra-application 0001 (Microsoft Entra application certificate), expired',
      '  validity     2026-06-01T11:00:00Z to 2027-06-01T12:00:00Z',
      'Why:',
      '  it expired 10 days ago, at 2027-06-01T12:00:00Z, and has no successor',
      'Without the certificate stops:',
      '  every backup and restore of the organization',
      'What to do:',
      '  vb365 renew                             issue its successor',
      '  npx cdktf deploy contoso                publish the current certificate in Entra',
      '  vb365 export contoso/entra-application  write it as a PFX',
      '  Set-VBOOrganization                     install the PFX in VB365: organization settings and Backup Applications Manager',
      'More: https://learn.microsoft.com/entra/identity-platform/reference-error-codes',
    ]);
  });

  it('takes words without quotes, and standard input for -', async () => {
    const words = await done.run(['explain', 'AADSTS700024:', 'Client', 'assertion']);
    expect(words.stdout).toContain('w32tm /resync');
    const input = Buffer.from('\ufeffAADSTS700024: Client assertion', 'utf16le');
    expect((await done.run(['explain', '-'], { input })).stdout).toBe(words.stdout);
  });

  it.each([
    [
      'a code that is not explained',
      'AADSTS50071',
      /^AADSTS50071: none of the codes .*\nMore: https:\/\/login\.microsoftonline\.com\/error\?code=50071\n$/,
    ],
    [
      'a certificate that nobody knows',
      'AB'.repeat(20),
      /^The certificate (?:AB){20}\n {2}certificate {2}(?:AB){20}, which the keystore does not have\n/,
    ],
    ['nothing', 'hello \u001b[31m', /^$/],
  ])('exits with 1 for %s', async (_, message, expected) => {
    const { code, stdout, stderr } = await done.run(['explain', message]);
    expect(code).toBe(1);
    expect(stdout).toMatch(expected);
    expect(stderr).toBe(
      stdout === '' ? 'The text holds no error that is known by its code or name, and no thumbprint.\n' : '',
    );
  });

  it('finds a code in a log of any length, and in lines without an end', async () => {
    const line = `2027-06-02 [info] nothing of interest ${'.'.repeat(60)}\n`;
    const input = `${line.repeat(30_000)}AADSTS90002: Tenant not found.\n${'x'.repeat(3_000_000)}\nAADSTS53003: blocked`;
    const { code, stdout, stderr } = await done.run(['explain', '--json'], { input });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject([{ code: 90002 }, { code: 53003 }]);
  });

  it('reads a log to its end, and cuts no message from its code', async () => {
    const thumbprint = thumbprintOf(LINEAGE);
    const filler = `AADSTS90002: Tenant not found. ${'.'.repeat(1_000)}\n`;
    for (const length of [1_000, 1_020, 1_048_500, 1_048_540, 1_048_576]) {
      const message = `AADSTS700027: refused.\n[Reason - The key was not found.,\nThumbprint of key used by client: '${thumbprint}']\n`;
      const input = `${filler.repeat(3_000)}${'x'.repeat(length)}\n${message}${filler.repeat(1_100)}AADSTS53003: blocked`;
      const { stdout, stderr } = await done.run(['explain', '--json'], { input });
      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toMatchObject([{ code: 90002 }, { code: 700027, thumbprint }, { code: 53003 }]);
    }
  });

  it.each([
    ['message-missing', [], ' \n'],
    ['message-too-long', ['x'.repeat(1_048_577)], ''],
  ])('fails with %s', async (errorCode, message, input) => {
    const { code, stdout, stderr } = await done.run(['explain', ...message], { input });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^error\\[${errorCode}\\] .*\\ncure: .*\\n$`));
  });

  it('shows twenty of many', async () => {
    const message = Array.from({ length: 25 }, (_, index) => `AADSTS${90_200 + index}`).join(' ');
    const { stdout, stderr } = await done.run(['explain', message]);
    expect(stdout.match(/^AADSTS/gm)).toHaveLength(20);
    expect(stderr).toBe('And 5 more, which --json shows.\n');
  });

  it('explains a code without a configuration, but not without the one that is named', async () => {
    const empty = new Workplace(null);
    const { code, stdout, stderr } = await empty.run(['explain', 'AADSTS700027']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^AADSTS700027: /);
    expect(stderr).toMatch(/^warning\[configuration-file-missing\] keystore: certificates are not looked up: /);
    const named = await empty.run(['explain', 'AADSTS700027', '--config', 'vb365.yaml']);
    expect(named.code).toBe(2);
  });

  it('writes nothing', async () => {
    const before = done.snapshot();
    await done.run(['explain', `AADSTS700027 thumbprint ${thumbprintOf(LINEAGE)}`]);
    expect(done.snapshot()).toEqual(before);
  });
});
