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

describe('a key credential that was imported, whose certificate no state knows', () => {
  const application = { id: '/applications/1', display_name: 'VB365 contoso' };
  const address = 'azuread_application_certificate.contoso_entra-application_0001_certificate_00000000';

  /** @param value as the configuration has it */
  function review(actions: readonly string[], certificate: ReturnType<typeof selfSigned>, value?: string) {
    const values = {
      application_id: '/applications/1',
      value: null,
      start_date: certificate.notBefore.toISOString(),
      end_date: certificate.notAfter.toISOString(),
      key_id: 'k',
    };
    const plan = readPlan(
      {
        format_version: '1.2',
        resource_changes: [
          {
            address: 'azuread_application.a',
            mode: 'managed',
            type: 'azuread_application',
            change: { actions: ['no-op'], before: application, after: application, after_unknown: {} },
          },
          {
            address,
            mode: 'managed',
            type: 'azuread_application_certificate',
            change: {
              actions,
              before: values,
              after: actions.includes('delete') ? null : values,
              after_unknown: {},
            },
          },
        ],
        configuration: {
          root_module: {
            resources: value === undefined ? [] : [{ address, expressions: { value: { constant_value: value } } }],
          },
        },
      },
      'plan.json',
    );
    const context = { at: noon, configuration: undefined, certificates: new CertificateIndex([], () => []) };
    const stack = stackPlan(plan, 'contoso', context);
    return { stack, ids: reviewStack(stack, context).findings.map(({ id }) => id) };
  }

  it('is read from the configuration while it stays', () => {
    const certificate = selfSigned();
    const { ids, stack } = review(['no-op'], certificate, certificate.pem);
    expect(ids).toEqual([]);
    expect(stack.credentials[0]?.after?.certificate?.thumbprint).toBe(certificate.thumbprint);
  });

  it('is missed by its dates when it goes as the last one', () => {
    expect(review(['delete'], selfSigned()).ids).toEqual(['credential-last-valid-removed']);
  });
});
