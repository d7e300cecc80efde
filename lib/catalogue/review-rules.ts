import { planRuleHeads } from './review-rules/plan';
import { applicationRuleHeads } from './review-rules/application';
import { credentialRuleHeads } from './review-rules/credential';
import { keystoreRuleHeads } from './review-rules/keystore';
import { serverCertificateRuleHeads } from './review-rules/server-certificate';
import { permissionRuleHeads } from './review-rules/permission';
import { redirectUriRuleHeads } from './review-rules/redirect-uri';
import { foreignRuleHeads } from './review-rules/foreign';
import type { ReviewRuleHead } from './review-rules/head';

export type { ReviewRuleHead, ReviewSeverity } from './review-rules/head';

/**
 * Every rule about plans by its id, which people write into `vb365.yaml`, so that none ever changes. In the order in which
 * findings of one severity are told: the plan itself, applications, credentials, permissions, redirect URIs, and what is not
 * ours.
 */
export const reviewRuleHeads = {
  ...planRuleHeads,
  ...applicationRuleHeads,
  ...credentialRuleHeads,
  ...keystoreRuleHeads,
  ...serverCertificateRuleHeads,
  ...permissionRuleHeads,
  ...redirectUriRuleHeads,
  ...foreignRuleHeads,
} as const satisfies Readonly<Record<string, ReviewRuleHead>>;

/** Key of `reviewRuleHeads`, listed in docs/review-rules.md: `credential-expired`. */
export type ReviewRuleId = keyof typeof reviewRuleHeads;

export const reviewRuleIds = Object.keys(reviewRuleHeads) as readonly ReviewRuleId[];

export const adjustableReviewRuleIds = reviewRuleIds.filter((id) => reviewRuleHeads[id].adjustable);

export const fixedReviewRuleIds = reviewRuleIds.filter((id) => !reviewRuleHeads[id].adjustable);
