export { auditKeys, type AuditedKey, type AuditOptions } from './attestation/audit';
export {
  type AttestedGeneration,
  checkAttestations,
  type CheckedGeneration,
  type Opening,
} from './attestation/check-attestations';
export { readAttested } from './attestation/read-attested';
export { nameSigner, parseRecipientList, type RecipientList, type Signer } from './attestation/signers';
export { type SigningKey, signingKeyOf } from './attestation/signing-key';
export { type Generation, Keystore } from './keystore';
export type { NewGeneration } from './keystore-writer';
export { type KeystoreLock, type LockOptions, withKeystoreLock } from './lock';
export { createIdentity, type Identities, readIdentities } from './sealing/identity';
export { type KeyOfGeneration, openPrivateKey } from './sealing/private-key';
export { newRecipients, type RecipientChanges } from './sealing/recipient-changes';
export { readRecipients, writeRecipients } from './sealing/recipients';
export { Sealer } from './sealing/sealing';
