import { namedErrors } from '../../../lib/catalogue/named-errors';
import { lineagesOf } from '../../../lib/config/lineages';
import { explain, type Explanation, type ExplanationContext } from '../../../lib/lifecycle/explain/explain';
import { formatInstant } from '../../../lib/words/instant';
import { configurationOf, contoso, primary } from '../../support/configuration';
import { later, noon, selfSigned } from '../../support/self-signed';

const DAY = 86_400;
const CONTOSO = '44444444-4444-4444-8444-444444444444';
const NORTHWIND = '55555555-5555-4555-8555-555555555555';
const PORTAL = '66666666-6666-4666-8666-666666666666';
const STRANGE = '77777777-7777-4777-8777-777777777777';
const certificate = selfSigned();
const at = later(noon, 10 * DAY);
const ADDRESS = primary.restorePortal?.webAddress ?? '';

const existing = (clientId: string): { clientId: string; alreadyConsented: [] } => ({ clientId, alreadyConsented: [] });
const configuration = configurationOf({
  installations: [
    {
      ...primary,
      restorePortal: {
        consent: 'same-stack',
        webAddress: ADDRESS,
        application: { ...existing(PORTAL), additionalRedirectUris: [] },
      },
    },
  ],
  organizations: [
    { ...contoso, application: existing(CONTOSO) },
    { ...contoso, name: 'northwind', application: existing(NORTHWIND) },
  ],
});
const context: ExplanationContext = {
  configuration,
  lineages: lineagesOf(configuration).map((declaration) => ({
    name: declaration.name,
    declaration,
    generations: declaration.name === 'contoso/entra-application' ? [{ label: '0001', certificate }] : [],
  })),
  installed: ({ owner }) => (owner === 'northwind' ? 'install it on vb365.example.com' : undefined),
};

function only(text: string, moment = at): Explanation {
  const [explanation, ...others] = explain(text, context, moment);
  expect(others).toEqual([]);
  if (explanation === undefined) throw new Error('nothing was found');
  return explanation;
}

function refusal(reason: string, rest = ''): string {
  return `AADSTS700027: The certificate with identifier used to sign the client assertion is not registered on application. [Reason - ${reason}, Thumbprint of key used by client: '${certificate.thumbprint}'${rest}]`;
}

function foundKey(end: Date): string {
  const [date = '', time = ''] = formatInstant(end).replace('Z', '').split('T');
  const [year, month, day] = date.split('-');
  return `, Found key 'Start=12/15/2024 00:00:00, End=${month}/${day}/${year} ${time}'`;
}

describe('what a refusal says of the key that Entra has found', () => {
  it('with another end: the credential differs from the certificate', () => {
    const { causes, steps } = only(refusal('The key used is expired.', foundKey(later(noon, 5 * DAY))));
    expect(causes[0]).toMatch(
      /^Entra holds it with another end, .*, which passed 5 days ago; the certificate itself is valid to /,
    );
    expect(causes.join()).not.toContain('Entra does not hold it');
    expect(steps[0]?.command).toBe('npx cdktf deploy contoso');
  });

  it.each(['12/15/2026 00:00:00', '12/15/2026 12:00:00 AM', '2026-12-15T00:00:00Z', '2026-12-15 00:00:00'])(
    'as %s',
    (end) => {
      const { causes } = only(refusal('The key used is expired.', `, Found key 'Start=…, End=${end}'`));
      expect(causes[0]).toContain('another end, 2026-12-15T00:00:00Z');
    },
  );

  it('with its own end: it is about what it says', () => {
    const end = foundKey(certificate.notAfter);
    expect(
      only(refusal('The provided signature value did not match the expected signature value.', end)).causes,
    ).toEqual([
      'Entra holds it, and the signature does not fit it: VB365 signs with a private key that is not that of the certificate',
    ]);
    expect(only(refusal('The key used is expired.', end)).causes[0]).toMatch(/valid by the clock of this machine$/);
    expect(only(refusal('The key used is expired.', end), later(certificate.notAfter, DAY)).causes[0]).toMatch(
      /^it expired 1 day ago/,
    );
  });

  it('by its reason alone', () => {
    const { causes } = only(refusal('The key used is expired.'));
    expect(causes[0]).toMatch(/^Entra holds it with an end that has passed; the certificate itself is valid to /);
  });

  it('of a certificate that the keystore does not have', () => {
    const text = refusal('The key used is expired.', foundKey(noon)).replace(certificate.thumbprint, 'AB'.repeat(20));
    expect(only(text).causes[0]).toMatch(/^Entra holds it, with the end 2026-06-01T12:00:00Z/);
  });
});

describe('the application that a refusal is about', () => {
  const configured = (id: string): string =>
    `, Please visit the Azure Portal to see configured keys for app Id '${id}'`;

  it('is another one of the configuration', () => {
    const { causes, steps, lineage } = only(refusal('The key was not found.', configured(NORTHWIND)));
    expect(lineage).toBe('contoso/entra-application');
    expect(causes).toEqual([
      `it is the certificate of contoso/entra-application (0001), and the sign-in is for the application ${NORTHWIND} of northwind/entra-application: the certificate or the application id in VB365 is the wrong one`,
    ]);
    expect(steps.map(({ command }) => command)).toEqual([
      null,
      'npx cdktf deploy northwind',
      'vb365 install northwind/entra-application',
    ]);
  });

  it('is one that the configuration does not know', () => {
    expect(only(refusal('The key was not found.', configured(STRANGE))).causes[0]).toContain(
      `the application ${STRANGE}:`,
    );
  });

  it('is its own: Entra does not hold it', () => {
    const { causes, steps } = only(refusal('The key was not found.', configured(CONTOSO)));
    expect(causes[0]).toContain('Entra does not hold it');
    expect(steps[0]?.command).toBe('npx cdktf deploy contoso');
  });
});

