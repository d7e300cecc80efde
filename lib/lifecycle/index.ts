export { chooseGeneration, type ChosenGeneration } from './choose-generation';
export {
  type CertificateWithChain,
  importCertificate,
  type ImportJudgement,
  judgeImport,
  refuseUnfit,
} from './import/import-certificate';
export { newRequest, type NewRequestOptions, waitingRequest } from './import/request-certificate';
export { issueAll, type IssueAllOptions } from './issue/issue-missing';
export { findMissing, type MissingLineages } from './issue/missing';
export { planRenewals, type PlannedRenewal, type PlanRenewalsOptions, type RenewalPlan } from './renew/plan-renewals';
export { renewAll, type RenewAllOptions } from './renew/renew-all';
export {
  type PlannedRetirement,
  planRetirements,
  type PlanRetirementsOptions,
  retireAll,
  type RetirementPlan,
} from './renew/retire-all';
export {
  followsPredecessor,
  type SuccessionComplaint,
  type SuccessionOptions,
  type SuccessionSubject,
} from './succession/follows-predecessor';
export { type AddedGeneration, newGenerations, newGenerationsOf } from './succession/new-generations';
export type { GenerationState } from './states';
export { statusOf, type StatusRow } from './status';
