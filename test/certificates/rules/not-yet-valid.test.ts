import { notYetValid } from '../../../lib/certificates/rules/not-yet-valid';
import { later, noon, selfSigned } from '../../support/self-signed';

describe('certificate-not-yet-valid', () => {
  const certificate = selfSigned({ notBefore: noon });

  it.each([-86_400, -1])('fires at %d seconds', (seconds) => {
    const complaint = notYetValid({ certificate, at: later(noon, seconds) });

    expect(complaint?.message).toContain('2026-06-01T12:00:00Z');
  });

  it.each([0, 1])('is silent at %d seconds, the first one included', (seconds) => {
    expect(notYetValid({ certificate, at: later(noon, seconds) })).toBeUndefined();
  });
});
