import { readIncluded } from '../yaml/include';
import { isMapping } from '../../system/mapping';
import type { Problems } from './problems';
import {
  type DataCloudInput,
  dataCloudSchema,
  type HeadInput,
  headSchema,
  includedSchema,
  type InstallationInput,
  installationSchema,
  type OrganizationInput,
  organizationSchema,
} from '../schema/schema';
import { readSection, type Section } from './section';
import type { SourceFile } from '../yaml/source-file';

const headPartial = headSchema.partial();
const installationPartial = installationSchema.partial();
const organizationPartial = organizationSchema.partial();
const dataCloudPartial = dataCloudSchema.partial();

/** Keys by which an included file is one of lists rather than an organization. */
const LIST_KEYS = ['installations', 'organizations', 'dataCloud', 'include'];

type HeadSection = Section<HeadInput>;
export type InstallationSection = Section<InstallationInput>;
export type OrganizationSection = Section<OrganizationInput>;
export type DataCloudSection = Section<DataCloudInput>;

/** Everything that the files say, by kind, in the order of the files. */
export interface Sections {
  /** The main file first. */
  readonly files: SourceFile[];
  /** Absent where the main file holds no mapping. */
  head?: HeadSection;
  readonly installations: InstallationSection[];
  readonly organizations: OrganizationSection[];
  readonly dataCloud: DataCloudSection[];
}

type Lists = Pick<HeadInput, 'installations' | 'organizations' | 'dataCloud'>;

/**
 * Reads the included files, and checks each entry of every file on its own.
 *
 * @param main the main file
 * @param file its absolute path
 */
export function readSections(main: SourceFile, file: string, problems: Problems): Sections {
  const sections: Sections = { files: [main], installations: [], organizations: [], dataCloud: [] };
  addFaults(main, problems);
  if (main.value === undefined) return sections;
  const head = readSection(headSchema, headPartial, main.value, { source: main, path: [], problems });
  if (head === undefined) return sections;
  sections.head = head;
  addLists(sections, main, head.valid, problems);
  for (const source of readIncluded(main, file, head.valid.include ?? [], problems)) {
    sections.files.push(source);
    addFaults(source, problems);
    if (source.value !== undefined) addIncluded(sections, source, source.value, problems);
  }
  return withOnlyInstallation(sections);
}

/** An organization that names no installation is backed up by the only one that is declared. */
function withOnlyInstallation(sections: Sections): Sections {
  const [only, ...others] = sections.installations;
  const installation = others.length === 0 ? only?.valid.name : undefined;
  if (installation === undefined) return sections;
  const organizations = sections.organizations.map((section): OrganizationSection => {
    const { raw, valid, whole } = section;
    if (Object.hasOwn(raw, 'installation')) return section;
    return { ...section, valid: { ...valid, installation }, ...(whole && { whole: { ...whole, installation } }) };
  });
  return { ...sections, organizations };
}

function addFaults(source: SourceFile, problems: Problems): void {
  for (const { offset, path, ...problem } of source.faults) {
    problems.add(source, path ?? [], offset === undefined ? 'file' : { offset }, problem);
  }
}

function addIncluded(sections: Sections, source: SourceFile, value: unknown, problems: Problems): void {
  if (!isMapping(value) || !LIST_KEYS.some((key) => Object.hasOwn(value, key))) {
    addOrganization(sections, value, { source, path: [], problems });
    return;
  }
  const { include, ...lists } = value;
  if (include !== undefined) {
    problems.add(source, ['include'], 'key', {
      id: 'include-nested',
      message: 'an included file includes others; only the main file may',
      cure: 'move the list to the include of the main file',
    });
  }
  const section = readSection(includedSchema, includedSchema, lists, { source, path: [], problems });
  if (section !== undefined) addLists(sections, source, section.valid, problems);
}

function addLists(sections: Sections, source: SourceFile, lists: Lists, problems: Problems): void {
  for (const [index, value] of (lists.installations ?? []).entries()) {
    const place = { source, path: ['installations', index], problems };
    const section = readSection(installationSchema, installationPartial, value, place);
    if (section !== undefined) sections.installations.push(section);
  }
  for (const [index, value] of (lists.organizations ?? []).entries()) {
    addOrganization(sections, value, { source, path: ['organizations', index], problems });
  }
  for (const [index, value] of (lists.dataCloud ?? []).entries()) {
    const place = { source, path: ['dataCloud', index], problems };
    const section = readSection(dataCloudSchema, dataCloudPartial, value, place);
    if (section !== undefined) sections.dataCloud.push(section);
  }
}

function addOrganization(sections: Sections, value: unknown, place: Parameters<typeof readSection>[3]): void {
  const section = readSection(organizationSchema, organizationPartial, value, place);
  if (section !== undefined) sections.organizations.push(section);
}
