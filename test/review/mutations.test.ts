import { reviewRules } from '../../lib/review/rules/review-rules';
import { breakages } from './breakages';
import { idsOf, rawPlan, recordedAt, recordedContext, recordedNames, reviewRaw, settled } from './recorded-plan';

/** What is to be said of each plan that Terraform has made, the worst first. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'application-replaced': ['application-replaced'],
  'audience-widened': ['audience-widened', 'server-certificate-switched'],
  'consent-granted': ['application-permission-consented', 'directory-role-assigned'],
  'consent-placed-apart': ['application-created'],
  'credential-added': [],
  'credential-replaced': ['credential-replaced'],
  'credential-retired': ['credential-retired-early'],
  'data-cloud-created': ['application-permission-consented', 'directory-role-assigned', 'application-created'],
  drifted: ['drift'],
  'existing-application-adopted': [],
  'installation-created': ['application-created', 'delegated-permission-consented'],
  'installed-by-apply': [
    'server-certificate-switched',
    'certificate-installed',
    'certificate-installed',
    'certificate-installed',
  ],
  'interactive-restore-added': [
    'public-client-flows-enabled',
    'delegated-permission-consented',
    'permission-dropped',
    'redirect-uri-added',
  ],
  'nothing-changed': [],
  'organization-created': ['application-permission-consented', 'directory-role-assigned', 'application-created'],
  'organization-destroyed': ['application-destroyed'],
  'owner-added': [],
  'owner-named': ['application-permission-consented', 'directory-role-assigned', 'application-created'],
  'portal-moved': ['certificate-unfit', 'certificate-unfit', 'redirect-uri-moved', 'server-certificate-switched'],
  'redirect-uri-added': ['server-certificate-switched', 'redirect-uri-added'],
  'region-changed': ['region-changed'],
  'server-certificate-switched': ['server-certificate-switched'],
  'service-added': ['application-permission-consented'],
  'services-removed': ['permission-dropped'],
};

describe('reviewStack on plans of Terraform', () => {
  it.each(recordedNames)('says of %s what there is to say, and nothing else', (name) => {
    expect(idsOf(reviewRaw(rawPlan(name), name))).toEqual(EXPECTED[name]);
  });

  it('says nothing of a certificate that leaves after its time', () => {
    const context = recordedContext('credential-retired', new Date('2026-12-10T00:00:00Z'));
    expect(idsOf(reviewRaw(rawPlan('credential-retired'), 'credential-retired', context))).toEqual([]);
  });
});

describe('reviewStack on plans that somebody has broken', () => {
  it.each(breakages)('$rule fires once, and only it: $what', ({ rule, plan: name, at, context, files, mutate }) => {
    const [whole, broken] = [rawPlan(name), rawPlan(name)];
    const before = reviewRaw(whole, name, recordedContext(name, at?.before ?? recordedAt));
    mutate?.(broken);
    settled(broken);
    const moment = at?.after(whole) ?? at?.before ?? recordedAt;
    const compared = recordedContext(name, moment);
    const after = reviewRaw(broken, name, context?.(compared) ?? compared, files);

    expect(idsOf(after).sort()).toEqual([...idsOf(before), rule].sort());
    for (const { cure, id, message, subject } of after.findings) {
      // One sentence each, without a full stop, and nothing in it that only a program would say.
      const said = {
        id,
        subject: /./.test(subject),
        message: /^\S.*[^.\s]$/.test(message),
        cure: /^\S.*[^.\s]$/.test(cure),
      };
      expect(said).toEqual({ id, subject: true, message: true, cure: true });
      expect(`${message} ${cure}`).not.toMatch(/undefined|NaN|Invalid Date|\[object/);
    }
  });

  it('has a breakage for every rule', () => {
    const broken = new Set(breakages.map(({ rule }) => rule));
    expect(reviewRules.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
  });
});
