import { v5 as uuidV5 } from 'uuid';

/** Made once for this library: with another one, every key credential would be replaced. */
const NAMESPACE = '6b1a4a52-6f0c-5d2e-9c53-0f6a1d6a7c11';

/** The same UUID for the same parts, on any machine and on any day (RFC 9562, version 5). */
export function stableId(...parts: readonly string[]): string {
  return uuidV5(parts.join('/'), NAMESPACE);
}
