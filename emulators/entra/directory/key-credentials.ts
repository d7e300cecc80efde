import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Certificate } from '../../../lib/certificates/certificate';
import { Vb365Error } from '../../../lib/errors';
import { formatInstant } from '../../../lib/words/instant';
import { badRequest } from '../graph-error';
import type { KeyCredential } from './objects';
import { isSame } from './tenant';

/** A key credential as a request sends it: `key` is base64 of PEM or DER, or null for one that is there already. */
const sentSchema = z.looseObject({
  keyId: z.guid().nullish(),
  type: z.string().nullish(),
  usage: z.string().nullish(),
  key: z.string().nullish(),
  displayName: z.string().nullish(),
  startDateTime: z.string().nullish(),
  endDateTime: z.string().nullish(),
});

type SentKeyCredential = z.infer<typeof sentSchema>;

/**
 * The key credentials that an object has after a request, which always sends the whole list.
 *
 * Entra reads what it does not get from the certificate itself.
 * Source: https://learn.microsoft.com/graph/api/resources/keycredential
 *
 * @throws GraphError 400 where Entra refuses one.
 */
export function acceptKeyCredentials(sent: unknown, present: readonly KeyCredential[], at: Date): KeyCredential[] {
  const credentials = z
    .array(sentSchema)
    .parse(sent)
    .map((credential) => acceptOne(credential, present, at));
  const ids = credentials.map(({ keyId }) => keyId.toLowerCase());
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw badRequest(`Two key credentials have the KeyId '${twice}'.`, 'KeyCredentialsInvalid');
  return credentials;
}

/** The key credential of a certificate, as Entra keeps it. */
export function keyCredentialOf(certificate: Certificate, keyId: string = randomUUID()): KeyCredential {
  return {
    keyId,
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
    key: certificate.der.toString('base64'),
    displayName: certificate.subject,
    customKeyIdentifier: certificate.thumbprint,
    startDateTime: formatInstant(certificate.notBefore),
    endDateTime: formatInstant(certificate.notAfter),
  };
}

function acceptOne(sent: SentKeyCredential, present: readonly KeyCredential[], at: Date): KeyCredential {
  const keyId = sent.keyId ?? undefined;
  const known = keyId === undefined ? undefined : present.find((credential) => isSame(credential.keyId, keyId));
  if (sent.key === null || sent.key === undefined) {
    if (known !== undefined) return known;
    throw badRequest(`The key credential '${keyId ?? ''}' is new and has no key.`, 'KeyCredentialsInvalid');
  }
  const certificate = readCertificate(sent.key);
  const credential = withDates(sent, keyCredentialOf(certificate, keyId), certificate, at);
  if (known !== undefined && known.key !== credential.key) {
    throw badRequest(`Update to existing credential with KeyId '${known.keyId}' is not allowed.`);
  }
  checkKind(sent);
  return { ...credential, displayName: sent.displayName ?? credential.displayName };
}

function checkKind({ type, usage }: SentKeyCredential): void {
  if (type !== 'AsymmetricX509Cert' || usage !== 'Verify') {
    throw badRequest(
      `A key credential of type '${type ?? ''}' for '${usage ?? ''}' is not taken here; a certificate has AsymmetricX509Cert and Verify.`,
      'KeyCredentialsInvalid',
    );
  }
}

function readCertificate(key: string): Certificate {
  const bytes = Buffer.from(key, 'base64');
  const text = bytes.toString('latin1');
  if (text.includes('PRIVATE KEY-----')) {
    throw badRequest('The key holds a private key; only the certificate is uploaded.', 'KeyCredentialsInvalid');
  }
  const certificate = parse(text.includes('-----BEGIN') ? text : bytes);
  if (certificate.keyAlgorithm !== 'rsa') {
    throw badRequest(
      `The certificate has a key of kind ${certificate.keyAlgorithm}; RSA is supported.`,
      'KeyCredentialsInvalid',
    );
  }
  return certificate;
}

function parse(input: string | Buffer): Certificate {
  try {
    return typeof input === 'string' ? Certificate.fromPem(input) : Certificate.fromDer(input);
  } catch (error) {
    if (error instanceof Vb365Error) throw badRequest('Key value is invalid certificate.', 'KeyCredentialsInvalid');
    throw error;
  }
}

/** Dates may be narrower than those of the certificate, never wider. */
function withDates(sent: SentKeyCredential, from: KeyCredential, certificate: Certificate, at: Date): KeyCredential {
  const startDateTime = sent.startDateTime ?? from.startDateTime;
  const endDateTime = sent.endDateTime ?? from.endDateTime;
  const [start, end] = [Date.parse(startDateTime), Date.parse(endDateTime)];
  if (!(start >= certificate.notBefore.getTime() && start < end)) {
    throw badRequest('Key credential start date is invalid.', 'KeyCredentialsInvalidStartDate');
  }
  if (!(end <= certificate.notAfter.getTime() && end > at.getTime())) {
    throw badRequest('Key credential end date is invalid.', 'KeyCredentialsInvalidEndDate');
  }
  return { ...from, startDateTime, endDateTime };
}
