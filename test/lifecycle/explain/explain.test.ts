import fc from 'fast-check';
import { signInErrors } from '../../../lib/catalogue/sign-in-errors';
import type { Configuration } from '../../../lib/config/configuration';
import { lineagesOf } from '../../../lib/config/lineages';
import { explain, type Explanation, type ExplanationContext } from '../../../lib/lifecycle/explain/explain';
import { configurationOf, contoso, fabrikam, primary } from '../../support/configuration';
import { expectGrowthWithInput } from '../../support/growth';
import { later, noon, selfSigned } from '../../support/self-signed';

const DAY = 86_400;
const applicationId = '44444444-4444-4444-8444-444444444444';
const backupId = '55555555-5555-4555-8555-555555555555';
const OLD = selfSigned();
const NEW = selfSigned({ notBefore: later(noon, 340 * DAY) });
const SERVER = selfSigned({ notBefore: later(noon, 1) });
const GONE = selfSigned({ notBefore: later(noon, 2) });
const STRANGER = '00112233445566778899AABBCCDDEEFF00112233';

const configuration = configurationOf({
  installations: [primary],
  organizations: [
    contoso,
    {
      ...contoso,
      name: 'northwind',
      tenantId: '00000000-0000-0000-0000-00000000000a',
      application: { clientId: applicationId, alreadyConsented: [] },
      backupApplications: [{ clientId: backupId }],
      certificates: { ...contoso.certificates, source: 'imported' },
    },
  ],
  dataCloud: [fabrikam],
});

/** Two generations of contoso, one of the server, and one of a lineage that is no longer declared. */
function contextOf(of: Configuration = configuration): ExplanationContext {
  const kept = new Map([
    ['contoso/entra-application', [OLD, NEW]],
    ['primary/server', [SERVER]],
  ]);
  const lineages = lineagesOf(of).map((declaration) => ({
    name: declaration.name,
    declaration,
    generations: (kept.get(declaration.name) ?? []).map(labelled),
  }));
  const left = { name: 'gone/entra-application', declaration: undefined, generations: [labelled(GONE, 0)] };
  return { configuration: of, lineages: [...lineages, left] };
}

function labelled(certificate: typeof OLD, index: number): { label: string; certificate: typeof OLD } {
  return { label: `000${index + 1}`, certificate };
}

const context = contextOf();

/** When both certificates of contoso are valid. */
const overlap = later(noon, 350 * DAY);

function explained(text: string, at = overlap): Explanation[] {
  return explain(text, context, at);
}

function refusalOf(thumbprint: string): string {
  return `AADSTS700027: The certificate is not registered. [Reason - The key was not found., Thumbprint of key used by client: '${thumbprint}', …]`;
}

function commandsOf(explanation: Explanation | undefined): (string | null)[] | undefined {
  return explanation?.steps.map(({ command }) => command);
}

describe('explain finds a thumbprint', () => {
  const { thumbprint, thumbprintSha256 } = OLD;
  const pairs = thumbprint.match(/../g) ?? [];
  const base64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');
  const base64url = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');
  const header = (names: object): string =>
    `${Buffer.from(JSON.stringify({ alg: 'RS256', ...names })).toString('base64url')}.e30.c2ln`;

  it.each([
    ['SHA-1, upper case', refusalOf(thumbprint)],
    ['SHA-1, lower case', refusalOf(thumbprint.toLowerCase())],
    ['SHA-1, with colons', `sha1 Fingerprint=${pairs.join(':')}`],
    ['SHA-1, with spaces, from the certificate dialog', `Thumbprint \u200e${pairs.join(' ').toLowerCase()} valid`],
    ['SHA-1, base64', `"x5t":"${base64(thumbprint)}"`],
    ['SHA-1, base64url without padding', `kid = ${base64url(thumbprint)}`],
    ['SHA-256, upper case', refusalOf(thumbprintSha256)],
    ['SHA-256, base64url', `{"x5t#S256":"${base64url(thumbprintSha256)}"}`],
    ['SHA-256, base64', refusalOf(base64(thumbprintSha256))],
    ['alone', thumbprint],
    ['alone, in base64', base64(thumbprint)],
    ['in the header of a token', header({ x5t: base64url(thumbprint) })],
    ['in the header of a token, as kid', header({ kid: thumbprint })],
    ['in JSON with escapes', JSON.stringify(refusalOf(thumbprint)).replaceAll("'", '\\u0027')],
    ['in JSON within JSON', JSON.stringify(JSON.stringify(refusalOf(thumbprint)).replaceAll("'", '\\u0027'))],
    [
      'in an address',
      `https://portal/?error_description=${encodeURIComponent(refusalOf(thumbprint)).replaceAll("'", '%27')}`,
    ],
    ['in a page', refusalOf(thumbprint).replaceAll("'", '&#39;')],
  ])('%s', (_, text) => {
    expect(explained(text)).toMatchObject([
      { lineage: 'contoso/entra-application', generation: '0001', thumbprint, known: true, state: 'superseded' },
    ]);
  });

  it('once, where SHA-1 and SHA-256 of it stand in the text', () => {
    expect(explained(`x5t: ${thumbprint}, x5t#S256: ${thumbprintSha256}`)).toHaveLength(1);
  });

  it('of no certificate of the keystore, and takes no other text for one', () => {
    expect(explained(refusalOf(STRANGER.toLowerCase()))).toMatchObject([{ thumbprint: STRANGER, state: 'unknown' }]);
    const commit = `AADSTS700027 in commit ${STRANGER}, secret ${'a'.repeat(26)}Q`;
    expect(explained(commit)).toMatchObject([{ thumbprint: null, state: null }]);
    expect(explained(`${applicationId} 00112233 ${backupId}`)).toEqual([]);
  });

  it.each([`AADSTS700027 '${STRANGER}'`, `AADSTS700027: ${STRANGER.toLowerCase()}.`])(
    'beside the code alone: %s',
    (text) => {
      expect(explained(text)).toMatchObject([{ thumbprint: STRANGER, state: 'unknown' }]);
    },
  );
});

