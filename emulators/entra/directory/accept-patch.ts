import type { z } from 'zod';
import { badRequest } from '../graph-error';
import { acceptKeyCredentials } from './key-credentials';
import { type JsonObject, mergePatch } from './merge-patch';
import type { KeyCredential } from './objects';

/** What requests may say of one kind of object. */
export interface PatchRules<T> {
  /** As Graph's messages name the kind: `Application`. */
  readonly kind: string;
  readonly schema: z.ZodType<T>;
  /** Properties that Microsoft Graph ignores in a request. */
  readonly readOnly: readonly string[];
}

/** An object, or what a new one starts from. */
export type Patched = JsonObject & { readonly keyCredentials?: readonly KeyCredential[] };

/**
 * The object that a request asks for.
 *
 * @throws GraphError 400 where a property has a value of another type, or a key credential is refused.
 */
export function acceptPatch<T>(rules: PatchRules<T>, current: Patched, body: JsonObject, at: Date): T {
  const { kind, schema, readOnly } = rules;
  const patch = Object.fromEntries(Object.entries(body).filter(([name]) => !readOnly.includes(name)));
  const present = current.keyCredentials ?? [];
  const keyCredentials = 'keyCredentials' in patch ? acceptKeyCredentials(patch.keyCredentials, present, at) : present;
  const result = schema.safeParse({ ...mergePatch(current, patch), keyCredentials });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const property = issue?.path.join('.') ?? '';
  throw badRequest(`Invalid value specified for property '${property}' of resource '${kind}'. ${issue?.message ?? ''}`);
}
