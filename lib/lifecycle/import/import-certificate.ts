import { checkAcceptedIds, judgeCertificate, unacceptedFindings } from '../../certificates/judge';
import type { KeyAndCertificate } from '../../certificates/key-and-certificate';
import { certificateProfile } from '../../certificates/profile';
import type { LineageDeclaration } from '../../config/lineages';
import { Vb365Error } from '../../errors';
import type { Finding } from '../../findings';
import type { Generation } from '../../keystore/keystore';
import type { Sealer } from '../../keystore/sealing/sealing';
import { addImported, type AddImportedOptions, type Retiring } from './import-room';

/** A certificate that shall be taken in, whoever has its key. */
export type CertificateWithChain = Omit<KeyAndCertificate, 'privateKey'>;

/** What the rules say about a certificate that shall be taken in. */
export interface ImportJudgement {
  /** What stops the import: errors here, whatever they are elsewhere. */
  readonly refused: readonly Finding[];
  /** What a person has accepted, and is noted beside the certificate. */
  readonly accepted: readonly Finding[];
  /** What is only said. */
  readonly advice: readonly Finding[];
}

/**
 * Judges a certificate for a lineage.
 *
 * @param accept ids of findings that a person takes responsibility for
 * @throws Vb365Error `finding-unknown`, `finding-not-acceptable`
 */
export function judgeImport(
  { certificate }: CertificateWithChain,
  declaration: LineageDeclaration,
  accept: readonly string[],
  at: Date,
): ImportJudgement {
  checkAcceptedIds(accept);
  const findings = judgeCertificate({
    certificate,
    profile: certificateProfile(declaration.role, declaration.profile),
    at,
    minimumValidityDays: declaration.policy.renewBeforeDays,
    minimumKeySize: declaration.policy.keySize,
    subject: declaration.name,
  });
  const left = unacceptedFindings(findings, accept);
  return {
    refused: left.filter(({ severity }) => severity !== 'advice').map((finding) => ({ ...finding, severity: 'error' })),
    accepted: findings.filter((finding) => !left.includes(finding)),
    advice: left.filter(({ severity }) => severity === 'advice'),
  };
}

/**
 * Stops where a finding is left that nobody accepted.
 *
 * @throws Vb365Error `import-refused` with every one of them
 */
export function refuseUnfit(
  { certificate }: CertificateWithChain,
  lineage: string,
  { refused }: ImportJudgement,
): void {
  if (refused.length === 0) return;
  throw new Vb365Error('import-refused', {
    subject: lineage,
    message: `the certificate ${certificate.thumbprint} (${certificate.subject}) is not fit for ${lineage}`,
    cure: cureOf(refused),
    findings: refused,
  });
}

/**
 * Adds a certificate that was judged, as the next generation of its lineage. The caller holds the keystore's lock.
 *
 * @throws Vb365Error `import-refused`, and what `addImported` throws.
 *
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import { readPfx } from 'cdktf-vb365/certificates';
 * import { lineagesOf, readConfiguration } from 'cdktf-vb365/config';
 * import { Keystore, readRecipients, Sealer, withKeystoreLock } from 'cdktf-vb365/keystore';
 * import { importCertificate, judgeImport } from 'cdktf-vb365/lifecycle';
 *
 * async function take(file: string): Promise<void> {
 *   const configuration = readConfiguration('vb365.yaml');
 *   const declaration = lineagesOf(configuration).find(({ name }) => name === 'primary/rest-api');
 *   if (declaration === undefined) return;
 *   const keystore = new Keystore(configuration.keystore);
 *   const source = readPfx(readFileSync(file), process.env.PFX_PASSWORD);
 *   const at = new Date();
 *   const judgement = judgeImport(source, declaration, [], at);
 *   const sealer = await Sealer.create(await readRecipients(keystore.recipientsFile));
 *   await withKeystoreLock(keystore.folder, () =>
 *     importCertificate(source, declaration, judgement, { keystore, sealer, at }),
 *   );
 * }
 * void take('rest-api.pfx');
 * ```
 */
export async function importCertificate(
  source: KeyAndCertificate,
  declaration: Retiring,
  judgement: ImportJudgement,
  { sealer, ...options }: AddImportedOptions & { readonly sealer: Sealer },
): Promise<Generation> {
  refuseUnfit(source, declaration.name, judgement);
  const generation = {
    certificate: source.certificate,
    chain: source.chain,
    accepted: judgement.accepted.map(({ id }) => id),
    sealedKey: await sealer.seal(source.privateKey),
  };
  return addImported(declaration, generation, options);
}

/** Accepting some is of no use where another one cannot be accepted. */
function cureOf(refused: readonly Finding[]): string {
  const ids = refused.map(({ id }) => id);
  if (unacceptedFindings(refused, ids).length > 0) return 'take another certificate, without what the findings name';
  const accept = ids.map((id) => `--accept ${id}`).join(' ');
  return `take another certificate, or take responsibility for what the findings name: ${accept}`;
}