describe('explain finds codes', () => {
  it.each(signInErrors.map(({ code }) => code))('AADSTS%i', (code) => {
    const [explanation, ...others] = explained(`2027-01-01 [error] aadsts${code}: something\r\nTrace ID: ${backupId}`);
    expect(others).toEqual([]);
    expect(explanation).toMatchObject({ code, known: true, source: expect.stringMatching(/^https:/) as string });
    expect(explanation?.meaning).toMatch(/^(?:Entra|[a-z]).*[^.]$/);
    expect(explanation?.causes.length).toBeGreaterThan(0);
    expect(explanation?.steps.length).toBeGreaterThan(0);
  });

  it('that it does not know, and says where Microsoft explains them', () => {
    expect(explained('AADSTS50071: The logout request has expired')).toMatchObject([
      { code: 50071, known: false, meaning: null, source: 'https://login.microsoftonline.com/error?code=50071' },
    ]);
  });

  it.each([
    ['a number alone', '700027'],
    ['the list of an answer', '{"error_codes":[700027]}'],
    ['the address of an answer', 'https://login.microsoftonline.com/error?code=700027'],
  ])('in %s', (_, text) => {
    expect(explained(text).map(({ code }) => code)).toEqual([700027]);
  });

  it('several in a log, each with the certificate behind it, and each once', () => {
    const log = [
      refusalOf(OLD.thumbprint),
      'AADSTS65001: consent',
      refusalOf(STRANGER),
      refusalOf(OLD.thumbprint),
      'AADSTS700027',
    ];
    expect(explained(log.join('\r\n')).map(({ code, thumbprint }) => [code, thumbprint])).toEqual([
      [700027, OLD.thumbprint],
      [65001, null],
      [700027, STRANGER],
    ]);
  });

  it('nowhere else', () => {
    expect(explained('all is well at 700027 Main Street')).toEqual([]);
  });
});

