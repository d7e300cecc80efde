import { installScript } from '../../../lib/install/powershell/install-script';
import type { RoleFacts } from '../../../lib/install/powershell/role-steps';
import { selfSigned } from '../../support/self-signed';

/** Client id of an application. */
export const CLIENT = '22b5dd21-5ccf-4696-8482-eda0a1c7d32b';
const THUMBPRINTS = ['A'.repeat(40), 'B'.repeat(40)];
const portal = { role: 'restore-portal', region: 'Worldwide', webAddress: 'https://portal.example.com:4443' } as const;
export const certificate = selfSigned();

/** Every kind of script, by the words that a test says of it. */
export const FACTS: Readonly<Record<string, RoleFacts>> = {
  server: { role: 'server' },
  'rest-api': { role: 'rest-api' },
  'tenant-authentication': { role: 'tenant-authentication' },
  'restore-operator-authentication': { role: 'restore-operator-authentication' },
  'restore-portal': portal,
  'restore-portal with its application': { ...portal, clientId: CLIENT },
  'entra-application': { role: 'entra-application', clientId: CLIENT, thumbprints: THUMBPRINTS },
  'entra-application of an unknown application': { role: 'entra-application', thumbprints: THUMBPRINTS },
  'backup application': { role: 'backup-application', clientId: CLIENT },
};

export const STORES = ['Personal', 'Trusted Root Certification Authorities'] as const;

export function scriptFor(name: string): string {
  return installScript({ lineage: "pri'mary/x", certificate, facts: FACTS[name]!, stores: STORES });
}

/** What a bundle is made of. */
export const BUNDLED = ['server', 'entra-application'].map((name, index) => ({
  lineage: `o'wner/${index}`,
  pfx: `${index}.pfx`,
  script: scriptFor(name),
}));
