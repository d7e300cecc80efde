import { createPublicKey, sign } from 'node:crypto';
import { Certificate } from '../../../lib/certificates/certificate';
import { certificateProfile } from '../../../lib/certificates/profile';
import { buildSelfSigned } from '../../../lib/certificates/x509/build';
import { type TestKey, testKey } from '../../support/openssl';

/** A certificate of nobody's keystore. */
export function certificate(start: string, end: string, kind: TestKey = 'rsa-2048'): Certificate {
  const key = testKey(kind);
  const content = {
    profile: certificateProfile('entra-application', { commonName: 'somebody else' }),
    serialNumber: Buffer.from('4711', 'hex'),
    notBefore: new Date(start),
    notAfter: new Date(end),
    publicKey: createPublicKey(key),
  };
  return Certificate.fromDer(buildSelfSigned(content, (toBeSigned) => sign('sha256', toBeSigned, key)));
}