describe('explain says why and what to do', () => {
  const use = ['npx cdktf deploy contoso', 'vb365 export contoso/entra-application', 'Set-VBOOrganization'];

  it('of a superseded certificate: use the current one', () => {
    const [explanation] = explained(refusalOf(OLD.thumbprint));
    expect(explanation?.causes).toEqual(['0002 has followed it, and VB365 still signs with it']);
    expect(commandsOf(explanation)).toEqual(use);
    expect(explanation?.breaks).toEqual(['every backup and restore of the organization']);
  });

  it('of a superseded one that has expired, as its successor has: renew first', () => {
    const [explanation] = explained(refusalOf(OLD.thumbprint), later(noon, 800 * DAY));
    expect(explanation?.causes.at(-1)).toBe('it expired 435 days ago, at 2027-06-01T12:00:00Z');
    expect(commandsOf(explanation)).toEqual(['vb365 renew', ...use]);
  });

  it('of the current one, at any time', () => {
    const causeAt = (days: number): string | undefined =>
      explained(refusalOf(NEW.thumbprint), later(noon, days * DAY))[0]?.causes[0];
    expect(causeAt(330)).toBe('it becomes valid at 2027-05-07T12:00:00Z, in 10 days');
    expect(causeAt(350)).toMatch(/^it is current, and valid to 2028-05-06T12:00:00Z: Entra does not hold it/);
    expect(causeAt(715)).toBe('it expired 10 days ago, at 2028-05-06T12:00:00Z, and has no successor');
  });

  it('of one that nobody asks Entra about, only where it stands', () => {
    expect(explained(NEW.thumbprint)).toMatchObject([
      { code: null, state: 'valid', causes: ['it is current, and valid to 2028-05-06T12:00:00Z'], steps: [] },
    ]);
  });

  it('of the certificate of a role that Entra never holds', () => {
    const [explanation] = explained(refusalOf(SERVER.thumbprint));
    expect(explanation?.causes[0]).toMatch(
      /^it is the Veeam Backup for Microsoft 365 server certificate, which no Entra/,
    );
  });

  it('of a lineage that the configuration no longer declares', () => {
    const [explanation] = explained(refusalOf(GONE.thumbprint));
    expect(explanation).toMatchObject({ lineage: 'gone/entra-application', role: 'entra-application', breaks: [] });
    expect(explanation?.causes[0]).toMatch(/^vb365\.yaml does not declare gone\/entra-application/);
  });

  it('of an unknown one: what that means, and how to take it in', () => {
    const [explanation] = explained(refusalOf(STRANGER));
    expect(explanation?.causes.join()).toMatch(/its wizard made.*"vb365 retire" removed it/);
    expect(commandsOf(explanation)).toEqual(['vb365 status', `vb365 import <lineage> --thumbprint ${STRANGER}`]);
  });

  it('of an unknown one of an application that is known', () => {
    const [explanation] = explained(`${refusalOf(STRANGER)} client id '${backupId.toUpperCase()}'`);
    const lineage = `northwind/backup-application-${backupId}`;
    expect(explanation).toMatchObject({ lineage, owner: 'northwind', role: 'entra-application', generation: null });
    expect(commandsOf(explanation)).toEqual([
      'npx cdktf deploy northwind',
      `vb365 export ${lineage}`,
      'Set-VBOBackupApplication',
      `vb365 import ${lineage} --thumbprint ${STRANGER}`,
    ]);
  });

  it('whose application and tenant it is', () => {
    const text = `AADSTS700016: Application with identifier '${applicationId}' was not found in the directory '${contoso.tenantId}'. Trace ID: ${backupId.replaceAll('5', '6')}`;
    expect(explained(text)[0]).toMatchObject({
      lineage: 'northwind/entra-application',
      names: [
        `application ${applicationId}: that of northwind/entra-application`,
        `tenant ${contoso.tenantId}: that of primary, contoso, fabrikam`,
      ],
    });
  });

  it.each([
    [
      'https://portal.example.com:4443/',
      /^vb365\.yaml has https:\/\/portal\.example\.com:4443\/ for primary, and the application lacks it: it was not deployed/,
    ],
    [
      'https://portal.example.com/?code=secret',
      /^vb365\.yaml does not have https:\/\/portal\.example\.com\/; its Restore Portal is at https:\/\/portal\.example\.com:4443 \(primary\)$/,
    ],
    ['javascript:alert(1)', /^Restore Portal was opened under another host name/],
  ])('of the redirect URI %s', (address, cause) => {
    const [explanation] = explained(
      `AADSTS50011: The redirect URI '${address}' specified in the request does not match`,
    );
    expect(explanation?.causes[0]).toMatch(cause);
  });

  it('in general where there is no configuration', () => {
    const [explanation] = explain(refusalOf(OLD.thumbprint), undefined, overlap);
    expect(explanation).toMatchObject({
      code: 700027,
      known: true,
      thumbprint: OLD.thumbprint,
      state: null,
      lineage: null,
    });
    expect(explanation?.causes).toContain('the certificate has expired');
  });
});

describe('explain', () => {
  it('repeats nothing of a text that may be secret', () => {
    const secret = 'Zm9vYmFyYmF6cXV4Zm9vYmFyYmE';
    const token = `eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzZWNyZXQifQ.${secret}`;
    const text = `${secret} AADSTS700027 client_secret=${secret} client_assertion=${token} password: ${secret}`;
    const said = JSON.stringify(explained(text));
    expect(said).not.toContain(secret);
    expect(said).not.toContain(Buffer.from(secret, 'base64').toString('hex').toUpperCase());
  });

  it('takes any text', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'AADSTS700027',
        "AADSTS50011 redirect URI 'https://x",
        'thumbprint:',
        OLD.thumbprint,
        'eyJ',
        '%27',
        '\\u0027',
      ),
      fc.base64String(),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), fc.boolean(), (parts, isKnown) => {
        for (const explanation of explain(parts.join(''), isKnown ? context : undefined, overlap)) {
          expect(explanation.code ?? explanation.thumbprint).not.toBeNull();
        }
      }),
    );
  });

  it.each(['eyJ', '-eyJ', '0a:', '0a', 'A', 'thumbprint ', 'AADSTS700027 ', '\\', "redirect URI '"])(
    'reads a text of %j in time that grows with its length only',
    (part) => {
      expectGrowthWithInput(262_144, (length) => part.repeat(length / part.length), explained);
    },
  );

  const hex = (index: number): string => (index + 4096).toString(16);
  const certificate = (index: number): string =>
    `${hex(index)}${'0'.repeat(4)}-0000-4000-8000-${'0'.repeat(12)} thumbprint: ${hex(index).repeat(10)}`;

  it.each([
    ['codes', (index: number) => `error?code=${index + 10_000} ${certificate(index)}\n`],
    ['codes of one number', (index: number) => `error?code=700027 ${certificate(index)}\n`],
    ['certificates', (index: number) => `${certificate(index)}\n`],
  ])('reads a log of five thousand %s in time that grows with its length only, each once', (_, line) => {
    const logOf = (count: number): string => Array.from({ length: count }, (__, index) => line(index)).join('');
    expectGrowthWithInput(5_000, logOf, (log) => {
      expect(explained(log)).toHaveLength(log.split('\n').length - 1);
    });
  });
});
