import type { CertificatePolicy } from '../configuration';
import { applicationTwice, consentOfNewApplication } from './installation';
import { mergePolicies } from '../policy';
import { reportPolicy } from './policy-report';
import type { Problems } from '../sections/problems';
import type { DataCloudSection, OrganizationSection } from '../sections/sections';

/** Contradictions within one organization, backed up by an installation or by Veeam Data Cloud. */
export function checkOrganization(
  { valid, source, path }: OrganizationSection | DataCloudSection,
  general: CertificatePolicy,
  problems: Problems,
): void {
  const { application, certificates } = valid;
  const teams = valid.services?.indexOf('teams') ?? -1;
  if (valid.region === 'china' && teams >= 0) {
    problems.add(source, [...path, 'services', teams], 'value', {
      id: 'teams-in-china',
      message: 'teams is not available in the region china; allowed: exchange, sharepoint',
      cure: 'remove teams from services',
    });
  }
  if (application?.displayName !== undefined && application.clientId !== undefined) {
    problems.add(source, [...path, 'application', 'displayName'], 'key', applicationTwice);
  }
  if (application?.alreadyConsented !== undefined && application.clientId === undefined) {
    problems.add(source, [...path, 'application', 'alreadyConsented'], 'key', consentOfNewApplication);
  }
  if (certificates !== undefined) {
    const place = { source, path: [...path, 'certificates'], problems };
    reportPolicy(certificates, mergePolicies(general, certificates), place);
  }
}
