import { z } from 'zod';

const signInRequestSchema = z.object({
  /** `https://<host>/<tenant id>` */
  authority: z.string(),
  clientId: z.string(),
  /** Paths of a PFX and of the file with its password. */
  pfx: z.string(),
  passwordFile: z.string(),
});

/** What `sign-in.ts` reads from standard input. */
export const signInRequestsSchema = z.array(signInRequestSchema);

/** What it prints: an answer to each request, in their order. */
export const signInResultsSchema = z.array(
  z.object({
    /** What Entra said where it refused; absent where the sign-in went well. */
    refusal: z.string().optional(),
  }),
);

export type SignInRequest = z.infer<typeof signInRequestSchema>;
export type SignInResult = z.infer<typeof signInResultsSchema>[number];
