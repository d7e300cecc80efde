import { dirname, resolve } from 'node:path';
import { Vb365Error } from '../errors';
import { backendProblems, resolveBackend } from './backend';
import type { BackendConfiguration, Configuration } from './configuration';
import { checkConsent } from './rules/consent';
import { checkInstall } from './rules/install';
import { checkInstallation } from './rules/installation';
import { isMapping } from '../system/mapping';
import { checkNaming } from './rules/naming';
import { checkOrganization } from './rules/organization';
import { defaultPolicy, mergePolicies } from './policy';
import { reportPolicy } from './rules/policy-report';
import { Problems } from './sections/problems';
import { resolveDataCloud, resolveInstallation, resolveOrganization, resolveReview } from './resolve';
import { backendSchema } from './schema/schema';
import { readSection } from './sections/section';
import { readSections, type Sections } from './sections/sections';
import { readSourceFile, type SourceFile } from './yaml/source-file';

/**
 * Reads `vb365.yaml` and the files that it includes.
 *
 * @param file path of the main file, absolute or relative to the working folder
 * @throws Vb365Error `configuration-invalid`, whose findings name everything that is wrong with file, line and column;
 *   `configuration-file-missing`, `configuration-file-unreadable`, `configuration-not-utf8` where it cannot be read at all.
 */
export function readConfiguration(file: string): Configuration {
  const path = resolve(file);
  const main = readSourceFile(path, file);
  const problems = new Problems();
  const sections = readSections(main, path, problems);
  const policy = mergePolicies(defaultPolicy, sections.head?.valid.certificates);
  checkContradictions(sections, main, problems);
  const backend = readBackend(sections, main, problems);
  const keystore = sections.head?.whole?.keystore;
  if (!problems.isEmpty || backend === undefined || keystore === undefined) {
    throw invalid(file, problems, sections.files);
  }
  const general = { certificates: policy, deployIdentity: sections.head?.whole?.deployIdentity };
  return {
    file: path,
    keystore: resolve(dirname(path), keystore),
    installations: wholes(sections.installations).map((input) => resolveInstallation(input, general)),
    organizations: wholes(sections.organizations).map((input) => resolveOrganization(input, general)),
    dataCloud: wholes(sections.dataCloud).map((input) => resolveDataCloud(input, general)),
    backend: resolveBackend(backend),
    review: resolveReview(sections.head?.whole?.review),
  };
}

function checkContradictions(sections: Sections, main: SourceFile, problems: Problems): void {
  const own = sections.head?.valid.certificates;
  const policy = mergePolicies(defaultPolicy, own);
  if (own !== undefined) reportPolicy(own, policy, { source: main, path: ['certificates'], problems });
  checkNaming(sections, problems);
  for (const section of sections.installations) checkInstallation(section, policy, problems);
  for (const section of [...sections.organizations, ...sections.dataCloud])
    checkOrganization(section, policy, problems);
  checkConsent(sections, problems);
  checkInstall(sections, problems);
}

function readBackend(
  { head, ...sections }: Sections,
  main: SourceFile,
  problems: Problems,
): BackendConfiguration | undefined {
  if (head === undefined) return undefined;
  const value = head.raw.backend ?? { type: 'local' };
  const section = readSection(backendSchema, backendSchema.partial(), value, {
    source: main,
    path: ['backend'],
    problems,
  });
  if (section === undefined || !isMapping(section.raw)) return undefined;
  const backend = { ...section.raw, type: section.whole?.type ?? '' };
  for (const { path, place, ...problem } of backendProblems(backend, countStacks(sections))) {
    problems.add(main, ['backend', ...path], place, problem);
  }
  return backend;
}

/** One an owner, and one more for each consent that is granted apart. */
function countStacks({ installations, organizations, dataCloud }: Omit<Sections, 'head'>): number {
  const consents = [
    ...installations.map(({ valid }) => valid.restorePortal?.consent),
    ...[...organizations, ...dataCloud].map(({ valid }) => valid.consent),
  ];
  const apart = consents.filter((consent) => consent === 'separate-stack').length;
  return installations.length + organizations.length + dataCloud.length + apart;
}

function wholes<Whole>(sections: readonly { readonly whole?: Whole }[]): Whole[] {
  return sections.flatMap(({ whole }) => (whole === undefined ? [] : [whole]));
}

function invalid(file: string, problems: Problems, files: readonly SourceFile[]): Vb365Error {
  const findings = problems.findings(files);
  return new Vb365Error('configuration-invalid', {
    subject: file,
    message: `${file} has ${findings.length === 1 ? 'an error' : `${findings.length} errors`}`,
    cure: 'correct what the findings name',
    findings,
  });
}
