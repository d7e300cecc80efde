import { expired } from '../../../lib/certificates/rules/expired';
import { later, noon, selfSigned } from '../../support/self-signed';

describe('certificate-expired', () => {
  const certificate = selfSigned({ notBefore: later(noon, -86_400), notAfter: noon });

  it.each([1, 86_400, 1_000_000])('fires %d seconds after the last one', (seconds) => {
    expect(expired({ certificate, at: later(noon, seconds) })).toBeDefined();
  });

  it.each([-86_400, -1, 0])('is silent at %d seconds, the last one included', (seconds) => {
    expect(expired({ certificate, at: later(noon, seconds) })).toBeUndefined();
  });

  it('says when it expired, and how long ago', () => {
    expect(expired({ certificate, at: later(noon, 86_400) })?.message).toBe(
      'it expired at 2026-06-01T12:00:00Z, 1 day before 2026-06-02T12:00:00Z',
    );
  });
});
