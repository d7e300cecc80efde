import { entraPrivileges } from '../../lib/catalogue/entra-privileges';
import { permissionsFor, type StackPrivilege } from '../../lib/lifecycle/stack-privileges';
import { groupBy } from '../../lib/words/lists';
import { plainTable, type TableStyle } from './plain-table';

/** The table of `vb365 permissions`: by stack, by step, and by what it is needed for. */
export function privilegeTable(privileges: readonly StackPrivilege[], { width }: Pick<TableStyle, 'width'>): string {
  return plainTable({
    head: ['stack', 'step', 'application permissions', 'or directory role', 'because it'],
    width,
    rows: privileges.map(({ directoryRole, permissions, purpose, stack, step }) => [
      ...[stack, step],
      permissions.join('\n'),
      ...[directoryRole, purpose],
    ]),
  });
}

/** `deploy: Application.Read.All, Application.ReadWrite.OwnedBy`, a line a step; what makes an owner later stands apart. */
export function privilegeSummary(privileges: readonly StackPrivilege[]): string[] {
  const lines = [...groupBy(privileges, ({ step }) => step)].map(
    ([step, ofStep]) => `${step}, all together: ${permissionsFor(ofStep).join(', ')}`,
  );
  if (!privileges.some(({ id }) => id === 'manage-owned')) return lines;
  const { permissions, purpose } = entraPrivileges['add-owner'];
  return [...lines, `Once, whoever ${purpose} needs ${permissions.join(' and ')}.`];
}

/** The pages from which it is, each once. */
export function privilegeSources(privileges: readonly StackPrivilege[]): string[] {
  return [...new Set(privileges.flatMap(({ sources }) => sources))].map((source) => `source: ${source}`);
}
