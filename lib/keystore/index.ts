export { type Generation, Keystore } from './keystore';
export type { NewGeneration } from './keystore-writer';
export { type KeystoreLock, type LockOptions, withKeystoreLock } from './lock';
export { createIdentity, type Identities, readIdentities } from './sealing/identity';
export { type KeyOfGeneration, openPrivateKey } from './sealing/private-key';
export { readRecipients, writeRecipients } from './sealing/recipients';
export { Sealer } from './sealing/sealing';
