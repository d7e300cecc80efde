import { Certificate } from '../../certificates/certificate';
import { Vb365Error } from '../../errors';
import type { CertificateIndex, KeptCertificate } from './certificate-index';
import { type JsonObject, objectOf, textOf } from '../../plan/json-values';
import { withoutInstanceKeys } from '../../plan/instance-address';
import { type Effect, expectedAfter, type Plan, type ResourceChange } from '../../plan/plan';
import type { PlannedApplication, PlannedApplications } from './application';
import { type Validity } from '../../certificates/x509/validity';

/** What a plan says of one key credential, before or after. */
export interface CredentialContent {
  /** Undefined where the value is no certificate, or is not known yet. */
  readonly certificate: Certificate | undefined;
  /** Whether the plan knows the value; before the apply, it may depend on another resource. */
  readonly isKnown: boolean;
  /** The same certificate in the keystore. */
  readonly kept: KeptCertificate | undefined;
  /**
   * Lineage and generation, `contoso/entra-application 0002`: of the keystore as it is or was, as an output of the stack tells or
   * told them, or of what leaves, as its address says.
   */
  readonly name: string | undefined;
  /** RFC 3339, as the plan says it; it may differ from the certificate's own. */
  readonly startDate: string | undefined;
  readonly endDate: string | undefined;
}

/** A key credential of a plan: a certificate that an application accepts at sign-in. */
export interface PlannedCredential {
  readonly address: string;
  readonly effect: Effect;
  /** Undefined where another stack has it. */
  readonly application: PlannedApplication | undefined;
  /** What is the same for the credentials of one application, also where another stack has it. */
  readonly holder: string;
  /** Undefined where it does not exist yet. */
  readonly before: CredentialContent | undefined;
  /** Undefined where it will not exist any more. */
  readonly after: CredentialContent | undefined;
}

const TYPES: ReadonlySet<string> = new Set([
  'azuread_application_certificate',
  'azuread_service_principal_certificate',
]);

/**
 * Every key credential of a plan, also those that stay as they are.
 *
 * @param owner whose certificates are looked at first
 */
export function plannedCredentials(
  plan: Plan,
  applications: PlannedApplications,
  certificates: CertificateIndex,
  owner: string,
): PlannedCredential[] {
  // What stays is the same before and after, and reading it is most of the work.
  const contents = new Map<string, Certificate | undefined>();
  const told = toldNames(plan);
  const readContent = (values: JsonObject, isKnown: boolean, addressed?: string): CredentialContent => {
    const value = isKnown ? textOf(values.value) : undefined;
    const certificate = value === undefined || contents.has(value) ? contents.get(value ?? '') : readCertificate(value);
    if (value !== undefined) contents.set(value, certificate);
    const kept = certificate && certificates.find(certificate.thumbprintSha256, owner);
    const thumbprint = certificate?.thumbprint ?? '';
    const keptName = kept && `${kept.declaration.name} ${kept.generation.label}`;
    return {
      certificate,
      isKnown: value !== undefined,
      kept,
      name: keptName ?? told.get(thumbprint) ?? (certificate && (certificates.formerName(thumbprint) ?? addressed)),
      startDate: textOf(values.start_date),
      endDate: textOf(values.end_date),
    };
  };
  return plan.changes
    .filter(({ managed, type }) => managed && TYPES.has(type))
    .map((change) => {
      const { address, after, before, effect, type, unknown } = change;
      const attribute = type === 'azuread_application_certificate' ? 'application_id' : 'service_principal_id';
      const application = applications.of(change, attribute);
      const declared = withDeclaredValue(plan, change);
      const leaves = effect === 'destroy' || effect === 'forget';
      return {
        ...{ address, effect, application },
        holder: application?.address ?? textOf(after[attribute]) ?? textOf(before[attribute]) ?? '',
        before:
          effect === 'create'
            ? undefined
            : readContent(declared(before), true, leaves ? addressedName(address, owner) : undefined),
        after: effect === 'destroy' ? undefined : readContent(declared(expectedAfter(change)), unknown.value !== true),
      };
    });
}

/**
 * One that was imported has no value in the state, because Entra gives none back: that of the configuration is the same, for
 * another certificate has another key id, and is a replacement.
 */
function withDeclaredValue(
  plan: Plan,
  { address, after, before, effect }: ResourceChange,
): (values: JsonObject) => JsonObject {
  const expressions = plan.expressions.get(withoutInstanceKeys(address));
  const value = textOf(objectOf(expressions?.value).constant_value);
  const isWithout = [before, after].every((values) => (values.value ?? null) === null);
  const isImported = isWithout && (effect === 'none' || effect === 'update');
  return (values) => (isImported && value !== undefined ? { ...values, value } : values);
}

/** Whether a sign-in with it works at a date; one that cannot be read does not. */
export function signsIn(content: CredentialContent | undefined, at: Date): boolean {
  const validity = content && effectiveValidity(content);
  if (validity === undefined) return false;
  return validity.notBefore.getTime() <= at.getTime() && at.getTime() <= validity.notAfter.getTime();
}

/**
 * Entra takes a certificate within its own dates and within those of the credential: the narrower ones count. Of one that
 * was imported, only those of the credential are known.
 */
export function effectiveValidity({
  certificate,
  endDate,
  isKnown,
  startDate,
}: CredentialContent): Validity | undefined {
  const [start, end] = [Date.parse(startDate ?? ''), Date.parse(endDate ?? '')];
  if (certificate === undefined) {
    return isKnown || Number.isNaN(start + end) ? undefined : { notBefore: new Date(start), notAfter: new Date(end) };
  }
  const { notAfter, notBefore } = certificate;
  return {
    notBefore: start > notBefore.getTime() ? new Date(start) : notBefore,
    notAfter: end < notAfter.getTime() ? new Date(end) : notAfter,
  };
}

/** What this library calls the generation of an address such as `azuread_application_certificate.entra-application_0002_…`. */
function addressedName(address: string, owner: string): string | undefined {
  const [, role, label] = /\.([a-z-]+)_(\d{4})_certificate_[0-9A-F]{8}$/.exec(address) ?? [];
  return role === undefined || label === undefined ? undefined : `${owner}/${role} ${label}`;
}

/** By thumbprint: an output of the stack tells which certificate is current, and was. */
function toldNames({ outputs }: Plan): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const value of outputs.flatMap(({ after, before }) => [before, after])) {
    const { generation, lineage, thumbprint } = objectOf(value);
    if (typeof thumbprint !== 'string' || typeof lineage !== 'string') continue;
    found.set(thumbprint, typeof generation === 'string' ? `${lineage} ${generation}` : lineage);
  }
  return found;
}

/** PEM, or the base64 of DER: the provider takes both, and hex. */
function readCertificate(value: string): Certificate | undefined {
  try {
    if (value.includes('-----BEGIN')) return Certificate.fromPem(value);
    return Certificate.fromDer(Buffer.from(value, /^[0-9a-f\s]+$/i.test(value) ? 'hex' : 'base64'));
  } catch (error) {
    if (error instanceof Vb365Error) return undefined;
    throw error;
  }
}
