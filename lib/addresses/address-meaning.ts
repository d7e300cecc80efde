const ADDRESS = /^(https?):\/\/([a-z0-9.-]+)(?::([0-9]{1,5}))?([/?#].*)?$/is;
const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

/**
 * The same text for addresses of the web that mean the same, RFC 3986 §6.2: scheme and host without regard to case, the port of
 * the scheme or none, no path or `/`. Path, query and fragment count as they are.
 *
 * Every other text means itself alone: one with a user name, whatever stands for a host otherwise, and other schemes. So nothing
 * that somebody has disguised is taken for something else.
 */
export function meaningOf(address: string): string {
  const [, scheme = '', host, port, tail = ''] = ADDRESS.exec(address) ?? [];
  if (host === undefined) return address;
  const lower = scheme.toLowerCase();
  const isDefault = port === undefined || Number(port) === DEFAULT_PORTS[lower];
  const path = tail.startsWith('/') ? tail : `/${tail}`;
  return `${lower}://${host.toLowerCase()}${isDefault ? '' : `:${Number(port)}`}${path}`;
}

/** Those of a list that mean none of another. */
export function addressesBeyond(addresses: readonly string[], known: Iterable<string>): string[] {
  const meanings = new Set(Array.from(known, meaningOf));
  return addresses.filter((address) => !meanings.has(meaningOf(address)));
}
