import { readConfiguration } from '../../lib/config/read-configuration';
import { errorOf, findingsOf, removeFiles, writeFiles } from './write-files';

/** An installation in lines 1 to 5, in which further keys stand from line 6, column 5. */
const INSTALLATION = `installations:
  - name: primary
    productVersion: "8.3"
    tenantId: 6f9d2c7a-1b34-4e58-9a0c-3d5e7f8091a2
    server: { hostName: vb365.example.com }
`;
/** Lines 1 to 9: an organization without services, in which further keys stand from line 10, column 5. */
const ORGANIZATION = `${INSTALLATION}organizations:
  - name: contoso
    installation: primary
    tenantId: 0c1d2e3f-4a5b-4c6d-8e7f-90a1b2c3d4e5
`;
const CLIENT = '2b3c4d5e-6f70-4182-93a4-b5c6d7e8f901';
const PORTAL = `    restApi: {}
    restorePortal:
      webAddress: https://portal.example.com:4443
`;

afterEach(removeFiles);

describe('an installation', () => {
  it.each([
    ['    name: other\n', '6:5 configuration-key-duplicate installations[0].name'],
    ['    region: Germany\n', '6:13 region-closed installations[0].region'],
    ['    region: mars\n', '6:13 configuration-value installations[0].region'],
    ['    serverr: {}\n', '6:5 configuration-key-unknown installations[0].serverr'],
    ['    proxies: [{ hostName: a }]\n', '6:15 configuration-key-missing installations[0].proxies[0].os'],
    [
      '    proxies: [{ hostName: a, os: windows }]\n',
      '6:15 configuration-key-missing installations[0].proxies[0].membership',
    ],
    [
      '    proxies: [{ hostName: a, os: linux, membership: domain }]\n',
      '6:41 proxy-membership-linux installations[0].proxies[0].membership',
    ],
    ['    proxies: [a]\n', '6:15 configuration-type installations[0].proxies[0]'],
    ['    proxies: [{ hostName: a, os: }]\n', '6:32 configuration-value installations[0].proxies[0].os'],
    [
      '    proxies: [{ hostName: a, os: linux }, { hostName: A, os: linux }]\n',
      '6:55 configuration-value-duplicate installations[0].proxies[1].hostName',
    ],
    ['    proxies: [{ hostName: a_b, os: linux }]\n', '6:27 host-name-invalid installations[0].proxies[0].hostName'],
    ['    restApi: { port: 0 }\n', '6:22 configuration-value installations[0].restApi.port'],
    ['    restApi: { port: 65536 }\n', '6:22 configuration-value installations[0].restApi.port'],
    ['    restApi: { port: "4443" }\n', '6:22 configuration-type installations[0].restApi.port'],
    ['    restApi: { port: 44.5 }\n', '6:22 configuration-type installations[0].restApi.port'],
    ['    restApi:\n', '6:12 configuration-type installations[0].restApi'],
    [
      '    restorePortal: { webAddress: "https://p:4443" }\n',
      '6:5 restore-portal-without-rest-api installations[0].restorePortal',
    ],
    [
      `    restApi: { port: 443 }\n    restorePortal:\n      webAddress: https://p:4443\n`,
      '8:19 restore-portal-port-differs installations[0].restorePortal.webAddress',
    ],
    [
      '    restApi: {}\n    restorePortal: { webAddress: "https://10.0.0.1:4443" }\n',
      '7:34 web-address-private-ip installations[0].restorePortal.webAddress',
    ],
    [
      '    restApi: {}\n    restorePortal: { webAddress: "https://${TfToken[1]}:4443" }\n',
      '7:34 configuration-token installations[0].restorePortal.webAddress',
    ],
    [
      `${PORTAL}      application: { clientId: ${CLIENT}, displayName: x }\n`,
      '9:70 application-new-and-existing installations[0].restorePortal.application.displayName',
    ],
    [
      `${PORTAL}      application: { clientId: ${CLIENT}, multiTenant: false }\n`,
      '9:70 multi-tenant-existing-application installations[0].restorePortal.application.multiTenant',
    ],
    [
      `${PORTAL}      application: { additionalRedirectUris: ["http://x/"] }\n`,
      '9:47 redirect-uri-not-https installations[0].restorePortal.application.additionalRedirectUris[0]',
    ],
    [
      `${PORTAL}      application: { additionalRedirectUris: ["https://x", "https://x/"] }\n`,
      '9:60 configuration-value-duplicate installations[0].restorePortal.application.additionalRedirectUris[1]',
    ],
    [
      `${PORTAL}      application: { additionalRedirectUris: ["https://PORTAL.example.com:4443"] }\n`,
      '9:47 redirect-uri-duplicate installations[0].restorePortal.application.additionalRedirectUris[0]',
    ],
    [
      `    restApi: { port: 443 }\n    restorePortal:\n      webAddress: https://p:443\n      application: { additionalRedirectUris: ["https://x/", "https://P"] }\n`,
      '9:61 redirect-uri-duplicate installations[0].restorePortal.application.additionalRedirectUris[1]',
    ],
    [
      `    restApi: { port: 443 }\n    restorePortal:\n      webAddress: https://p:443\n      application: { additionalRedirectUris: ["https://p:443/"] }\n`,
      '9:47 redirect-uri-duplicate installations[0].restorePortal.application.additionalRedirectUris[0]',
    ],
    ['    authentication: { tenants: yes }\n', '6:32 configuration-type installations[0].authentication.tenants'],
    ['    certificates: { keySize: 1024 }\n', '6:30 configuration-value installations[0].certificates.keySize'],
    ['    certificates: { validityDays: 1 }\n', '6:35 configuration-value installations[0].certificates.validityDays'],
    [
      '    certificates: { validityDays: 3651 }\n',
      '6:35 configuration-value installations[0].certificates.validityDays',
    ],
    [
      '    certificates: { validityDays: 30 }\n',
      '6:35 policy-renewal-beyond-validity installations[0].certificates.validityDays',
    ],
    [
      '    certificates: { renewBeforeDays: 365 }\n',
      '6:38 policy-renewal-beyond-validity installations[0].certificates.renewBeforeDays',
    ],
    [
      '    certificates: { retireAfterDays: 366 }\n',
      '6:38 policy-retirement-beyond-validity installations[0].certificates.retireAfterDays',
    ],
    [
      '    certificates: { roles: { server: {} } }\n',
      '6:30 role-not-declared installations[0].certificates.roles.server',
    ],
    [
      '    certificates: { roles: { rest-api: {} } }\n',
      '6:30 role-not-declared installations[0].certificates.roles.rest-api',
    ],
    [
      '    certificates: { roles: { tenant-authentication: {} } }\n',
      '6:30 role-not-declared installations[0].certificates.roles.tenant-authentication',
    ],
    [
      '    certificates: { roles: { entra-application: {} } }\n',
      '6:30 configuration-key-unknown installations[0].certificates.roles.entra-application',
    ],
    [
      '    restApi: {}\n    certificates: { roles: { rest-api: { renewBeforeDays: 365 } } }\n',
      '7:59 policy-renewal-beyond-validity installations[0].certificates.roles.rest-api.renewBeforeDays',
    ],
  ])('with %j: %s', (text, expected) => {
    expect(findingsOf(writeFiles({ 'vb365.yaml': INSTALLATION + text }))).toEqual([expected]);
  });

  it.each([
    [4443, 255, []],
    [4443, 256, ['redirect-uri-too-many']],
    [443, 254, []],
    [443, 255, ['redirect-uri-too-many']],
  ])('with Restore Portal at port %i and %i further redirect URIs: %j', (port, count, expected) => {
    const uris = Array.from({ length: count }, (_, index) => `https://x/${index}`);
    const text = `${INSTALLATION}    restApi: { port: ${port} }
    restorePortal:
      webAddress: https://p:${port}
      application: { additionalRedirectUris: ${JSON.stringify(uris)} }
`;
    expect(idsOf(text)).toEqual(expected);
  });

  it('learns everything that is wrong with a proxy at once', () => {
    const text = `${INSTALLATION}    proxies:
      - { hostName: a_b, os: mac, membership: forest, port: 9193 }
      - { os: windows, port: 9193 }
      - { hostName: c, membership: forest }
`;
    expect(findingsOf(writeFiles({ 'vb365.yaml': text }))).toEqual([
      '7:21 host-name-invalid installations[0].proxies[0].hostName',
      '7:30 configuration-value installations[0].proxies[0].os',
      '7:47 configuration-value installations[0].proxies[0].membership',
      '7:55 configuration-key-unknown installations[0].proxies[0].port',
      '8:9 configuration-key-missing installations[0].proxies[1].hostName',
      '8:9 configuration-key-missing installations[0].proxies[1].membership',
      '8:24 configuration-key-unknown installations[0].proxies[1].port',
      '9:9 configuration-key-missing installations[0].proxies[2].os',
      '9:36 configuration-value installations[0].proxies[2].membership',
    ]);
  });

  it.each([
    ['productVersion: 8.3', '3:21 product-version-not-quoted installations[0].productVersion'],
    ['productVersion: "7.9"', '3:21 product-version-too-old installations[0].productVersion'],
    ['productVersion: "8"', '3:21 product-version-invalid installations[0].productVersion'],
    ['productVersion: "8.03"', '3:21 product-version-invalid installations[0].productVersion'],
    ['productVersion: [8]', '3:21 configuration-type installations[0].productVersion'],
  ])('with %s: %s', (line, expected) => {
    const text = INSTALLATION.replace('productVersion: "8.3"', line);
    expect(findingsOf(writeFiles({ 'vb365.yaml': text }))).toEqual([expected]);
  });

  it.each(['8.0', '8.10', '13.0'])('may be of version %s', (version) => {
    const file = writeFiles({ 'vb365.yaml': INSTALLATION.replace('8.3', version) });
    expect(readConfiguration(file).installations[0]?.productVersion).toBe(version);
  });

  it('may ask for a server certificate as soon as one Windows proxy is in a workgroup', () => {
    const proxy = '    proxies: [{ hostName: a, os: windows, membership: workgroup }]\n';
    const text = `${INSTALLATION}${proxy}    certificates: { roles: { server: { keySize: 4096 } } }\n`;
    const { installations } = readConfiguration(writeFiles({ 'vb365.yaml': text }));
    expect(installations[0]?.roleCertificates.server?.keySize).toBe(4096);
  });

  it('may keep whatever days of imported certificates: they say themselves how long they last', () => {
    const text = `${INSTALLATION}    certificates: { source: imported, renewBeforeDays: 400 }\n`;
    expect(readConfiguration(writeFiles({ 'vb365.yaml': text })).installations).toHaveLength(1);
  });
});

