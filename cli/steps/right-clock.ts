import { type AtOption, now } from '../shell/command-options';

/**
 * Stops a command before it writes what a wrong clock says into the keystore. A date that a person gives is taken as it is: only
 * they know what is right where the clock and the keystore contradict each other.
 *
 * @param keystore folder of the keystore
 * @throws Vb365Error `clock-behind`, `clock-ahead`
 */
export async function requireRightClock(options: AtOption, keystore: string, willWrite = true): Promise<void> {
  if (options.at !== undefined) return;
  const { refuseWrongClock } = await import('../../lib/lifecycle/clock.js');
  refuseWrongClock(now(options), keystore, { willWrite });
}
