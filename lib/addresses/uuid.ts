import { Vb365Error } from '../errors';
import { shown } from '../words/shown';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Id of a tenant or an application, canonical in lower case. @throws Vb365Error `uuid-invalid`. */
export function parseUuid(text: string): string {
  const uuid = text.toLowerCase();
  if (UUID.test(uuid)) return uuid;
  throw new Vb365Error('uuid-invalid', {
    message: `${shown(text)} is not a UUID such as 8f0e1d2c-3b4a-4596-8778-695a4b3c2d1e`,
    cure: 'copy the id from the overview page in Microsoft Entra',
  });
}

export function isUuid(text: string): boolean {
  return UUID.test(text.toLowerCase());
}