describe('an organization', () => {
  it.each([
    ['', '7:5 configuration-key-missing organizations[0].services'],
    ['    services: []\n', '10:15 configuration-value organizations[0].services'],
    ['    services: exchange\n', '10:15 configuration-type organizations[0].services'],
    ['    services: [exchange, exchange]\n', '10:26 configuration-value-duplicate organizations[0].services[1]'],
    ['    services: [exchange, Teams]\n', '10:26 configuration-value organizations[0].services[1]'],
    ['    services: [exchange, teams]\n    region: china\n', '10:26 teams-in-china organizations[0].services[1]'],
    [
      '    services: [exchange]\n    purposes: [restore-all]\n',
      '11:16 configuration-value organizations[0].purposes[0]',
    ],
    [
      `    services: [exchange]\n    application: { displayName: x, clientId: ${CLIENT} }\n`,
      '11:20 application-new-and-existing organizations[0].application.displayName',
    ],
    [
      '    services: [exchange]\n    application: { displayName: "${file(1)}" }\n',
      '11:33 display-name-invalid organizations[0].application.displayName',
    ],
    [
      '    services: [exchange]\n    application: { clientId: abc }\n',
      '11:30 uuid-invalid organizations[0].application.clientId',
    ],
    [
      '    services: [exchange]\n    application: { alreadyConsented: [] }\n',
      '11:20 consent-of-new-application organizations[0].application.alreadyConsented',
    ],
    [
      `    services: [exchange]\n    application: { clientId: ${CLIENT}, alreadyConsented: [All] }\n`,
      '11:87 permission-name-invalid organizations[0].application.alreadyConsented[0]',
    ],
    [
      `    services: [exchange]\n    application: { clientId: ${CLIENT} }\n    backupApplications: [{ clientId: ${CLIENT} }]\n`,
      '12:38 client-id-duplicate organizations[0].backupApplications[0].clientId',
    ],
    ['    services: [exchange]\n    consent: always\n', '11:14 configuration-value organizations[0].consent'],
    [
      '    services: [exchange]\n    certificates: { roles: {} }\n',
      '11:21 configuration-key-unknown organizations[0].certificates.roles',
    ],
  ])('with %j: %s', (text, expected) => {
    expect(findingsOf(writeFiles({ 'vb365.yaml': ORGANIZATION + text }))).toEqual([expected]);
  });

  it('must name a declared installation, and learns which it may have meant', () => {
    const text = `${ORGANIZATION}    services: [exchange]\n`.replace('installation: primary', 'installation: primry');
    const { findings } = errorOf(writeFiles({ 'vb365.yaml': text }));
    expect(findings).toMatchObject([
      { id: 'installation-unknown', place: { line: 8, column: 19 }, cure: 'write primary, if you mean that' },
    ]);
  });

  it.each([
    ['Contoso', 'name-invalid'],
    ['-contoso', 'name-invalid'],
    ['contoso_eu', 'name-invalid'],
    ['../contoso', 'name-invalid'],
    ['a'.repeat(64), 'name-invalid'],
    ['con', 'name-reserved'],
    ['lpt1', 'name-reserved'],
    ['primary', 'name-duplicate'],
    ['primary-consent', 'name-consent-clash'],
  ])('may not be called %s: %s', (name, id) => {
    const text = `${ORGANIZATION}    services: [exchange]\n`.replace('name: contoso', `name: ${name}`);
    expect(findingsOf(writeFiles({ 'vb365.yaml': text }))).toEqual([`7:11 ${id} organizations[0].name`]);
  });
});

