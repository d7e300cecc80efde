import { Vb365Error } from '../../lib/errors';

/** Code of the error that is thrown on purpose; undefined where none is. Any other error goes on. */
export function codeOf(action: () => unknown): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof Vb365Error) return error.code;
    throw error;
  }
}
