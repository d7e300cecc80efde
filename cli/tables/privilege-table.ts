import Table from 'cli-table3';
import { entraPrivileges } from '../../lib/catalogue/entra-privileges';
import { permissionsFor, type StackPrivilege } from '../../lib/lifecycle/stack-privileges';
import { groupBy } from '../../lib/words/lists';
import { PLAIN_COLUMNS } from './status-table';

/** The table of `vb365 permissions`: by stack, by step, and by what it is needed for. */
export function privilegeTable(privileges: readonly StackPrivilege[]): string {
  const table = new Table({
    head: ['stack', 'step', 'application permissions', 'or directory role', 'because it'],
    ...PLAIN_COLUMNS,
  });
  for (const { directoryRole, permissions, purpose, stack, step } of privileges) {
    table.push([stack, step, permissions.join('\n'), directoryRole, purpose]);
  }
  return table.toString().replace(/ +$/gm, '');
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
