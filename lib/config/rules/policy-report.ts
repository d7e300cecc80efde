import type { CertificatePolicy } from '../configuration';
import { policyProblems } from '../policy';
import type { PolicyInput } from '../schema/policy';
import type { SectionPlace } from '../sections/section';

/**
 * Reports what contradicts itself in a policy as it holds in the end, at the level that says so.
 *
 * @param own keys of this level; where none of them takes part, a more general level is to blame and reports it
 */
export function reportPolicy(
  own: PolicyInput,
  policy: CertificatePolicy,
  { source, path, problems }: SectionPlace,
): void {
  for (const { key, ...problem } of policyProblems(policy)) {
    const keys = [key, 'validityDays', 'source'] as const;
    const blamed = keys.find((candidate) => own[candidate] !== undefined);
    if (blamed !== undefined) problems.add(source, [...path, blamed], 'value', problem);
  }
}
