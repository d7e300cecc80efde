/** Ids of tenants and applications that the tests use; any tenant exists in the emulator. */
export const tenants = {
  installation: '00000000-0000-0000-0000-000000000001',
  contoso: '00000000-0000-0000-0000-000000000002',
} as const;

export const EXISTING = '00000000-0000-0000-0000-00000000a001';

/** An installation without Restore Portal, which needs no stack of its own to be applied. */
export const INSTALLATION = `installations:
  - name: primary
    productVersion: '8.3'
    tenantId: ${tenants.installation}
    server: { hostName: vb365.example.com }
`;

/** A configuration with one organization; `lines` replace or add keys of it. */
export function organization(lines: readonly string[] = [], name = 'contoso'): string {
  const given = new Set(lines.map((line) => line.split(':')[0]));
  const defaults = ['services: [exchange]', 'purposes: [backup]'].filter((line) => !given.has(line.split(':')[0]));
  return [
    INSTALLATION,
    'organizations:',
    `  - name: ${name}`,
    '    installation: primary',
    `    tenantId: ${tenants.contoso}`,
    ...[...defaults, ...lines].map((line) => `    ${line}`),
    '',
  ].join('\n');
}
