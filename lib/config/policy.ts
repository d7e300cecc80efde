import type { CertificatePolicy } from './configuration';
import type { PolicyInput } from './schema/policy';
import type { Problem } from './sections/problems';
import { sourceOf } from './certificate-sources';

/** What holds where the configuration says nothing. */
export const defaultPolicy: CertificatePolicy = {
  source: 'self-signed',
  keySize: 2048,
  validityDays: 365,
  renewBeforeDays: 30,
  retireAfterDays: 14,
};

/** Key by key, the last that says something wins. */
export function mergePolicies(
  general: CertificatePolicy,
  ...special: readonly (PolicyInput | undefined)[]
): CertificatePolicy {
  return special.reduce<CertificatePolicy>(
    (policy, own) => ({
      source: own?.source ?? policy.source,
      keySize: own?.keySize ?? policy.keySize,
      validityDays: own?.validityDays ?? policy.validityDays,
      renewBeforeDays: own?.renewBeforeDays ?? policy.renewBeforeDays,
      retireAfterDays: own?.retireAfterDays ?? policy.retireAfterDays,
    }),
    general,
  );
}

/**
 * What contradicts itself in a policy. The validity of an imported certificate is what it says itself, so that nothing here
 * is about it.
 */
export function policyProblems(policy: CertificatePolicy): (Problem & { readonly key: keyof CertificatePolicy })[] {
  if (!sourceOf(policy).isIssuedHere) return [];
  const { validityDays, renewBeforeDays, retireAfterDays } = policy;
  const problems: (Problem & { readonly key: keyof CertificatePolicy })[] = [];
  if (renewBeforeDays >= validityDays) {
    problems.push({
      key: 'renewBeforeDays',
      id: 'policy-renewal-beyond-validity',
      message: `renewBeforeDays ${renewBeforeDays} is not below validityDays ${validityDays}: each certificate would be due at once`,
      cure: `give fewer than ${validityDays} days, or a longer validity`,
    });
  }
  if (retireAfterDays > validityDays) {
    problems.push({
      key: 'retireAfterDays',
      id: 'policy-retirement-beyond-validity',
      message: `retireAfterDays ${retireAfterDays} is above validityDays ${validityDays}: expired certificates would pile up`,
      cure: `give ${validityDays} days or fewer`,
    });
  }
  return problems;
}
