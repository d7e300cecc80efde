import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Certificate } from '../../../lib/certificates/certificate';
import { formatInstant } from '../../../lib/words/instant';
import type { Attributes, RawChange, RawPlan } from '../recorded-plan';
import {
  type Breakage,
  ORGANIZATION,
  INSTALLATION,
  editing,
  changing,
  find,
  create,
  destroy,
  update,
  set,
  takeOut,
} from './edits';
import { certificate } from './foreign-certificate';

const soon = new Date('2026-12-10T00:00:00Z');

export const credentialBreakages: readonly Breakage[] = [
  {
    rule: 'credential-replaced',
    what: 'destroyed, then created',
    plan: ORGANIZATION,
    mutate: changing('azuread_application_certificate', (change) => (change.actions = ['delete', 'create'])),
  },
  {
    rule: 'credential-replaced',
    what: 'created, then destroyed',
    plan: ORGANIZATION,
    mutate: changing('azuread_application_certificate', (change) => (change.actions = ['create', 'delete'])),
  },
  {
    rule: 'credential-current-removed',
    what: 'the only one',
    plan: ORGANIZATION,
    mutate: changing('azuread_application_certificate', destroy),
  },
  {
    rule: 'credential-current-removed',
    what: 'while a superseded one stays',
    plan: 'credential-added',
    mutate: changing(
      'azuread_application_certificate',
      (change) => {
        change.before = { ...change.after };
        destroy(change);
      },
      1,
    ),
  },
  {
    rule: 'credential-current-removed',
    what: 'known by the output only, which the apply changes',
    plan: 'credential-retired',
    at: { before: soon, after: () => soon },
    mutate: editing((plan) => {
      const removed = Certificate.fromPem(String(find(plan, 'azuread_application_certificate').change.before?.value));
      outputOf(plan).before = { ...outputOf(plan).before, generation: '0001', thumbprint: removed.thumbprint };
    }),
  },
  {
    rule: 'credential-last-valid-removed',
    what: 'the one that stays has expired',
    plan: 'credential-retired',
    at: { before: soon, after: () => soon },
    mutate: changing(
      'azuread_application_certificate',
      (change) => {
        change.before = { ...change.before, ...attributesOf(certificate('2024-01-01', '2025-01-01')) };
        change.after = change.before;
      },
      1,
    ),
  },
  {
    rule: 'credential-last-valid-removed',
    what: 'none stays',
    plan: 'credential-retired',
    at: { before: soon, after: () => soon },
    mutate: editing((plan) => {
      takeOut(plan, find(plan, 'azuread_application_certificate', 1).address);
    }),
  },
  {
    rule: 'credential-unreadable',
    what: 'no certificate',
    plan: 'credential-added',
    mutate: changing('azuread_application_certificate', set({ value: 'hello' }), 1),
  },
  {
    rule: 'credential-unreadable',
    what: 'damaged',
    plan: 'credential-added',
    mutate: changing(
      'azuread_application_certificate',
      (change) => {
        change.after = { ...change.after, value: String(change.after?.value).replace(/\n.{64}\n/, '\n') };
      },
      1,
    ),
  },
  {
    rule: 'credential-unknown',
    what: 'that of another resource',
    plan: 'credential-added',
    mutate: changing(
      'azuread_application_certificate',
      (change) => {
        set({ value: undefined })(change);
        change.after_unknown = { ...change.after_unknown, value: true };
      },
      1,
    ),
  },
  {
    rule: 'credential-of-another-lineage',
    what: 'that of a role of the server',
    plan: 'installation-created',
    mutate: changing('azuread_application_certificate', (change) => {
      added(keptCertificate('installation-created', 'primary/server/0001'))(change);
    }),
  },
  {
    rule: 'credential-weak',
    what: 'a key of 1024 bits',
    plan: 'credential-added',
    mutate: changing('azuread_application_certificate', added(certificate('2026-11-01', '2027-11-01', 'rsa-1024')), 1),
  },
  {
    rule: 'credential-added-expired',
    what: 'a year ago',
    plan: 'credential-added',
    mutate: changing('azuread_application_certificate', added(certificate('2024-01-01', '2025-01-01')), 1),
  },
  {
    rule: 'credential-not-in-keystore',
    what: 'somebody else made it',
    plan: 'credential-added',
    mutate: changing('azuread_application_certificate', added(certificate('2026-11-01', '2027-11-01')), 1),
  },
  {
    rule: 'credential-dates-differ',
    what: 'it ends a year later',
    plan: 'credential-added',
    mutate: changing('azuread_application_certificate', set({ end_date: '2029-01-01T00:00:00Z' }), 1),
  },
  {
    rule: 'credential-not-yet-valid',
    what: 'a second too early',
    plan: 'credential-added',
    at: { after: (whole) => new Date(Date.parse(startOf(whole)) - 1000) },
  },
  { rule: 'credential-expired', what: 'a year later', plan: ORGANIZATION, at: { after: () => new Date('2028-01-01') } },
  {
    rule: 'credential-expiring',
    what: 'in its last days',
    plan: ORGANIZATION,
    at: { after: () => new Date('2027-11-10') },
  },
  {
    rule: 'credential-retired-early',
    what: 'a day after its successor came',
    plan: 'credential-retired',
    at: { before: soon, after: () => new Date('2026-11-22') },
  },
  {
    rule: 'credential-last-valid-removed',
    what: 'its successor comes with the same apply',
    plan: 'credential-retired',
    at: { before: soon, after: () => soon },
    mutate: changing('azuread_application_certificate', create, 1),
  },
  {
    rule: 'credential-last-valid-removed',
    what: 'the one that stays ends earlier in Entra than its certificate',
    plan: 'credential-retired',
    at: { before: soon, after: () => soon },
    mutate: changing(
      'azuread_application_certificate',
      (change) => {
        set({ end_date: '2026-12-01T00:00:00Z' }, 'before')(change);
        set({ end_date: '2026-12-01T00:00:00Z' })(change);
      },
      1,
    ),
  },
  {
    rule: 'credential-last-valid-removed',
    what: 'the one that stays is of another application of another stack',
    plan: 'credential-retired',
    at: { before: soon, after: () => soon },
    mutate: changing(
      'azuread_application_certificate',
      (change) => {
        set({ application_id: '/applications/another' }, 'before')(change);
        set({ application_id: '/applications/another' })(change);
      },
      1,
    ),
  },
  {
    rule: 'credential-held-twice',
    what: 'under the key id of a wizard, which stays',
    plan: 'credential-retired',
    at: { before: soon, after: () => soon },
    mutate: editing((plan) => {
      const leaving = find(plan, 'azuread_application_certificate');
      const values = { ...leaving.change.before, key_id: '99999999-9999-9999-9999-999999999999' };
      const change = { actions: ['no-op'], before: values, after: values, after_unknown: {} };
      plan.resource_changes.push({ ...leaving, address: 'azuread_application_certificate.wizard', change });
    }),
  },
  {
    rule: 'server-certificate-expired',
    what: 'years ago',
    plan: INSTALLATION,
    mutate: changing('terraform_data', (change) => {
      set({ input: { ...inputOf(change), expires: '2020-01-01T00:00:00Z' } })(change);
    }),
  },
  {
    rule: 'server-certificate-expiring',
    what: 'in its last days',
    plan: INSTALLATION,
    mutate: expiring('2026-12-01T00:00:00Z'),
  },
  {
    rule: 'server-certificate-expiring',
    what: 'expired, and nothing changes',
    plan: INSTALLATION,
    mutate: expiring('2026-11-01T00:00:00Z'),
  },
  {
    rule: 'server-certificate-removed',
    what: 'a role that is no longer declared',
    plan: INSTALLATION,
    mutate: changing('terraform_data', destroy, 1),
  },
  {
    rule: 'certificate-installed',
    what: 'another way for the next one',
    plan: 'installed-by-apply',
    mutate: editing((plan) => {
      const installer = plan.resource_changes.find(({ address }) => address.includes('rest-api-install'));
      if (installer === undefined) throw new Error('the plan installs nothing');
      const { change } = installer;
      change.before = { ...change.after, input: { ...inputOf(change), via: 'ssh' } };
      change.actions = ['update'];
    }),
  },
  {
    rule: 'server-certificate-switched',
    what: 'to another host',
    plan: INSTALLATION,
    mutate: changing(
      'terraform_data',
      (change) => {
        update({ input: { ...inputOf(change), host: 'another.example.com' } })(change);
      },
      1,
    ),
  },
  {
    rule: 'server-certificate-switched',
    what: 'a second role',
    plan: INSTALLATION,
    mutate: changing(
      'terraform_data',
      (change) => {
        const input = { ...inputOf(change), thumbprint: '0'.repeat(40), generation: '0002' };
        update({ input })(change);
      },
      1,
    ),
  },
];

