import { readPlan } from '../../../lib/plan/plan';
import { reviewStack } from '../../../lib/review/review-stack';
import { CertificateIndex } from '../../../lib/review/stack/certificate-index';
import { stackPlan } from '../../../lib/review/stack/stack-plan';
import { noon } from '../../support/self-signed';

/** Ids of what is said where the redirect URIs of an application change. */
function said(before: readonly string[], after: readonly string[]): string[] {
  const context = { at: noon, configuration: undefined, certificates: new CertificateIndex([], () => []) };
  const values = (uris: readonly string[]): object => ({
    id: '/applications/1',
    display_name: 'Portal',
    single_page_application: [{ redirect_uris: uris }],
  });
  const change = { actions: ['update'], before: values(before), after: values(after), after_unknown: {} };
  const resource = { address: 'azuread_application.a', mode: 'managed', type: 'azuread_application', change };
  const plan = readPlan({ format_version: '1.2', resource_changes: [resource] }, 'plan.json');
  const { findings } = reviewStack(stackPlan(plan, 'contoso', context), context);
  return findings.map(({ id }) => id).filter((id) => id.startsWith('redirect-uri'));
}

describe('redirect URIs that change', () => {
  it.each([
    ['https://h.example.com:4443', 'https://h.example.com:4443/'],
    ['https://H.example.com/', 'https://h.example.com/'],
    ['https://h.example.com:443/', 'https://h.example.com/'],
  ])('mean the same: %s and %s', (before, after) => {
    expect(said([before], [after])).toEqual([]);
    expect(said([after], [before])).toEqual([]);
  });

  it.each([
    ['another path', 'https://h.example.com/', 'https://h.example.com/x'],
    ['the case of a path', 'https://h.example.com/a', 'https://h.example.com/A'],
    ['another port', 'https://h.example.com/', 'https://h.example.com:4443/'],
    ['a user name', 'https://h.example.com/', 'https://h.example.com@evil.example/'],
    ['another scheme', 'https://localhost/', 'http://localhost/'],
  ])('are told for %s', (_, before, after) => {
    expect(said([before], [after])).not.toEqual([]);
    expect(said([before], [before, after])).not.toEqual([]);
  });
});
