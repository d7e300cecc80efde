import { nearest } from '../../words/did-you-mean';
import { formatPath, type Problems } from '../sections/problems';
import type { Sections } from '../sections/sections';
import type { Section } from '../sections/section';
import type { KeyPath } from '../yaml/yaml-places';
import { shown } from '../../words/shown';

const CONSENT_SUFFIX = '-consent';

/** What has to be unique over all files: names, their consent stacks, and client ids; and what refers to a name. */
export function checkNaming(sections: Sections, problems: Problems): void {
  checkNames(sections, problems);
  checkInstallationNames(sections, problems);
  checkClientIds(sections, problems);
}

interface Named {
  readonly section: Section<unknown>;
  readonly name: string;
}

function checkNames(sections: Sections, problems: Problems): void {
  const named = allSections(sections).flatMap((section): Named[] => {
    const { name } = section.raw;
    return typeof name === 'string' ? [{ section, name }] : [];
  });
  const first = new Map<string, Named>();
  for (const { section, name } of named) {
    const holder = first.get(name);
    if (holder === undefined) first.set(name, { section, name });
    else {
      problems.add(section.source, [...section.path, 'name'], 'value', {
        id: 'name-duplicate',
        message: `${shown(name)} is taken by ${whereIs(holder.section)}; names are unique over all kinds`,
        cure: 'rename one of the two',
      });
    }
  }
  for (const { section, name } of named) {
    if (!name.endsWith(CONSENT_SUFFIX)) continue;
    const other = first.get(name.slice(0, -CONSENT_SUFFIX.length));
    if (other === undefined) continue;
    problems.add(section.source, [...section.path, 'name'], 'value', {
      id: 'name-consent-clash',
      message: `${shown(name)} is the name of the consent stack of ${shown(other.name)}`,
      cure: 'rename one of the two',
    });
  }
}

function checkInstallationNames(sections: Sections, problems: Problems): void {
  const known = sections.installations.flatMap(({ raw }) => (typeof raw.name === 'string' ? [raw.name] : []));
  const choice = known.length === 0 ? 'none is declared' : `declared: ${known.join(', ')}`;
  for (const { raw, source, path, valid } of sections.organizations) {
    const { installation } = valid;
    if (!Object.hasOwn(raw, 'installation') && installation === undefined && sections.installations.length !== 1) {
      problems.add(source, [...path, 'installation'], 'value', {
        id: 'configuration-key-missing',
        message: `installation is missing, and not exactly one is declared; ${choice}`,
        cure:
          known.length === 0 ? 'declare the installation that backs it up' : 'add installation, with the name of one',
      });
    }
    if (installation === undefined || known.includes(installation)) continue;
    const meant = nearest(installation, known);
    problems.add(source, [...path, 'installation'], 'value', {
      id: 'installation-unknown',
      message: `${shown(installation)} is not the name of an installation; ${choice}`,
      cure:
        meant === undefined ? 'name a declared installation, or declare this one' : `write ${meant}, if you mean that`,
    });
  }
}

/** One application has one owner: two lineages would publish certificates on it without knowing of each other. */
function checkClientIds(sections: Sections, problems: Problems): void {
  const first = new Map<string, string>();
  const use = (section: Section<unknown>, clientId: string | undefined, path: KeyPath): void => {
    if (clientId === undefined) return;
    const holder = first.get(clientId);
    const where = `${formatPath([...section.path, ...path])} of ${section.source.name}`;
    if (holder === undefined) {
      first.set(clientId, where);
      return;
    }
    problems.add(section.source, [...section.path, ...path], 'value', {
      id: 'client-id-duplicate',
      message: `the application ${clientId} is used by ${holder} already; one application serves one purpose`,
      cure: 'give the client id of another application',
    });
  };
  for (const section of sections.installations) {
    use(section, section.valid.restorePortal?.application.clientId, ['restorePortal', 'application', 'clientId']);
  }
  for (const section of sections.organizations) {
    use(section, section.valid.application?.clientId, ['application', 'clientId']);
    for (const [index, { clientId }] of (section.valid.backupApplications ?? []).entries()) {
      use(section, clientId, ['backupApplications', index, 'clientId']);
    }
  }
  for (const section of sections.dataCloud) {
    use(section, section.valid.application?.clientId, ['application', 'clientId']);
  }
}

function allSections(sections: Sections): readonly Section<unknown>[] {
  return [...sections.installations, ...sections.organizations, ...sections.dataCloud];
}

function whereIs({ source, path }: Section<unknown>): string {
  return path.length === 0 ? source.name : `${formatPath(path)} of ${source.name}`;
}
