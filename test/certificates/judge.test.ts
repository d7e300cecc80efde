import fc from 'fast-check';
import { checkAcceptedIds, judgeCertificate, unacceptedFindings } from '../../lib/certificates/judge';
import { certificateProfile } from '../../lib/certificates/profile';
import { certificateRules } from '../../lib/certificates/rules/certificate-rules';
import { hasErrors } from '../../lib/findings';
import { later, noon, selfSigned } from '../support/self-signed';
import { opensslCertificate } from '../support/openssl';
import { thrownBy } from '../support/thrown';

const subject = 'primary/rest-api';
const profile = certificateProfile('rest-api', { commonName: 'vb365.example.com', hosts: ['vb365.example.com'] });
const ids = certificateRules.map((rule) => rule.id);

describe('judgeCertificate', () => {
  it('finds nothing in a certificate that fits its role', () => {
    expect(judgeCertificate({ certificate: selfSigned({ profile }), profile, at: noon, subject })).toEqual([]);
  });

  it('tells everything at once, in the order of the rules', () => {
    const certificate = opensslCertificate({
      key: 'rsa-1024',
      signing: ['-sha1', '-days', '1'],
      subject: '/CN=other.example.com',
      extensions: ['extendedKeyUsage = clientAuth', 'basicConstraints = CA:TRUE'],
    });

    const findings = judgeCertificate({ certificate, profile, at: later(certificate.notAfter, 1), subject });

    expect(findings.map((finding) => finding.id)).toEqual([
      'certificate-key-too-small',
      'certificate-sha1-self-signature',
      'certificate-expired',
      'certificate-name-mismatch',
      'certificate-usage-mismatch',
      'certificate-authority-as-leaf',
    ]);
  });

  it('gives each finding the severity of its rule, the subject, a message and a cure', () => {
    const certificate = selfSigned({ notBefore: noon });

    expect(judgeCertificate({ certificate, at: later(noon, -1), subject })).toEqual([
      {
        id: 'certificate-not-yet-valid',
        severity: 'error',
        subject,
        message: 'it becomes valid at 2026-06-01T12:00:00Z, after 2026-06-01T11:59:59Z',
        cure: 'wait until 2026-06-01T12:00:00Z, and check the clock of this machine',
      },
    ]);
  });

  it('never finds both that a certificate has expired and that it is not valid yet', () => {
    const certificate = selfSigned({ notBefore: noon, notAfter: later(noon, 86_400) });
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 200_000 }), (seconds) => {
        const findings = judgeCertificate({ certificate, at: later(noon, seconds), subject });
        expect(hasErrors(findings)).toBe(seconds < 0 || seconds > 86_400);
        expect(findings.length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('unacceptedFindings', () => {
  const weak = opensslCertificate({ signing: ['-sha1'], extensions: ['extendedKeyUsage = clientAuth'] });
  const findings = judgeCertificate({ certificate: weak, profile, at: later(weak.notAfter, 1), subject });

  it('leaves out what was accepted and keeps the rest', () => {
    const left = unacceptedFindings(findings, ['certificate-sha1-self-signature', 'certificate-name-mismatch']);

    expect(left.map((finding) => finding.id)).toEqual([
      'certificate-expired',
      'certificate-no-alternative-names',
      'certificate-usage-mismatch',
    ]);
  });

  it('keeps everything where nothing was accepted', () => {
    expect(unacceptedFindings(findings, [])).toEqual(findings);
  });

  it('keeps what may not be accepted, whatever was', () => {
    expect(unacceptedFindings(findings, ids).map((finding) => finding.id)).toEqual(['certificate-expired']);
  });
});

describe('checkAcceptedIds', () => {
  const acceptable = certificateRules.filter((rule) => rule.acceptable).map((rule) => rule.id);
  const useless = certificateRules.filter((rule) => !rule.acceptable).map((rule) => rule.id);

  it('takes every id that can be accepted, and none at all', () => {
    expect(
      thrownBy(() => {
        checkAcceptedIds(acceptable);
      }),
    ).toBeUndefined();
    expect(
      thrownBy(() => {
        checkAcceptedIds([]);
      }),
    ).toBeUndefined();
  });

  it.each(useless)('fails for %s and lists what can be accepted', (id) => {
    const error = thrownBy(() => {
      checkAcceptedIds([...acceptable, id]);
    });

    expect(error).toMatchObject({ code: 'finding-not-acceptable', subject: id });
    expect(error?.message).toContain(acceptable.join(', '));
  });

  it.each(['', 'sha1', 'CERTIFICATE-EXPIRED', 'toString'])(
    'fails for the unknown id %j and lists those there are',
    (id) => {
      const error = thrownBy(() => {
        checkAcceptedIds([id]);
      });

      expect(error).toMatchObject({ code: 'finding-unknown', subject: id });
      expect(error?.message).toContain(acceptable.join(', '));
    },
  );
});