describe('an address that the application lacks', () => {
  const said = (address: string, id: string): string =>
    `AADSTS50011: The redirect URI '${address}' specified in the request does not match the redirect URIs configured for the application '${id}'.`;

  it('is that of the portal, by its meaning, and the application is its own', () => {
    const { causes, steps } = only(said(`${ADDRESS.replace('portal', 'PORTAL')}/`, PORTAL));
    expect(causes[0]).toMatch(new RegExp(`for primary, and the application ${PORTAL} lacks it: it was not deployed`));
    expect(steps[0]?.command).toBe('npx cdktf deploy primary');
  });

  it.each([
    [
      CONTOSO,
      /^the sign-in goes to the application of contoso\/entra-application \(4+-.*, which is not that of the Restore Portal of primary \(6+-/,
    ],
    [STRANGE, /^the sign-in goes to the application 7+-.*, which is not that of the Restore Portal of primary \(6+-/],
  ])('is asked of another application, %s', (id, cause) => {
    expect(only(said(ADDRESS, id)).causes[0]).toMatch(cause);
  });
});

describe('errors that have a name', () => {
  const samples: readonly (readonly [string, string])[] = [
    ['the specified network password is not correct', 'Error: The specified network password is not\ncorrect.'],
    ['keyset does not exist', 'System.Security.Cryptography.CryptographicException: Keyset does not exist'],
    ['certificate is not valid for host', 'Certificate is not valid for host vb365.example.com'],
    ['authority that is not trusted', 'The certificate chain was issued by an authority that is not trusted.'],
    [
      'Retrieving Application: not found',
      '│ Error: Retrieving Application (Application: "x")\n│ \n│ unexpected status 404 (404 Not Found) with error:\n│ Request_ResourceNotFound: Resource does not exist',
    ],
  ];

  it.each([...namedErrors.map(({ name }) => [name, `{"error":{"code":"${name}"}}`] as const).slice(0, 10), ...samples])(
    '%s',
    (name, text) => {
      const { code, known, causes, steps, source } = only(text);
      expect({ code, known }).toEqual({ code: name, known: true });
      expect(causes.length).toBeGreaterThan(0);
      expect(steps.length).toBeGreaterThan(0);
      expect(source).toMatch(/^https:/);
    },
  );

  it('are about the resource that Terraform names, whose names stand in the steps', () => {
    const text = [
      '\u001b[31m╷\u001b[0m',
      '\u001b[31m│\u001b[0m \u001b[1mError: Retrieving Application (Application:',
      '\u001b[31m│\u001b[0m "33333333-3333-4333-8333-333333333333")',
      '│',
      '│   with azuread_application_certificate.contoso_entra-application_0001_certificate_0A1B2C3D,',
      '│   on cdk.tf.json line 12, in resource.azuread_application_certificate:',
      '│',
      '│ unexpected status 404 (404 Not Found) with error: Request_ResourceNotFound',
      '╵',
    ].join('\n');
    const { lineage, steps } = only(text);
    expect(lineage).toBe('contoso/entra-application');
    expect(steps[0]?.command).toBe('vb365 recover contoso');
  });
});

describe('the dressing of a refusal', () => {
  const plain = refusal('The key was not found.');
  const cut = plain.indexOf(certificate.thumbprint) + 17;
  it.each([
    ['a box of Terraform', `╷\n│ Error: building client: ${plain.replaceAll(/(.{60}) /g, '$1\n│ ')}\n╵`],
    ['PowerShell 7', `Line |\n   1 |  Connect\n     | ${plain.replaceAll(/(.{50}) /g, '$1\n     | ')}`],
    ['a window that cuts anywhere', `${plain.slice(0, cut)}\r\n${plain.slice(cut)}`],
    [
      'MSAL.NET',
      `MSAL.NetCore.4.92.0.0.MsalServiceException:\n\tErrorCode: invalid_client\nOriginal exception: ${plain}`,
    ],
    [
      'MSAL for JavaScript',
      `invalid_client: Error(s): 700027 - Timestamp: 2026-06-11 12:00:00Z - Description: ${plain}`,
    ],
    ['a log in JSON', JSON.stringify({ message: `[31m│[0m ${plain}` })],
    ['a form', `error=x&error_description=${encodeURIComponent(plain).replaceAll('%20', '+').replaceAll("'", '%27')}`],
    [
      'the log of Veeam',
      `[11.06.2026 12:00:00]   35 (4711) Error: ${plain}\r\n[11.06.2026 12:00:00]   35 (4711) Stack trace:`,
    ],
  ])('of %s hides nothing', (_, text) => {
    expect(only(text)).toMatchObject({ code: 700027, thumbprint: certificate.thumbprint, generation: '0001' });
  });

  it('a sign-in log in JSON tells its code as a number', () => {
    expect(only('{"status":{"errorCode":53003,"failureReason":"Access has been blocked"}}').code).toBe(53003);
  });

  it('a thumbprint that nothing names is one where the keystore knows it', () => {
    expect(only(`AADSTS700027 for ${certificate.thumbprint.toLowerCase()} of yesterday`)).toMatchObject({
      thumbprint: certificate.thumbprint,
      lineage: 'contoso/entra-application',
    });
  });
});
