export { Certificate, type KeyAlgorithm } from './certificate';
export { readCertificatesOnly } from './certificates-only';
export type { CertificateLineage, PublishedGeneration } from './generation';
export { issueSelfSigned, type IssuedCertificate, type IssueOptions } from './issue';
export { judgeCertificate, type JudgeOptions } from './judge';
export type { KeyAndCertificate } from './key-and-certificate';
export { readPemPair, type ReadPemPairOptions } from './pem-pair';
export type { PfxEncryption } from './pfx/encryption';
export { readPfx, type ReadPfxOptions } from './pfx/read';
export { type PfxOptions, writePfx } from './pfx/write';
export { certificateProfile, type CertificateProfile, type CertificateProfileOptions, type KeyUsage } from './profile';
export type {
  CertificateCheck,
  CertificateComplaint,
  CertificateRule,
  CertificateRuleInput,
} from './rules/certificate-rule';
export type { CertificateRuleHead, CertificateRuleId } from './rules/certificate-rule-heads';
export { certificateRules } from './rules/certificate-rules';
export {
  CertificateRequest,
  type NewCertificateRequest,
  requestCertificate,
  type RequestOptions,
} from './x509/certificate-request';
export type { Validity } from './x509/validity';
