import fc from 'fast-check';
import type { RoleId } from '../../lib/catalogue/roles';
import { roles } from '../../lib/catalogue/roles';
import { certificateProfile } from '../../lib/certificates/profile';
import type { CertificatePolicy } from '../../lib/config/configuration';
import type { LineageDeclaration } from '../../lib/config/lineages';
import { defaultPolicy } from '../../lib/config/policy';
import type { Generation } from '../../lib/keystore/keystore';
import { damagedIn, judgeLineage, type LineageJudgement, warnAboutUnfit } from '../../lib/lifecycle/judgement';
import { opensslCertificate, testKey } from '../support/openssl';
import { later, noon, selfSigned } from '../support/self-signed';

const DAY = 86_400;
const REST_API = 'primary/rest-api';

function declarationOf(
  role: RoleId,
  hosts: readonly string[],
  policy: Partial<CertificatePolicy> = {},
): LineageDeclaration {
  const name = `primary/${role}`;
  const profile = { commonName: hosts[0] ?? 'VB365', hosts };
  return { name, owner: 'primary', role, policy: { ...defaultPolicy, ...policy }, profile, serves: [] };
}

function generationOf({ name, role, profile }: LineageDeclaration, accepted: readonly string[] = []): Generation {
  return {
    ...{ lineage: name, number: 1, label: '0001', chain: [], accepted, keyFile: undefined },
    certificate: selfSigned({ profile: certificateProfile(role, profile) }),
    certificateFile: `/keystore/${name}/0001.crt`,
  };
}

const restApi = declarationOf('rest-api', ['vb365.example.com']);
const renamed = declarationOf('rest-api', ['bk01.litware.example']);

function judge(declaration: LineageDeclaration, generation: Generation, seconds = 0): LineageJudgement {
  return judgeLineage({ declaration, generations: [generation] }, later(noon, seconds));
}

describe('judgeLineage', () => {
  it.each([
    ['one of its host names', ['vb365.example.com', 'portal.example.com'], 'portal.example.com'],
    ['its only host name', ['bk01.litware.example'], 'bk01.litware.example'],
    ['an address', ['192.0.2.10'], '192.0.2.10'],
  ])('calls a certificate unfit that lacks %s', (_, hosts, missing) => {
    const judged = judge(declarationOf('rest-api', hosts), generationOf(restApi));
    expect(judged).toMatchObject({
      state: 'unfit',
      findings: [
        {
          id: 'certificate-name-mismatch',
          severity: 'error',
          subject: `${REST_API} 0001`,
          message: expect.stringContaining(`it does not name ${missing}; it names vb365.example.com`) as string,
          cure: expect.stringContaining(`run "vb365 renew ${REST_API}"`) as string,
        },
      ],
    });
    expect(warnAboutUnfit(judged)).toMatchObject([{ severity: 'warning' }]);
  });

  it('calls one unfit whose key is shorter than the policy asks for', () => {
    const stricter = declarationOf('rest-api', ['vb365.example.com'], { keySize: 3072 });
    expect(judge(stricter, generationOf(restApi))).toMatchObject({
      state: 'unfit',
      findings: [{ id: 'certificate-key-below-policy', message: expect.stringContaining('2048') as string }],
    });
  });

  it('calls one of another role unfit', () => {
    const entra = declarationOf('entra-application', []);
    expect(judge(restApi, { ...generationOf(restApi), certificate: generationOf(entra).certificate })).toMatchObject({
      state: 'unfit',
      findings: [{ id: 'certificate-name-mismatch' }, { id: 'certificate-usage-mismatch' }],
    });
  });

  it('takes what a person has accepted', () => {
    const accepted = generationOf(restApi, ['certificate-name-mismatch']);
    expect(judge(renamed, accepted)).toMatchObject({ state: 'valid', findings: [] });
  });

  it.each([
    ['a longer validity', { validityDays: 730 }],
    ['a shorter validity', { validityDays: 90 }],
    ['a longer overlap', { retireAfterDays: 60 }],
  ])('takes what is asked for of the next certificate only: %s', (_, policy) => {
    const declaration = declarationOf('rest-api', ['vb365.example.com'], policy);
    expect(judge(declaration, generationOf(restApi))).toMatchObject({ state: 'valid', findings: [] });
  });

  it('takes an application under another name: no client compares it', () => {
    const before = { ...declarationOf('entra-application', []), profile: { commonName: 'VB365 contoso', hosts: [] } };
    const after = { ...before, profile: { commonName: 'Backup of Contoso', hosts: [] } };
    expect(judge(after, generationOf(before))).toMatchObject({ state: 'valid', findings: [] });
  });

  it.each([
    [-3_601, 'not-yet-valid'],
    [340 * DAY, 'unfit'],
    [366 * DAY, 'expired'],
  ])('%i seconds later it says of an unfit certificate: %s', (seconds, state) => {
    const judged = judge(renamed, generationOf(restApi), seconds);
    expect(judged).toMatchObject({ state, findings: [{ id: 'certificate-name-mismatch' }] });
  });

  it('names the way by which an imported certificate gets its successor', () => {
    const imported = declarationOf('rest-api', ['bk01.litware.example'], { source: 'imported' });
    const [finding] = judge(imported, generationOf(restApi)).findings;
    expect(finding?.cure).toContain(`run "vb365 import ${REST_API} <file>"`);
    const certificate = opensslCertificate({ byAuthority: true });
    const [answered] = judge(imported, { ...generationOf(restApi), certificate }).findings;
    expect(answered?.cure).toContain(`run "vb365 request ${REST_API}", and import what`);
  });

  it('calls a damaged lineage damaged, with a certificate and without', () => {
    const said = { id: 'keystore-key-missing', severity: 'error', message: '', cure: '' } as const;
    const damaged = damagedIn([{ ...said, subject: `${REST_API}/0001` }]);
    for (const generations of [[], [generationOf(restApi)]]) {
      const judged = judgeLineage({ declaration: restApi, generations }, noon, damaged);
      expect(judged.state).toBe('damaged');
    }
    for (const harmless of [
      { ...said, severity: 'warning', subject: `${REST_API}/0001` } as const,
      { ...said, subject: 'primary/rest-api-2' },
      { ...said, subject: 'recipients.txt' },
    ]) {
      const judged = judgeLineage({ declaration: restApi, generations: [] }, noon, damagedIn([harmless]));
      expect(judged.state).toBe('missing');
    }
    expect(
      judgeLineage({ declaration: restApi, generations: [] }, noon, damagedIn([{ ...said, subject: 'primary' }])).state,
    ).toBe('damaged');
  });

  it('finds nothing in what is issued, for any role and any host: renewing is the cure', () => {
    const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,9}[a-z0-9])?$/);
    const name = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
    const hosts = fc.uniqueArray(fc.oneof(name, fc.ipV4()), { minLength: 1, maxLength: 3 });
    const role = fc.constantFrom(...Object.values(roles).map(({ id }) => id));
    fc.assert(
      fc.property(role, hosts, (id, names) => {
        const declaration = declarationOf(id, names);
        expect(judge(declaration, generationOf(declaration))).toMatchObject({ state: 'valid', findings: [] });
      }),
      { numRuns: 50 },
    );
  });

  it('asks a key of the policy, whatever its size', () => {
    const large = declarationOf('rest-api', ['vb365.example.com'], { keySize: 3072 });
    const profile = certificateProfile('rest-api', large.profile);
    const certificate = selfSigned({ profile, key: testKey('rsa-3072') });
    expect(judge(large, { ...generationOf(large), certificate }).state).toBe('valid');
  });
});