describe('a display name', () => {
  it.each([
    ['a lone surrogate', '\\ud800'],
    ['a right-to-left override', '\\u202e'],
    ['a bidirectional isolate', '\\u2066'],
    ['a zero-width space', '\\u200b'],
    ['a zero-width joiner', '\\u200d'],
    ['a Hangul filler', '\\u3164'],
    ['a line separator', '\\u2028'],
  ])('may not hold %s, which nobody sees', (_, character) => {
    const text = `${ORGANIZATION}    services: [exchange]\n    application: { displayName: "VB${character}365" }\n`;
    const { findings } = errorOf(writeFiles({ 'vb365.yaml': text }));
    expect(findings).toMatchObject([{ id: 'display-name-invalid', place: { line: 11, column: 33 } }]);
    expect(findings[0]?.message).toContain(`"VB${character}365"`);
  });

  it.each(['Sicherung für Köln', 'バックアップ', 'גיבוי', '🔒 VB365'])('may be %s', (name) => {
    const text = `${ORGANIZATION}    services: [exchange]\n    application: { displayName: "${name}" }\n`;
    const { organizations } = readConfiguration(writeFiles({ 'vb365.yaml': text }));
    expect(organizations[0]?.application).toEqual({ displayName: name });
  });
});

describe('a finding', () => {
  it('says what was received, what is allowed and what to do', () => {
    const { findings } = errorOf(
      writeFiles({ 'vb365.yaml': `${INSTALLATION}    region: us-goverment\n    proxys: []\n` }),
    );
    expect(findings.map(({ message, cure }) => ({ message, cure }))).toEqual([
      {
        message: '"us-goverment" is not allowed; allowed: worldwide, us-government, us-defence, china',
        cure: 'write us-government, if you mean that',
      },
      {
        message: expect.stringContaining('"proxys" is not known here; allowed: name,') as unknown,
        cure: 'write proxies, if you mean that',
      },
    ]);
  });

  it('stands beside all others, in the order of the file', () => {
    const text = `keystor: x\n${ORGANIZATION}    services: [exchnge]\n    region: germany\nbackend: { type: s4 }\n`;
    expect(findingsOf(writeFiles({ 'vb365.yaml': text }))).toEqual([
      '1:1 configuration-key-unknown keystor',
      '11:16 configuration-value organizations[0].services[0]',
      '12:13 region-closed organizations[0].region',
      '13:18 configuration-value backend.type',
    ]);
  });

  it('draws no conclusion from a value that is wrong itself', () => {
    const text = `${INSTALLATION}    proxies: [{ hostName: a, os: mac }]
    authentication: { tenants: 5 }
    restApi: { port: x }
    restorePortal: { webAddress: "https://p:4443" }
    certificates: { roles: { server: {}, rest-api: {}, tenant-authentication: {} } }
`;
    expect(findingsOf(writeFiles({ 'vb365.yaml': text }))).toEqual([
      '6:34 configuration-value installations[0].proxies[0].os',
      '7:32 configuration-type installations[0].authentication.tenants',
      '8:22 configuration-type installations[0].restApi.port',
    ]);
  });

  it('finds contradictions beside wrong values', () => {
    const text = `${ORGANIZATION}    services: [exchange]\n    application: { clientId: x }\n`.replace(
      'primary',
      'secondary',
    );
    expect(findingsOf(writeFiles({ 'vb365.yaml': text }))).toEqual([
      '8:19 installation-unknown organizations[0].installation',
      '11:30 uuid-invalid organizations[0].application.clientId',
    ]);
  });
});

function idsOf(text: string): string[] {
  const file = writeFiles({ 'vb365.yaml': text });
  try {
    readConfiguration(file);
    return [];
  } catch {
    return errorOf(file).findings.map(({ id }) => id);
  }
}
