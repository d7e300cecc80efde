/** An object of JSON whose values are yet to be looked at. */
export type JsonObject = Readonly<Record<string, unknown>>;

const NOTHING: JsonObject = {};

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object; an empty one where the value is something else, as `null` is before a resource was created. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : NOTHING;
}

/** The entries of a list; none where the value is something else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The objects of a list: what Terraform makes of a nested block. */
export function objectsOf(value: unknown): readonly JsonObject[] {
  return listOf(value).filter(isObject);
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The texts of a list or a set. */
export function textsOf(value: unknown): readonly string[] {
  return listOf(value).filter((entry) => typeof entry === 'string');
}

/** Every text below, however deep. */
export function textsIn(value: unknown): string[] {
  const texts: string[] = [];
  collectTexts(value, texts);
  return texts;
}

function collectTexts(value: unknown, texts: string[]): void {
  if (typeof value === 'string') texts.push(value);
  else if (typeof value === 'object' && value !== null)
    for (const each of Object.values(value)) collectTexts(each, texts);
}

/** Nothing, `false`, an empty text and an empty list are the same to Entra; sets have no order. */
export function normalText(value: unknown): string {
  if (value === null || value === undefined || value === '' || value === false) return '';
  if (isObject(value)) {
    const entries = Object.keys(value).map((name) => [name, normalText(value[name])] as const);
    const some = entries.filter(([, text]) => text !== '').sort(([one], [other]) => (one < other ? -1 : 1));
    return some.length === 0 ? '' : JSON.stringify(some);
  }
  return Array.isArray(value) ? value.map(normalText).sort().join() : JSON.stringify(value);
}
