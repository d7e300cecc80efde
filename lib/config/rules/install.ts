import type { Problems } from '../sections/problems';
import type { InstallationSection, OrganizationSection, Sections } from '../sections/sections';

/** Ways of installing that lead nowhere: what one names, the installation must have. */
export function checkInstall({ installations, organizations }: Sections, problems: Problems): void {
  for (const { path, source, valid } of installations) {
    if (valid.install?.via !== 'local' || valid.install.ssh === undefined) continue;
    problems.add(source, [...path, 'install', 'ssh'], 'key', {
      id: 'install-ssh-unused',
      message: 'ssh is described, but certificates are installed on this machine',
      cure: 'remove it, or write via: ssh',
    });
  }
  for (const organization of organizations) {
    const installation = installations.find(({ raw }) => raw.name === organization.valid.installation);
    if (installation !== undefined) checkWay(organization, installation, problems);
  }
}

function checkWay(organization: OrganizationSection, installation: InstallationSection, problems: Problems): void {
  const via = organization.valid.install?.via;
  const name = organization.valid.installation ?? '';
  const place = [...organization.path, 'install', 'via'];
  if (via === 'rest' && !('restApi' in installation.raw)) {
    problems.add(organization.source, place, 'value', {
      id: 'install-rest-without-rest-api',
      message: `the certificate is installed by the REST API, which the installation ${name} does not declare`,
      cure: 'add restApi to the installation, or install by PowerShell (local, ssh)',
    });
  }
  if (via !== 'local' && via !== 'ssh') return;
  const declared = installation.valid.install?.via;
  // Where that of the installation is wrong itself, it has been said.
  if (declared === via || (declared === undefined && 'install' in installation.raw)) return;
  problems.add(organization.source, place, 'value', {
    id: 'install-way-differs',
    message: `the certificate is installed by PowerShell (${via}), and the installation ${name} says ${declared ?? 'nothing'} of how its server is reached`,
    cure: `write install: { via: ${via} } in the installation, or install by the REST API (rest)`,
  });
}
