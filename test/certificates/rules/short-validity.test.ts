import { shortValidity } from '../../../lib/certificates/rules/short-validity';
import { later, noon, selfSigned } from '../../support/self-signed';

const MONTH = 30 * 86_400;

describe('certificate-short-validity', () => {
  const certificate = selfSigned({ notBefore: noon, notAfter: later(noon, 2 * MONTH) });

  it.each([MONTH + 1, 2 * MONTH - 1, 2 * MONTH])('fires %d seconds into the validity', (seconds) => {
    expect(shortValidity({ certificate, at: later(noon, seconds), minimumValidityDays: 30 })).toBeDefined();
  });

  it.each([0, MONTH])('is silent %d seconds into the validity', (seconds) => {
    expect(shortValidity({ certificate, at: later(noon, seconds), minimumValidityDays: 30 })).toBeUndefined();
  });

  it('is silent for a certificate that has expired, which another rule says', () => {
    const at = later(noon, 2 * MONTH + 1);

    expect(shortValidity({ certificate, at, minimumValidityDays: 30 })).toBeUndefined();
  });

  it('is silent where no days are asked for', () => {
    expect(shortValidity({ certificate, at: later(noon, 2 * MONTH) })).toBeUndefined();
  });

  it('says the days that are left and those that are asked for', () => {
    const complaint = shortValidity({ certificate, at: later(noon, MONTH + 1), minimumValidityDays: 30 });

    expect(complaint?.message).toBe('it expires at 2026-07-31T12:00:00Z, in 29 days, where 30 days are asked for');
  });
});
