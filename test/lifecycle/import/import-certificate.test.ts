import { Certificate } from '../../../lib/certificates/certificate';
import type { KeyAndCertificate } from '../../../lib/certificates/key-and-certificate';
import { lineagesOf, type LineageDeclaration } from '../../../lib/config/lineages';
import { readConfiguration } from '../../../lib/config/read-configuration';
import { createIdentity } from '../../../lib/keystore/sealing/identity';
import { Keystore } from '../../../lib/keystore/keystore';
import { Sealer } from '../../../lib/keystore/sealing/sealing';
import { importCertificate, judgeImport, refuseUnfit } from '../../../lib/lifecycle/import/import-certificate';
import { removeWorkplaces, Workplace } from '../../support/cli';
import { openKeys } from '../../support/open-keys';
import { opensslCertificate, testKey } from '../../support/openssl';
import { later, noon, selfSigned } from '../../support/self-signed';
import { thrownBy } from '../../support/thrown';

let workplace: Workplace;
let declaration: LineageDeclaration;

beforeAll(() => {
  workplace = new Workplace();
  const declared = lineagesOf(readConfiguration(workplace.path('vb365.yaml')));
  declaration = declared.find(({ owner }) => owner === 'contoso') ?? declared[0]!;
});

afterAll(removeWorkplaces);

/** A certificate from noon on. */
function lasting(days: number): KeyAndCertificate {
  return {
    certificate: selfSigned({ notAfter: later(noon, days * 86_400) }),
    privateKey: testKey('rsa-2048'),
    chain: [],
  };
}

describe('judgeImport', () => {
  it('finds nothing about a certificate that fits', () => {
    expect(judgeImport(lasting(365), declaration, [], noon)).toEqual({ refused: [], accepted: [], advice: [] });
  });

  it.each([
    [29, ['certificate-short-validity']],
    [30, []],
  ])('of one that lasts %i days, where renewal begins 30 days before the end: %j', (days, ids) => {
    expect(judgeImport(lasting(days), declaration, [], noon).refused.map(({ id }) => id)).toEqual(ids);
  });

  it('sets apart what a person has accepted', () => {
    const { accepted, refused } = judgeImport(lasting(3), declaration, ['certificate-short-validity'], noon);
    expect(refused).toEqual([]);
    expect(accepted.map(({ id }) => id)).toEqual(['certificate-short-validity']);
  });

  it('notes nothing as accepted that was not found', () => {
    expect(judgeImport(lasting(365), declaration, ['certificate-short-validity'], noon).accepted).toEqual([]);
  });

  it.each([
    ['certificate-expired', 'finding-not-acceptable'],
    ['no-such-rule', 'finding-unknown'],
  ])('lets nobody accept %s', (id, code) => {
    expect(thrownBy(() => judgeImport(lasting(3), declaration, [id], noon))?.code).toBe(code);
  });
});

describe('refuseUnfit', () => {
  it('stops with every finding that nobody has accepted', () => {
    const source = lasting(3);
    const error = thrownBy(() => {
      refuseUnfit(source, declaration.name, judgeImport(source, declaration, [], noon));
    });
    expect(error).toMatchObject({ code: 'import-refused', subject: declaration.name });
    expect(error?.findings.map(({ id }) => id)).toEqual(['certificate-short-validity']);
    expect(error?.cure).toMatch(/: --accept certificate-short-validity$/);
  });

  it('calls what refuses an error, whatever it is elsewhere, and offers to accept all of it', () => {
    const pem = opensslCertificate({ extensions: ['basicConstraints = critical, CA:TRUE'] }).pem;
    const certificate = Certificate.fromPem(pem);
    const source = { ...lasting(3), certificate };
    const soon = later(certificate.notAfter, -86_400);
    const judgement = judgeImport(source, declaration, [], soon);
    expect(judgement.refused.map(({ id, severity }) => [id, severity])).toEqual([
      ['certificate-short-validity', 'error'],
      ['certificate-authority-as-leaf', 'error'],
    ]);
    const error = thrownBy(() => {
      refuseUnfit(source, declaration.name, judgement);
    });
    expect(error?.cure).toMatch(/: --accept certificate-short-validity --accept certificate-authority-as-leaf$/);
  });

  it('offers to accept nothing where something cannot be accepted', () => {
    const source = lasting(3);
    const accepted = judgeImport(source, declaration, [], noon).refused;
    const expired = judgeImport(source, declaration, [], later(noon, 4 * 86_400)).refused;
    const error = thrownBy(() => {
      refuseUnfit(source, declaration.name, { refused: [...accepted, ...expired], accepted: [], advice: [] });
    });
    expect(error?.cure).not.toContain('--accept');
  });
});

describe('importCertificate', () => {
  it('adds the certificate with its sealed key and what was accepted', async () => {
    const keystore = new Keystore(workplace.path('keystore'));
    const sealer = await Sealer.create([await createIdentity(workplace.identity, noon)]);
    const source = lasting(3);
    const judgement = judgeImport(source, declaration, ['certificate-short-validity'], noon);
    const generation = await importCertificate(source, declaration, judgement, { keystore, sealer, at: noon });
    expect(generation).toMatchObject({ label: '0001', accepted: ['certificate-short-validity'] });
    expect(await openKeys(keystore, workplace.identity)).toHaveLength(1);

    const refused = judgeImport(lasting(2), declaration, [], noon);
    await expect(
      importCertificate(lasting(2), declaration, refused, { keystore, sealer, at: noon }),
    ).rejects.toMatchObject({
      code: 'import-refused',
    });
    expect(keystore.generations(declaration.name)).toHaveLength(1);
  });
});
