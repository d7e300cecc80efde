export type { ReviewRuleHead, ReviewRuleId, ReviewSeverity } from '../catalogue/review-rules';
export { type Plan, readPlan } from '../plan/plan';
export { findPlanSources, type FoundPlans, type PlanFailure, type PlanSource } from '../plan/plan-sources';
export type { PlanReading } from '../plan/read-plan-json';
export {
  reviewDocument,
  type ReviewDocument,
  type ReviewFailure,
  type ReviewParts,
  type StackSummary,
} from './document/document';
export { type MarkdownOptions, renderMarkdown } from './document/markdown';
export { summarizeStack } from './document/summarize-stack';
export { type ReviewedPlans, reviewPlans } from './review-plans';
export { type ReviewFinding, reviewStack, type StackReview, type Verdict, worstOf } from './review-stack';
export type { ReviewCheck, ReviewComplaint, ReviewRule } from './rules/review-rule';
export { reviewRules } from './rules/review-rules';
export { CertificateIndex } from './stack/certificate-index';
export { type ReviewContext, stackPlan, type StackPlan } from './stack/stack-plan';
