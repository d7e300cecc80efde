import type { Certificate } from '../../certificates/certificate';
import { chainOf } from '../../certificates/key-and-certificate';
import { Vb365Error } from '../../errors';
import type { Finding } from '../../findings';
import type { Generation, Keystore } from '../../keystore/keystore';
import { type PendingRequest, sayRequested } from '../../keystore/requests/pending-request';
import { type CertificateWithChain, type ImportJudgement, refuseUnfit } from './import-certificate';
import { addImported, type AddImportedOptions, type Retiring } from './import-room';
import { readGenerations } from '../read-generations';
import { clearAnswered, waitingRequest } from './request-certificate';

/**
 * Finds the certificate of the request's key in an answer, and what leads from it to its root, whatever their order.
 *
 * @param lineage whose request it is, for the errors
 * @throws Vb365Error `answer-of-another-request`
 */
export function matchAnswer(
  certificates: readonly Certificate[],
  pending: PendingRequest,
  lineage: string,
): CertificateWithChain {
  const { publicKeyHash } = pending.request;
  // An authority may have issued it more than once for the same key: the later end decides.
  const [certificate] = certificates
    .filter((candidate) => candidate.publicKeyHash === publicKeyHash)
    .sort((one, other) => other.notAfter.getTime() - one.notAfter.getTime());
  if (certificate === undefined) throw ofAnotherRequest(certificates, pending, lineage);
  const found = certificates.map((each) => ({ certificate: each }));
  return { certificate, chain: chainOf(certificate, found) };
}

/**
 * Adds the answer to a request as the next generation of its lineage, with the key as it is sealed: no identity is needed.
 * The request goes with it. The caller holds the keystore's lock.
 *
 * Whoever is killed between finds the generation, and a request that counts as answered.
 *
 * @throws Vb365Error `import-refused`, `answer-of-another-request`, and what `addImported` throws
 */
export function importAnswer(
  answer: CertificateWithChain,
  declaration: Retiring,
  judgement: ImportJudgement,
  options: AddImportedOptions,
): Generation {
  const { name: lineage } = declaration;
  const { keystore } = options;
  refuseUnfit(answer, lineage, judgement);
  // Another command may have answered or replaced it while this one waited for the lock.
  const pending = requestFor([answer.certificate], lineage, keystore);
  const { certificate } = matchAnswer([answer.certificate], pending, lineage);
  const accepted = judgement.accepted.map(({ id }) => id);
  const content = { certificate, chain: answer.chain, accepted, sealedKey: pending.sealedKey };
  const generation = addImported(declaration, content, options);
  // That one only: another command may have replaced it while this process slept.
  clearAnswered(keystore, lineage);
  return generation;
}

/**
 * The request that waits for certificates without a private key.
 *
 * @throws Vb365Error `private-key-missing` where none waits, `certificate-already-kept` where they are its answer already,
 * and what `readPendingRequest` throws
 */
export function requestFor(certificates: readonly Certificate[], lineage: string, keystore: Keystore): PendingRequest {
  const pending = waitingRequest(keystore, lineage);
  if (pending !== undefined) return pending;
  const thumbprints = new Set(certificates.map(({ thumbprintSha256 }) => thumbprintSha256));
  const kept = readGenerations(keystore, lineage).find(({ certificate }) =>
    thumbprints.has(certificate.thumbprintSha256),
  );
  throw kept === undefined
    ? noRequest(certificates, lineage)
    : new Vb365Error('certificate-already-kept', alreadyKept(kept));
}

/** That a certificate is a generation of its lineage. */
export function alreadyKept({ certificate, label, lineage }: Generation): Finding {
  return {
    id: 'certificate-already-kept',
    severity: 'error',
    subject: lineage,
    message: `the certificate ${certificate.thumbprint} is generation ${label} of ${lineage} already`,
    cure: 'nothing needs to be done',
  };
}

function noRequest(certificates: readonly Certificate[], lineage: string): Vb365Error {
  return new Vb365Error('private-key-missing', {
    subject: lineage,
    message: `there is no private key beside ${listed(certificates)}, and no request of ${lineage} waits for an answer`,
    cure: `take a PFX, or give the PEM file of its private key with --key <file>, or --key-elsewhere where it is kept elsewhere on purpose; for a key that is made here, run "vb365 request ${lineage}" first`,
  });
}

function ofAnotherRequest(certificates: readonly Certificate[], pending: PendingRequest, lineage: string): Vb365Error {
  return new Vb365Error('answer-of-another-request', {
    subject: lineage,
    message: `the request of ${lineage} ${sayRequested(pending)} has another key than ${listed(certificates)}`,
    cure: 'import the answer to that request; for the answer to an earlier one, restore request.csr and request.key.age of that time from Git',
  });
}

const MOST_LISTED = 5;

/** Those of authorities come along: what was meant is one of the others. */
function listed(certificates: readonly Certificate[]): string {
  const leaves = certificates.filter(({ isCertificateAuthority }) => !isCertificateAuthority);
  const meant = leaves.length > 0 ? leaves : certificates;
  const shown = meant.slice(0, MOST_LISTED).map(({ subject, thumbprint }) => `${thumbprint} (${subject})`);
  return [...shown, ...(meant.length > MOST_LISTED ? ['…'] : [])].join(', ');
}
