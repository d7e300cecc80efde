import { CertificateIndex } from '../../../lib/review/stack/certificate-index';
import { reviewSchema } from '../../../lib/review/document/schema';
import type { StackSummary } from '../../../lib/review/document/document';
import { summarizeStack } from '../../../lib/review/document/summarize-stack';
import { expectGrowthWithInput } from '../../support/growth';
import { find, set, update } from '../breakages/edits';
import { type RawPlan, rawPlan, recordedAt, recordedContext, recordedNames, reviewRaw } from '../recorded-plan';
import { documentOf } from '../summaries';

function summaryOf(name: string, change: (plan: RawPlan) => void = () => undefined): StackSummary {
  const plan = rawPlan(name);
  change(plan);
  return summarizeStack(reviewRaw(plan, name), `${name}/plan.json`, recordedAt);
}

function credentialsOf(name: string, change?: (plan: RawPlan) => void): unknown[] {
  return summaryOf(name, change).credentials.map(({ change: what, current, generation, lineage, overlapDays }) => ({
    ...{ what, current, generation, lineage, overlapDays },
  }));
}

const LINEAGE = 'contoso/entra-application';

describe('summarizeStack', () => {
  it.each(recordedNames)('makes of %s what the schema describes', (name) => {
    const document = documentOf([summaryOf(name)]);
    expect(reviewSchema.parse(JSON.parse(JSON.stringify(document)))).toEqual(document);
  });

  it('tells a certificate that is added, and by how many days it overlaps the one that stays', () => {
    expect(credentialsOf('credential-added')).toEqual([
      { what: 'kept', current: false, generation: '0001', lineage: LINEAGE, overlapDays: 365 },
      { what: 'added', current: true, generation: '0002', lineage: LINEAGE, overlapDays: null },
    ]);
  });

  it('counts the overlap of one that is taken away up to the review', () => {
    expect(credentialsOf('credential-retired')).toEqual([
      { what: 'removed', current: null, generation: '0001', lineage: LINEAGE, overlapDays: 0 },
      { what: 'kept', current: true, generation: '0002', lineage: LINEAGE, overlapDays: null },
    ]);
  });

  it('names one that has left the keystore by what the stack told of it while it was current', () => {
    const plan = rawPlan('organization-destroyed');
    const [output] = Object.entries(plan.output_changes).filter(([name]) => name.includes('_current_'));
    expect(output?.[1].before).toMatchObject({ lineage: LINEAGE, generation: '0002' });
    const certificates = new CertificateIndex([], () => []);
    const context = { ...recordedContext('organization-destroyed'), certificates };
    const { credentials } = summarizeStack(reviewRaw(plan, 'x', context), 'x', recordedAt);
    expect(credentials).toMatchObject([{ lineage: LINEAGE, generation: '0002', current: null, change: 'removed' }]);
  });

  it('tells two certificates where one takes the place of another at the same address', () => {
    const other = rawPlan('credential-added').resource_changes.find(({ address }) => address.includes('_0001_'));
    const replaced = credentialsOf('credential-replaced', ({ resource_changes: changes }) => {
      const credential = changes.find(({ type }) => type === 'azuread_application_certificate');
      Object.assign(credential!.change.before!, { value: other?.change.before?.value });
    });
    expect(replaced).toMatchObject([{ what: 'replaced' }, { what: 'replacement', generation: '0002' }]);
  });

  it('shows what becomes of an application, and only values that are never secret', () => {
    const { applications } = summaryOf('audience-widened', ({ resource_changes: changes }) => {
      const application = changes.find(({ type }) => type === 'azuread_application');
      Object.assign(application!.change.after!, { notes: 'hunter2' });
    });
    expect(applications).toMatchObject([{ displayName: 'VB365 Restore Portal', effect: 'update' }]);
    expect(applications[0]?.changes).toEqual([
      { attribute: 'notes', from: null, to: null },
      { attribute: 'sign_in_audience', from: 'AzureADMyOrg', to: 'AzureADMultipleOrgs' },
    ]);
  });

  it('names permissions that are gained and lost', () => {
    const { access } = summaryOf('service-added');
    expect(access).toHaveLength(1);
    expect(access[0]?.granted.removed).toEqual([]);
    expect(access[0]?.granted.added).toEqual(expect.arrayContaining(access[0]?.requested.added ?? []));
    expect(access[0]?.granted.added).toContainEqual({
      ...{ api: 'Microsoft Graph', kind: 'application', name: 'ChannelMember.Read.All' },
    });
  });

  it('tells redirect URIs and installations by what was and what comes', () => {
    const { installations, redirectUris } = summaryOf('portal-moved');
    expect(redirectUris).toEqual([
      {
        ...{ application: 'VB365 Restore Portal', platform: 'SPA' },
        ...{ added: ['https://portal.example.net:4443/'], removed: ['https://portal.example.com:4443/'] },
      },
    ]);
    const switched = installations.filter(({ change }) => change !== 'kept');
    expect(switched).toMatchObject([
      { lineage: 'primary/rest-api', change: 'switched', from: { generation: '0001' }, to: { generation: '0002' } },
    ]);
  });

  it('counts as Terraform does, and lists what this library does not make', () => {
    const { changes, counts } = summaryOf('application-replaced', ({ resource_changes: resources }) => {
      const [first] = resources;
      resources.push({ ...first!, address: 'random_pet.x', type: 'random_pet' });
    });
    expect(counts).toMatchObject({ replace: 17, create: 0, unchanged: 0 });
    expect(changes.filter(({ ours }) => !ours)).toMatchObject([{ address: 'random_pet.x', effect: 'replace' }]);
  });

  it('compares twenty thousand redirect URIs in time that grows with their number only', () => {
    const reviewOf = (count: number): ReturnType<typeof reviewRaw> => {
      const plan = rawPlan('nothing-changed');
      const uris = (end: string): string[] =>
        Array.from({ length: count }, (_, index) => `https://h${index}.example/${end}`);
      const { change } = find(plan, 'azuread_application');
      set({ web: [{ redirect_uris: uris('') }] }, 'before')(change);
      update({ web: [{ redirect_uris: uris('new') }] })(change);
      return reviewRaw(plan, 'nothing-changed');
    };
    const counts = new Set<number>();
    expectGrowthWithInput(20_000, reviewOf, (review) => {
      const { redirectUris } = summarizeStack(review, 'plan.json', recordedAt);
      for (const { added, removed } of redirectUris) counts.add(added.length).add(removed.length);
    });
    expect([...counts]).toEqual([2_500, 20_000]);
  });

  it('cuts what is longer than any name', () => {
    const { changes } = summaryOf('organization-created', ({ resource_changes: resources }) => {
      resources.push({ ...resources[0]!, address: 'x'.repeat(10_000) });
    });
    expect(changes.at(-1)?.address.length).toBeLessThan(2_100);
  });
});
