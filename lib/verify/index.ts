export type { RestAccount } from '../rest/account';
export type { Check, CheckKind, Complaint, VerifiedLineage } from './report';
export { verify, type VerifyOptions } from './verify';
