import { directoryRoleNames } from './directory-role-names';

/** What is known of a built-in directory role of Microsoft Entra. */
export interface DirectoryRole {
  /** Display name: `Global Reader`. */
  readonly name: string;
  /** Whether Microsoft marks it as privileged: it can delegate, change credentials or policies, or read restricted data. */
  readonly isPrivileged: boolean;
}

/**
 * The built-in directory role of that template id, which is the same in every tenant.
 *
 * @returns undefined where the catalogue does not know it: roles that a tenant defines itself have other ids.
 */
export function directoryRole(templateId: string): DirectoryRole | undefined {
  return byTemplateId.get(templateId.toLowerCase());
}

const byTemplateId: ReadonlyMap<string, DirectoryRole> = new Map(
  directoryRoleNames
    .trim()
    .split('\n')
    .map((line) => {
      const [templateId = '', mark, ...words] = line.split(' ');
      return [templateId, { name: words.join(' '), isPrivileged: mark === '*' }];
    }),
);