function attributesOf({ notAfter, notBefore, pem }: Certificate): Attributes {
  return { value: pem, start_date: formatInstant(notBefore), end_date: formatInstant(notAfter) };
}

function added(content: Certificate): (change: RawChange['change']) => void {
  return set(attributesOf(content));
}

/** A certificate of the keystore of a recorded plan. */
function keptCertificate(plan: string, generation: string): Certificate {
  return Certificate.fromPem(
    readFileSync(join(__dirname, '..', 'plans', plan, 'keystore', `${generation}.crt`), 'utf8'),
  );
}

/** Before and after: the plan does not touch it. */
function expiring(expires: string): (plan: RawPlan) => void {
  return changing(
    'terraform_data',
    (change) => {
      const input = { ...inputOf(change), expires };
      set({ input }, 'before')(change);
      set({ input })(change);
    },
    1,
  );
}

function inputOf({ after }: RawChange['change']): Attributes {
  const { input } = after ?? {};
  return typeof input === 'object' ? { ...input } : {};
}

function outputOf(plan: RawPlan): RawPlan['output_changes'][string] {
  const found = Object.entries(plan.output_changes).find(([name]) => name.includes('_current_'))?.[1];
  if (found === undefined) throw new Error('the plan has no output of a current certificate');
  return found;
}

function startOf(plan: RawPlan): string {
  return String(find(plan, 'azuread_application_certificate', 1).change.after?.start_date);
}
