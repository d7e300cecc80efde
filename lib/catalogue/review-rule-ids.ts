/**
 * Ids of every rule about a plan; people write them into `vb365.yaml`, so that none ever changes. The rules themselves stand
 * above the configuration, which has to know their names.
 */
const adjustableIds = [
  'plan-incomplete',
  'stack-unknown',
  'provisioner-added',
  'provider-unknown',
  'action-invoked',
  'drift',
  'foreign-resource-changed',
  'foreign-principal',
  'attribute-unknown',
  'attribute-not-judged',
  'deposed-destroyed',
  'credential-replaced',
  'credential-current-removed',
  'credential-last-valid-removed',
  'credential-unreadable',
  'credential-unknown',
  'credential-added-expired',
  'credential-weak',
  'credential-expired',
  'credential-expiring',
  'credential-not-yet-valid',
  'credential-not-in-keystore',
  'credential-of-another-lineage',
  'credential-retired-early',
  'credential-dates-differ',
  'server-certificate-switched',
  'server-certificate-expired',
  'server-certificate-expiring',
  'server-certificate-removed',
  'certificate-installed',
  'application-destroyed',
  'application-replaced',
  'service-principal-removed',
  'service-principal-disabled',
  'assignment-required',
  'application-created',
  'application-renamed',
  'application-owner-added',
  'audience-widened',
  'audience-narrowed',
  'public-client-flows-enabled',
  'public-client-flows-disabled',
  'implicit-grant-enabled',
  'exposed-scope-removed',
  'identifier-uri-removed',
  'application-permission-consented',
  'delegated-permission-consented',
  'directory-role-assigned',
  'consent-withdrawn',
  'permission-removed',
  'permission-dropped',
  'permission-beyond-services',
  'permission-unknown',
  'redirect-uri-added',
  'redirect-uri-removed',
  'redirect-uri-moved',
  'redirect-uri-wildcard',
  'redirect-uri-not-https',
  'portal-address-missing',
  'region-changed',
  'tenant-changed',
  'client-secret',
  'federated-credential',
  'resource-forgotten',
] as const;

/** Rules whose severity nobody may change: what they find makes a review worthless, or leaks a secret. */
const fixedIds = ['plan-errored', 'private-key-in-plan'] as const;

export type ReviewRuleId = (typeof adjustableIds)[number] | (typeof fixedIds)[number];

export const adjustableReviewRuleIds: readonly ReviewRuleId[] = adjustableIds;

export const fixedReviewRuleIds: readonly ReviewRuleId[] = fixedIds;
