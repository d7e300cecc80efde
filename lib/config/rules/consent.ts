import { shown } from '../../words/shown';
import {
  backupPermissions,
  dataCloudPermissions,
  type Permission,
  portalPermissions,
} from '../../catalogue/permissions';
import type { ConsentPlacement } from '../configuration';
import { nearest } from '../../words/did-you-mean';
import { grantNames } from '../grants';
import type { Problems } from '../sections/problems';
import type { Section } from '../sections/section';
import type { OrganizationSection, Sections } from '../sections/sections';
import type { KeyPath } from '../yaml/yaml-places';

/** What one application of a section is said to hold, and what it asks for. */
interface Consent {
  readonly section: Section<unknown>;
  /** Of the application within the section. */
  readonly path: KeyPath;
  readonly application: { readonly alreadyConsented?: readonly string[] | undefined } | undefined;
  readonly placement: ConsentPlacement | undefined;
  /** Undefined where a value on which it depends is wrong. */
  readonly permissions: readonly Permission[] | undefined;
}

/** What is said to be consented already, where consent is granted that does not include it. */
export function checkConsent(sections: Sections, problems: Problems): void {
  const consents = [
    ...sections.installations.map((section): Consent => {
      const { application, consent } = section.valid.restorePortal ?? {};
      const path = ['restorePortal', 'application'];
      return { section, path, application, placement: consent, permissions: portalPermissions() };
    }),
    ...sections.organizations.map((section): Consent => {
      const { application, consent } = section.valid;
      const permissions = organizationPermissions(section, sections);
      return { section, path: ['application'], application, placement: consent, permissions };
    }),
    ...sections.dataCloud.map((section): Consent => {
      const { application, consent, services } = section.valid;
      const permissions = services && dataCloudPermissions(services);
      return { section, path: ['application'], application, placement: consent, permissions };
    }),
  ];
  for (const consent of consents) checkExceptions(consent, problems);
}

function organizationPermissions({ valid }: OrganizationSection, sections: Sections): Permission[] | undefined {
  const { installation, services, purposes } = valid;
  const { productVersion } = sections.installations.find(({ raw }) => raw.name === installation)?.valid ?? {};
  if (services === undefined || purposes === undefined || productVersion === undefined) return undefined;
  return backupPermissions({ services, purposes, productVersion });
}

/** Without a placement, an existing application gets no consent, and there is nothing to be left out of it. */
function checkExceptions({ section, path, application, placement, permissions }: Consent, problems: Problems): void {
  if (placement === undefined || placement === 'none' || permissions === undefined) return;
  const asked = grantNames(permissions);
  for (const [index, name] of (application?.alreadyConsented ?? []).entries()) {
    if (asked.includes(name)) continue;
    const meant = nearest(name, asked);
    problems.add(section.source, [...section.path, ...path, 'alreadyConsented', index], 'value', {
      id: 'consent-exception-unknown',
      message: `${shown(name)} is nothing that the application asks for; it asks for ${asked.join(', ')}`,
      cure: meant === undefined ? 'remove it from alreadyConsented' : `write ${meant}, if you mean that, or remove it`,
    });
  }
}
