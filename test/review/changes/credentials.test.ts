import { CertificateIndex } from '../../../lib/review/stack/certificate-index';
import { readPlan } from '../../../lib/plan/plan';
import { reviewStack } from '../../../lib/review/review-stack';
import { stackPlan } from '../../../lib/review/stack/stack-plan';
import { later, noon, selfSigned } from '../../support/self-signed';

describe('a key credential that takes the place of another one', () => {
  it('is told by its own name and dates, and the other one by its own', () => {
    const [old, next] = [selfSigned(), selfSigned({ notBefore: later(noon, 86_400) })];
    const application = { id: '/applications/1', display_name: 'VB365 contoso' };
    const changes = [
      {
        address: 'azuread_application.a',
        mode: 'managed',
        type: 'azuread_application',
        change: { actions: ['no-op'], before: application, after: application, after_unknown: {} },
      },
      {
        address: 'azuread_application_certificate.c',
        mode: 'managed',
        type: 'azuread_application_certificate',
        change: {
          actions: ['delete', 'create'],
          before: {
            application_id: '/applications/1',
            value: old.pem,
            start_date: '2026-06-01T12:00:00Z',
            key_id: 'k',
          },
          after: { application_id: '/applications/1', value: next.pem },
          after_unknown: { key_id: true, start_date: true },
        },
      },
    ];
    const context = { at: noon, configuration: undefined, certificates: new CertificateIndex([], () => []) };
    const plan = readPlan({ format_version: '1.2', resource_changes: changes }, 'plan.json');
    const { findings } = reviewStack(stackPlan(plan, 'contoso', context), context);

    const told = (id: string): string => findings.find((finding) => finding.id === id)?.message ?? '';
    expect(told('credential-not-yet-valid')).toContain(next.thumbprint);
    expect(told('credential-not-yet-valid')).not.toContain(old.thumbprint);
    expect(told('credential-replaced')).toContain(old.thumbprint);
    expect(told('credential-dates-differ')).toBe('');
  });
});
