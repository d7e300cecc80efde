import { reviewRuleHeads } from '../../lib/catalogue/review-rules';
import type { Verdict } from '../../lib/review/review-stack';
import { breakages } from './breakages';
import { add, changing, editing, find, ORGANIZATION, update } from './breakages/edits';
import {
  type Attributes,
  rawPlan,
  type RawPlan,
  recordedContext,
  recordedAt,
  recordedNames,
  reviewRaw,
  settled,
} from './recorded-plan';

/** Plans of Terraform that nobody means: `-replace`, `-destroy`, another cloud. */
const MEANT_TO_END =
  /^(?:application-replaced|audience-widened|credential-replaced|credential-retired|organization-destroyed|region-changed)$/;

/** What somebody may change without anything to fear. */
const HARMLESS: Readonly<Record<string, (plan: RawPlan) => void>> = {
  'another name': changing('azuread_application', update({ display_name: 'VB365 Contoso' })),
  'a description': changing('azuread_application', update({ description: 'backs up Contoso' })),
  'notes of the service principal': changing(
    'azuread_service_principal',
    update({ notes: 'asked for by the helpdesk' }),
  ),
  tags: changing('azuread_application', update({ tags: ['backup'] })),
  'the address of a help page': changing('azuread_application', update({ support_url: 'https://support.example.com' })),
  'whom Entra tells of a certificate that expires': changing(
    'azuread_service_principal',
    update({ notification_email_addresses: ['backup@example.com'] }),
  ),
  'another order of permissions': changing('azuread_application_api_access', (change) => {
    change.actions = ['update'];
    const roles = Array.isArray(change.after?.role_ids) ? [...(change.after.role_ids as string[])].reverse() : [];
    change.after = { ...change.after, role_ids: roles };
  }),
  'a longer wait': changing('azuread_application', update({ timeouts: { create: '10m' } })),
  nothing: add('azuread_service_principal', {}, 'no-op'),
  'another order of permissions that stay': changing('azuread_application_api_access', (change) => {
    const roles = change.after?.role_ids;
    change.after = { ...change.after, role_ids: Array.isArray(roles) ? [...(roles as string[])].reverse() : roles };
  }),
  'another order of everything': (plan) => {
    plan.resource_changes.reverse();
    plan.resource_drift.reverse();
  },
  'ids in upper case': editing((plan) => {
    const { after } = find(plan, 'azuread_app_role_assignment').change;
    const ids = ['app_role_id', 'principal_object_id', 'resource_object_id'].map((name) => [
      name,
      String(after?.[name]).toUpperCase(),
    ]);
    add('azuread_app_role_assignment', Object.fromEntries(ids) as Attributes)(plan);
  }),
  'another version of Terraform, which says more': (plan) => {
    Object.assign(plan, { format_version: '1.9', terraform_version: '1.99.0', something_new: { of: ['others'] } });
  },
  'a condition that holds': (plan) => {
    plan.checks = [{ address: { kind: 'resource', to_display: 'azuread_application.a' }, status: 'pass' }];
  },
  'another output': ({ output_changes: outputs }) => {
    Object.assign(outputs, { note: { actions: ['create'], before: null, after: 'hello', after_unknown: false } });
  },
};

function verdictOf(name: string, mutate: (plan: RawPlan) => void): Verdict {
  const plan = rawPlan(name);
  mutate(plan);
  return reviewRaw(settled(plan), name).verdict;
}

describe('the gate', () => {
  it('is tried with every way to harm that anybody has thought of', () => {
    expect(breakages.length).toBeGreaterThanOrEqual(150);
  });

  it.each(breakages)('says of "$rule: $what" what its rule asks for', (breakage) => {
    const { rule, plan: name, at, context, files, mutate } = breakage;
    const [whole, broken] = [rawPlan(name), rawPlan(name)];
    mutate?.(broken);
    const compared = recordedContext(name, at?.after(whole) ?? at?.before ?? recordedAt);
    const { findings, verdict } = reviewRaw(settled(broken), name, context?.(compared) ?? compared, files);
    const { severity } = reviewRuleHeads[rule];
    expect(findings.map(({ id }) => id)).toContain(rule);
    if (severity === 'block') expect(verdict).toBe('block');
    if (severity === 'warn') expect(verdict).toMatch(/^(?:warn|block)$/);
  });

  it.each(Object.entries(HARMLESS))('lets %s pass', (_, mutate) => {
    expect(verdictOf(ORGANIZATION, mutate)).toMatch(/^(?:clean|note)$/);
  });

  it.each(recordedNames.filter((name) => !MEANT_TO_END.test(name)))('does not block the honest plan %s', (name) => {
    expect(reviewRaw(rawPlan(name), name).verdict).not.toBe('block');
  });
});
