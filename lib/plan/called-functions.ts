/** Where a reader is: in a text, in one with quotes inside an expression, or in an expression, at that many braces. */
type Place = { readonly kind: 'text' | 'quoted' } | { readonly kind: 'expression'; braces: number };

const CALL = /([A-Za-z_][\w-]*(?:::[A-Za-z_][\w-]*)*)\s*\(/y;
/** Nearly every text is one of these. */
const PLAIN = /^[^{]*$|^\$\{[\w.[\]"-]+\}$/;
const NAME = /[A-Za-z_][\w-]*(?:::[A-Za-z_][\w-]*)*/y;

/**
 * Names of the functions that a text of Terraform's JSON syntax calls in its expressions: `file` of `${file("a")}`,
 * `provider::time::rfc3339_parse`. What stands outside of `${…}` and `%{…}`, or in quotes inside of them, is text.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping
 */
export function calledFunctions(text: string): string[] {
  if (PLAIN.test(text)) return [];
  const found = new Set<string>();
  const places: Place[] = [{ kind: 'text' }];
  for (let index = 0; index < text.length;) {
    const place = places.at(-1) ?? { kind: 'text' };
    index +=
      place.kind === 'expression'
        ? inExpression(text, index, place, places, found)
        : inText(text, index, place, places);
  }
  return [...found];
}

/** @returns how many characters were read */
function inText(text: string, index: number, place: Place, places: Place[]): number {
  const start = text.slice(index, index + 3);
  if (start === '$${' || start === '%%{') return 3;
  if (start.startsWith('${') || start.startsWith('%{')) {
    places.push({ kind: 'expression', braces: 0 });
    return 2;
  }
  if (place.kind === 'text') return 1;
  if (start.startsWith('\\')) return 2;
  if (start.startsWith('"')) places.pop();
  return 1;
}

function inExpression(
  text: string,
  index: number,
  place: Extract<Place, { kind: 'expression' }>,
  places: Place[],
  found: Set<string>,
): number {
  const letter = text[index];
  if (letter === '"') places.push({ kind: 'quoted' });
  if (letter === '{') place.braces += 1;
  if (letter === '}') {
    if (place.braces === 0) places.pop();
    place.braces -= 1;
  }
  const call = matchAt(CALL, text, index);
  if (call !== undefined) {
    found.add(call.name);
    return call.length;
  }
  return matchAt(NAME, text, index)?.length ?? 1;
}

function matchAt(pattern: RegExp, text: string, index: number): { name: string; length: number } | undefined {
  pattern.lastIndex = index;
  const match = pattern.exec(text);
  return match === null ? undefined : { name: match[1] ?? match[0], length: match[0].length };
}
