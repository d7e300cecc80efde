import fc from 'fast-check';
import { Certificate } from '../../../lib/certificates/certificate';
import { readValidity } from '../../../lib/certificates/x509/validity';
import { opensslCertificate } from '../../support/openssl';
import { later, noon, selfSigned } from '../../support/self-signed';

const PEM = selfSigned().pem;

describe('readValidity', () => {
  it('takes no date of an issuer for that of a leaf that is cut off', () => {
    const { pem } = selfSigned();
    expect(readValidity(`${pem.slice(0, 400)}\n${pem}`)).toBeUndefined();
  });

  it.each([
    ['1999-12-31T23:59:59Z', '2000-02-29T00:00:00Z'],
    ['2026-06-01T12:00:00Z', '2049-12-31T23:59:59Z'],
    ['2049-12-31T23:59:59Z', '2050-01-01T00:00:00Z'],
    ['2026-06-01T12:00:00Z', '9999-12-31T23:59:59Z'],
  ])('reads %s and %s', (from, to) => {
    const [notBefore, notAfter] = [new Date(from), new Date(to)];
    expect(readValidity(selfSigned({ notBefore, notAfter }).pem)).toEqual({ notBefore, notAfter });
  });

  it('reads what openssl makes as the platform does, behind readable lines and with CRLF', () => {
    const { pem } = opensslCertificate({});
    const { notAfter, notBefore } = Certificate.fromPem(pem);
    const text = `Subject: CN=x\n\n${pem}\n${PEM}\n`.replaceAll('\n', '\r\n');
    expect(readValidity(text)).toEqual({ notBefore, notAfter });
  });

  it('agrees with the platform about any second', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 1, max: 1e9 }), (start, length) => {
        const notBefore = later(noon, start);
        const { pem, notAfter } = selfSigned({ notBefore, notAfter: later(notBefore, length) });
        expect(readValidity(pem)).toEqual({ notBefore, notAfter });
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ['an empty text', ''],
    ['another text', 'not even a certificate'],
    ['a certificate that is cut off', PEM.slice(0, 900)],
    ['a certificate with a hole', PEM.replace(/\n.{64}\n/, '\n')],
    ['an empty block', '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----'],
    ['lengths without end', '-----BEGIN CERTIFICATE-----\nMIAwgDCAMIA=\n-----END CERTIFICATE-----'],
  ])('has nothing to say of %s', (_, text) => {
    expect(readValidity(text)).toBeUndefined();
  });

  it('ends for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const body = Buffer.from(bytes).toString('base64');
        const validity = readValidity(`-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----`);
        expect(validity).toBeUndefined();
      }),
    );
  });
});
