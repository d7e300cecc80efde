import type { Certificate } from '../../certificates/certificate';
import { chainOf } from '../../certificates/key-and-certificate';
import type { Generation } from '../../keystore/keystore';
import { KEY_ELSEWHERE } from '../../keystore/keystore-writer';
import { type CertificateWithChain, type ImportJudgement, refuseUnfit } from './import-certificate';
import { addImported, type AddImportedOptions, type Retiring } from './import-room';

/** The certificate that none of the others was issued by, and what leads from it to its root, whatever their order. */
export function leafOf(certificates: readonly Certificate[]): CertificateWithChain | undefined {
  const isIssuer = (candidate: Certificate): boolean =>
    certificates.some((other) => !other.equals(candidate) && other.isIssuedBy(candidate));
  const certificate = certificates.find((candidate) => !isIssuer(candidate));
  const found = certificates.map((each) => ({ certificate: each }));
  return certificate && { certificate, chain: chainOf(certificate, found) };
}

/**
 * Adds a certificate whose private key is kept outside of the keystore on purpose, as the next generation of its lineage: it
 * is published, and can be installed by nobody but who has the key. The caller holds the keystore's lock.
 *
 * @throws Vb365Error `import-refused`, and what `addImported` throws
 */
export function importAlone(
  source: CertificateWithChain,
  declaration: Retiring,
  judgement: ImportJudgement,
  options: AddImportedOptions,
): Generation {
  refuseUnfit(source, declaration.name, judgement);
  const { certificate, chain } = source;
  const accepted = judgement.accepted.map(({ id }) => id);
  return addImported(declaration, { certificate, chain, accepted, sealedKey: KEY_ELSEWHERE }, options);
}
