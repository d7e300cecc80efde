import { randomBytes, randomUUID } from 'node:crypto';
import { isSame } from '../directory/tenant';
import { LoginError } from './login-error';

/** Seconds that a device code lives, as Entra's. */
export const DEVICE_CODE_LIFETIME = 900;

interface Pending {
  readonly clientId: string;
  readonly scope: string;
  readonly expires: number;
}

/** Device codes that were made and not yet redeemed, RFC 8628. */
export class DeviceCodes {
  /** Object id of the person who enters every code. */
  readonly personId = randomUUID();
  readonly #pending = new Map<string, Pending>();

  /** @returns the code of the device and the code that a person would enter. */
  create(clientId: string, scope: string, at: Date): { readonly deviceCode: string; readonly userCode: string } {
    const deviceCode = randomBytes(32).toString('base64url');
    this.#pending.set(deviceCode, { clientId, scope, expires: at.getTime() + DEVICE_CODE_LIFETIME * 1000 });
    return { deviceCode, userCode: randomBytes(5).toString('hex').toUpperCase().slice(0, 9) };
  }

  /**
   * The scope that the code was asked for with; a code is good once.
   *
   * @throws LoginError 70000 where it is unknown or of another client, 70019 where it has expired.
   */
  redeem(deviceCode: string, clientId: string, at: Date): string {
    const pending = this.#pending.get(deviceCode);
    this.#pending.delete(deviceCode);
    if (!pending || !isSame(pending.clientId, clientId)) {
      throw new LoginError(70000, 'invalid_grant', 'The provided device code is not valid for this client.');
    }
    if (at.getTime() > pending.expires) {
      throw new LoginError(70019, 'invalid_grant', 'The device code has expired.');
    }
    return pending.scope;
  }
}
