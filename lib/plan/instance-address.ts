// Keys may hold brackets and escaped quotes of their own.
const KEY = String.raw`\[(?:\d+|"(?:[^"\\]|\\.)*")\]`;
const KEYS = new RegExp(KEY, 'g');
const MODULES = new RegExp(`^(?:module\\.[^.[]+(?:${KEY})?\\.)*`);

/** The address of the resource without the keys of its instances: `a.b["x"]` is an instance of `a.b`. */
export function withoutInstanceKeys(address: string): string {
  return address.includes('[') ? address.replace(KEYS, '') : address;
}

/** The key of an instance, as its address ends with it: `["x"]`; empty where it is the only one. */
export function instanceKeys(address: string): string {
  const key = address.endsWith(']') ? address.match(KEYS)?.at(-1) : undefined;
  return key ?? '';
}

/** The modules before a resource, with their keys: `module.a["x"].`; empty in the root module. */
export function modulePrefix(address: string): string {
  return address.startsWith('module.') ? (MODULES.exec(address)?.[0] ?? '') : '';
}
