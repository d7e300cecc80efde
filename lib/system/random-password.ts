import { randomBytes } from 'node:crypto';

/** 192 bits in 32 characters that no shell and no dialog takes for something else; a new one each time. */
export function randomPassword(): string {
  return randomBytes(24).toString('base64url');
}
