import { listOf } from '../../plan/json-values';
import type { ResourceChange } from '../../plan/plan';

const TYPES: ReadonlySet<string> = new Set(['azuread_application_password', 'azuread_service_principal_password']);

/** Whether it makes a client secret, as a resource of its own or in a block of the application. */
export function isClientSecret({ after, before, effect, managed, type }: ResourceChange): boolean {
  if (!managed || (effect !== 'create' && effect !== 'update' && effect !== 'replace')) return false;
  if (TYPES.has(type)) return true;
  if (type !== 'azuread_application') return false;
  const present = new Set(listOf(before.password).map((entry) => JSON.stringify(entry)));
  return listOf(after.password).some((entry) => !present.has(JSON.stringify(entry)));
}
