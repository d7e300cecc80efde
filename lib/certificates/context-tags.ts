import { asn1 } from 'node-forge';

/**
 * Context-specific tags by number, as `[3]` in the RFCs. node-forge has no type of its own for them: it gives each the name
 * of the universal tag of the same number.
 */
export const contextTags = {
  0: asn1.Type.NONE,
  2: asn1.Type.INTEGER,
  3: asn1.Type.BITSTRING,
  7: asn1.Type.ODESC,
} as const;
