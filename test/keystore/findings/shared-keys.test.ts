import fc from 'fast-check';
import { roleIds, roles } from '../../../lib/catalogue/roles';
import { judgeSharedKeys, type KeyedGeneration } from '../../../lib/keystore/findings/shared-keys';

const BACKUP_APPLICATION = 'contoso/backup-application-00000000-0000-0000-0000-00000000a001';

function generation(lineage: string, label: string, publicKeyHash: string): KeyedGeneration {
  return { lineage, label, certificate: { publicKeyHash } };
}

function severities(...lineages: readonly string[]): string[] {
  return judgeSharedKeys(lineages.map((lineage) => generation(lineage, '0001', 'one'))).map(
    ({ severity, subject }) => `${severity} ${subject}`,
  );
}

describe('judgeSharedKeys', () => {
  it('is an error in lineages of two owners, which names both and their generations', () => {
    const findings = judgeSharedKeys([
      generation('contoso/entra-application', '0001', 'one'),
      generation('contoso/entra-application', '0002', 'own'),
      generation('fabrikam/entra-application', '0003', 'one'),
      generation('fabrikam/entra-application', '0004', 'one'),
    ]);
    expect(findings.map(({ id, message, severity, subject }) => ({ id, message, severity, subject }))).toEqual([
      {
        id: 'keystore-key-shared',
        severity: 'error',
        subject: 'contoso/entra-application/0001.crt',
        message:
          'contoso/entra-application 0001 and fabrikam/entra-application 0003, 0004 have the same key: whoever holds it acts for each of them',
      },
      {
        id: 'keystore-key-shared',
        severity: 'error',
        subject: 'fabrikam/entra-application/0003.crt',
        message:
          'fabrikam/entra-application 0003, 0004 and contoso/entra-application 0001 have the same key: whoever holds it acts for each of them',
      },
    ]);
    expect(findings[1]?.cure).toContain('run "vb365 renew fabrikam/entra-application"');
  });

  it.each([
    ['two lineages of an organization that sign in', ['contoso/entra-application', BACKUP_APPLICATION]],
    ['server-side roles of two installations', ['primary/rest-api', 'secondary/rest-api']],
    ['a role of a server and an organization', ['contoso/entra-application', 'primary/rest-api']],
    ['a lineage of an owner that nothing declares', ['contoso/entra-application', 'former/entra-application']],
    ['a folder of no known role', ['contoso/entra-application', 'former/anything']],
  ])('is an error in %s', (_, lineages) => {
    expect(severities(...lineages)).toEqual(lineages.map((lineage) => `error ${lineage}/0001.crt`));
  });

  it.each([
    ['server-side roles', ['primary/rest-api', 'primary/restore-operator-authentication', 'primary/server']],
    ['roles of which one signs in', ['primary/rest-api', 'primary/restore-portal']],
  ])('is advice, once for all, in %s of one installation', (_, lineages) => {
    expect(severities(...lineages)).toEqual([`advice ${lineages[0]}/0001.crt`]);
  });

  it('tells an owner what it must not have, and not what it may', () => {
    expect(severities('primary/rest-api', 'primary/server', 'secondary/server')).toEqual([
      'error primary/rest-api/0001.crt',
      'error primary/server/0001.crt',
      'error secondary/server/0001.crt',
    ]);
  });

  it('says nothing of a renewal with the same key, of other keys, and of kinds that are not known', () => {
    const lineage = 'contoso/entra-application';
    expect(judgeSharedKeys([generation(lineage, '0001', 'one'), generation(lineage, '0002', 'one')])).toEqual([]);
    expect(judgeSharedKeys([generation(lineage, '0001', 'one'), generation('a/server', '0001', 'two')])).toEqual([]);
    expect(judgeSharedKeys([generation(lineage, '0001', ''), generation('a/server', '0001', '')])).toEqual([]);
  });

  it('is an error for each of a pair of lineages, or for none of them, whatever else is there', () => {
    const lineage = fc
      .tuple(fc.constantFrom('contoso', 'fabrikam', 'primary'), fc.constantFrom(...roleIds))
      .map(([owner, role]) => ({ owner, role, name: `${owner}/${role}` }));
    fc.assert(
      fc.property(fc.uniqueArray(lineage, { selector: ({ name }) => name, maxLength: 8 }), (holders) => {
        const wrong = holders.filter((one) =>
          holders.some(
            (other) =>
              other !== one &&
              (other.owner !== one.owner || (roles[one.role].boundToEntra && roles[other.role].boundToEntra)),
          ),
        );
        const said = severities(...holders.map(({ name }) => name)).filter((text) => text.startsWith('error'));
        expect(said).toEqual(wrong.map(({ name }) => `error ${name}/0001.crt`));
      }),
    );
  });
});
