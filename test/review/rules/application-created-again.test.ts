import { readConfiguration } from '../../../lib/config/read-configuration';
import type { Configuration } from '../../../lib/config/configuration';
import { idsOf, rawPlan, recordedContext, reviewRaw } from '../recorded-plan';
import { newRecipients } from '../../../lib/keystore/sealing/recipient-changes';
import type { ReviewBase } from '../../../lib/review/stack/stack-plan';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PLAN = 'organization-created';
const TENANT = '00000000-0000-0000-0000-000000000002';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vb365-created-again-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function configuration(application: string, tenantId = TENANT): Configuration {
  const file = join(folder, 'vb365.yaml');
  const organization = (name: string, given: string, tenant: string): string =>
    `  - { name: ${name}, installation: primary, tenantId: ${tenant}, services: [exchange, sharepoint], application: ${given} }`;
  const lines = [
    'installations:',
    "  - { name: primary, productVersion: '8.3', tenantId: 00000000-0000-0000-0000-000000000001, server: { hostName: vb365.example.com } }",
    'organizations:',
    organization('contoso', '{ displayName: VB365 contoso }', TENANT),
    organization('other', application, tenantId),
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  return readConfiguration(file);
}

function review(given: Configuration): ReturnType<typeof reviewRaw> {
  return reviewRaw(rawPlan(PLAN), PLAN, { ...recordedContext(PLAN), configuration: given });
}

describe('application-created-again', () => {
  it.each([
    ['under the same name', '{ displayName: VB365 contoso }'],
    ['under a name that Entra takes for the same', '{ displayName: vb365 CONTOSO }'],
  ])('blocks where another stack of the tenant has one %s', (_, application) => {
    const { findings, verdict } = review(configuration(application));
    expect(verdict).toBe('block');
    const [finding] = findings;
    expect(finding).toMatchObject({ id: 'application-created-again', subject: 'VB365 contoso' });
    expect(finding?.message).toContain('other of the same tenant has one of that name');
    expect(finding?.cure).toContain('"vb365 recover contoso"');
    expect(findings.map(({ id }) => id)).not.toContain('application-created');
  });

  it.each([
    ['the other has another name', '{ displayName: VB365 other }', TENANT],
    ['the other is an adopted one', '{ clientId: 00000000-0000-0000-0000-00000000a001 }', TENANT],
    ['the other is in another tenant', '{ displayName: VB365 contoso }', '00000000-0000-0000-0000-000000000003'],
  ])('lets a new organization pass where %s', (_, application, tenantId) => {
    const ids = idsOf(review(configuration(application, tenantId)));
    expect(ids).toContain('application-created');
    expect(ids).not.toContain('application-created-again');
  });

  it('blocks where the protected branch attests that the key of its first certificate was opened', () => {
    const base = (hasOpened: boolean): ReviewBase => ({
      name: 'origin/main',
      configuration: undefined,
      changes: { generations: [], recipients: newRecipients('', '') },
      hasOpened: ({ lineage }) => hasOpened && lineage === 'contoso/entra-application',
    });
    const context = recordedContext(PLAN);
    const { findings, verdict } = reviewRaw(rawPlan(PLAN), PLAN, { ...context, base: base(true) });
    expect(verdict).toBe('block');
    expect(findings[0]?.message).toMatch(
      /contoso\/entra-application 0001 is no new certificate: origin\/main has it, and its attestation says that its key was opened$/,
    );
    expect(idsOf(reviewRaw(rawPlan(PLAN), PLAN, { ...context, base: base(false) }))).toContain('application-created');
  });
});
