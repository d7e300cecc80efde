import { Vb365Error } from '../../lib/errors';

/** The error of this library that an action throws; whatever else it throws passes through. */
export function thrownBy(action: () => unknown): Vb365Error | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof Vb365Error) return error;
    throw error;
  }
}
