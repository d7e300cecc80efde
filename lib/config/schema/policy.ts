import { z } from 'zod';
import { certificateSourceIds } from '../certificate-sources';

/**
 * Bounds of the validity in days. A certificate has to outlive its renewal by a day at least; beyond ten years, a number is
 * a typing error of one digit more rather than somebody's policy.
 */
const SHORTEST_DAYS = 2;
const LONGEST_DAYS = 3650;

const keys = {
  source: z
    .enum(certificateSourceIds)
    .optional()
    .meta({ description: 'Whether certificates are issued here, or come from elsewhere.', default: 'self-signed' }),
  keySize: z.literal([2048, 3072, 4096]).optional().meta({ description: 'Bits of the RSA modulus.', default: 2048 }),
  validityDays: z
    .int()
    .min(SHORTEST_DAYS)
    .max(LONGEST_DAYS)
    .optional()
    .meta({ description: 'Days that an issued certificate is valid.', default: 365 }),
  renewBeforeDays: z.int().min(1).max(LONGEST_DAYS).optional().meta({
    description: 'Days before its end at which a certificate gets its successor; fewer than validityDays.',
    default: 30,
  }),
  retireAfterDays: z.int().min(1).max(LONGEST_DAYS).optional().meta({
    description:
      'Days that a superseded certificate stays published after its successor has become valid; a policy for whoever retires it.',
    default: 14,
  }),
};

/** Every key may be left out: what is general then holds. */
export const policySchema = z.strictObject(keys);

export type PolicyInput = z.output<typeof policySchema>;

/** Policies of single roles of an installation. */
export const rolesPolicySchema = z.strictObject({
  server: policySchema.optional(),
  'rest-api': policySchema.optional(),
  'restore-portal': policySchema.optional(),
  'tenant-authentication': policySchema.optional(),
  'restore-operator-authentication': policySchema.optional(),
});
