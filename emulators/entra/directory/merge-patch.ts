/** What a JSON object becomes when it is read. */
export type JsonObject = Record<string, unknown>;

function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * What Microsoft Graph makes of a PATCH: objects are merged, everything else (lists, null) replaces what was there.
 *
 * RFC 7396 would remove a member that is null; Graph keeps it and sets it to null.
 */
export function mergePatch(current: JsonObject, patch: JsonObject): JsonObject {
  const merged = { ...current };
  for (const [name, value] of Object.entries(patch)) {
    const before = merged[name];
    merged[name] = isJsonObject(before) && isJsonObject(value) ? mergePatch(before, value) : value;
  }
  return merged;
}
